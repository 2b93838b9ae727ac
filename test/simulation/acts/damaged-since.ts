import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson } from '#shared/article';
import type { Dice } from '../world/dice.ts';
import type { Client } from '../world/client.ts';
import type { World } from '../world/world.ts';
import { seated, turnOf } from './chiefs.ts';
import { startOne, type as write } from './desk-work.ts';
import { loseUnsent } from './losses.ts';
import { comeInReach, leaveReach } from './moments.ts';
import { sendAll } from './talk.ts';
import { restartUntilSound } from './trouble.ts';

/** More backups than a computer keeps. */
const BACKUPS = 9;
const BETWEEN_MS = 5000;
/** A revision that arrived damaged is asked for again within this time. */
const ASKED_AGAIN_MS = 900_000;

/**
 * A computer makes more backups than it keeps while somebody writes out of reach, and then its database is no more: it goes
 * back to the newest, in which every word stands.
 */
export async function goBackToBackup(world: World, dice: Dice): Promise<void> {
  const client = dice.pick(seated(world));
  const { core, dir, index } = client;
  rmSync(join(dir, 'backups'), { recursive: true, force: true });
  leaveReach(client);
  const turn = turnOf(world, client, dice);
  await startOne(turn, dice.pick(core.store.people.person(client.who.id)!.memberships).desk);
  const article = client.reading;
  if (article === null) return;
  for (let many = 0; many < BACKUPS; many += 1) {
    if (many % 4 === 0) await write(turn);
    await world.schedule.pass(BETWEEN_MS);
    await core.store.backup();
  }
  const before = core.store.working.read(article)?.content;
  await loseUnsent(world, client);
  client.kill({ main: Buffer.alloc(8192, 'x'), log: null });
  client.injured = true;
  await world.schedule.pass(0);
  await restartUntilSound({ world, client });
  const { core: now } = client as Client;
  const after = now?.store.working.read(article)?.content;
  if (canonicalJson(after ?? null) !== canonicalJson(before ?? null))
    world.broken(
      9,
      `Client ${index} went back to another state of ${article} than its backup holds.`,
    );
  await comeInReach(world, client);
}

/** A revision arrives damaged at a colleague: it is asked for again, and is there in the end. */
export async function garbleOne(world: World, dice: Dice): Promise<void> {
  const there = seated(world);
  const writer = dice.pick(there);
  const reader = there.find(({ who }) => who.id !== writer.who.id);
  if (!reader) return;
  await comeInReach(world, reader);
  await startOne(turnOf(world, writer, dice), dice.pick(writer.who.memberships).desk);
  await write(turnOf(world, writer, dice));
  // That it came damaged is noted in the log.
  reader.injured = true;
  reader.line.garbles = true;
  await sendAll(world, writer);
  reader.core.engine.now();
  await world.schedule.pass(BETWEEN_MS);
  reader.line.garbles = false;
  reader.injured = false;
  await world.schedule.pass(ASKED_AGAIN_MS);
}
