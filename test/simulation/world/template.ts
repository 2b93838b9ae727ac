import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { cursorOf, placeOf } from '#shared/api';
import { openContext } from '../../../src-server/index.ts';
import { changesAfter } from '../../../src-server/sync/index.ts';
import { openStore } from '../../../src-main/core/store/index.ts';
import { NOON } from '../../helpers/clock-and-random.ts';
import { diceOf } from './dice.ts';
import { furnish, SEATS } from './newsroom.ts';

const made = new Map<string, Promise<string>>();

function once(dir: string, make: () => Promise<void>): Promise<string> {
  const known = made.get(dir) ?? make().then(() => dir);
  made.set(dir, known);
  return known;
}

const clock = (): number => NOON;

/** A server’s folder with the newsroom in it, made once: copying it is much faster than making it. */
export function serverTemplate(folder: string): Promise<string> {
  const dir = join(folder, 'template-server');
  return once(dir, async () => {
    mkdirSync(dir, { recursive: true });
    const context = await openContext({ dataDir: dir, clock, random: diceOf(1).bytes });
    await furnish(context);
    await context.store.close();
  });
}

/** A profile’s folder that knows the newsroom, with a device of its own for every seat. */
export function clientTemplate(folder: string, seat: number): Promise<string> {
  const dir = join(folder, `template-client-${seat}`);
  return once(dir, async () => {
    const context = await openContext({
      dataDir: await serverTemplate(folder),
      clock,
      random: diceOf(1).bytes,
    });
    const { changes, cursor } = await changesAfter(
      context.store,
      () => Promise.resolve(SEATS[seat]!),
      { limit: 500 },
    );
    await context.store.close();
    const store = await openStore({
      dir,
      clock,
      random: diceOf(2, seat).bytes,
      log: () => undefined,
    });
    // Of no start: the servers of runs are copies of the template from before or behind this one.
    store.feed.applyChanges(changes, cursorOf({ ...placeOf(cursor), start: '' }));
    store.close();
  });
}
