import { describe, expect, it } from 'vitest';
import { createListening } from '../../../src-main/core/sync/listening.ts';
import { createPresence } from '../../../src-main/core/sync/presence.ts';
import { openNewsdesk } from '../../helpers/store.ts';
import { ignore, SILENCE } from './silence.ts';
import { virtualTimers } from './virtual-timers.ts';

/** A line that is opened and lost as a test says, and waits that are as long as they may be. */
async function openListening() {
  const { store } = await openNewsdesk();
  const timers = virtualTimers();
  const context = {
    store,
    clock: () => timers.now(),
    random: (length: number) => new Uint8Array(length).fill(255),
    timers,
    log: ignore,
    events: SILENCE,
    inspectImage: () => null,
    by: () => null,
  };
  const { signal } = new AbortController();
  let looked = 0;
  let opened = 0;
  let lose = ignore;
  const listening = createListening(context, () => (looked += 1), createPresence(context));
  const remote = {
    events: (onWake: () => void) => {
      opened += 1;
      onWake();
      return new Promise<void>((settle) => (lose = settle));
    },
    present: () => Promise.resolve(),
  };
  return {
    timers,
    looked: () => looked,
    opened: () => opened,
    open: () => listening.open(remote, signal),
    /** The line breaks; settles when that is known. */
    lose: async () => {
      lose();
      await new Promise((settle) => setImmediate(settle));
    },
  };
}

describe('the line on which the server wakes this computer', () => {
  it('is known within two seconds to be lost with its server, however often it was lost before', async () => {
    const line = await openListening();
    const waits: (number | null)[] = [];
    for (let time = 0; time < 9; time += 1) {
      line.open();
      await line.lose();
      waits.push(line.timers.next());
      const before = line.looked();
      line.timers.pass(2_000);
      expect(line.looked()).toBe(before + 1);
      line.timers.pass(300_000);
    }
    expect(waits).toEqual([500, 1000, 2000, 2000, 2000, 2000, 2000, 2000, 2000]);
    expect(line.opened()).toBe(9);
  });

  it('is not opened again at once where it breaks again and again', async () => {
    const line = await openListening();
    for (let time = 0; time < 6; time += 1) {
      line.open();
      await line.lose();
      line.timers.pass(300_000);
    }
    line.open();
    await line.lose();
    line.timers.pass(2_000);
    line.open();
    expect(line.opened()).toBe(7);
    line.timers.pass(30_000);
    line.open();
    expect(line.opened()).toBe(8);
  });
});
