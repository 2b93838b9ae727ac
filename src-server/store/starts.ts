import { randomUUID } from 'node:crypto';
import type { FeedPlace } from '#shared/api';
import { feedPosition } from './feed.ts';
import type { Db } from './tables.ts';
import { writtenOnce } from './written-once.ts';

/**
 * Each start of the server has a name, and the database holds how far the feed had come in each that is over. A database
 * that somebody puts back by hand has forgotten starts, or ends them earlier than devices know: so it is found out.
 */

/** Begins another start, in a transaction that writers wait for. */
export async function noteStart(db: Db): Promise<void> {
  const { seq, start } = await feedPosition(db);
  if (start !== '') await db.insertInto('starts').values({ id: start, reached: seq }).execute();
  await db.updateTable('counter').set({ start: randomUUID() }).where('id', '=', 1).execute();
}

const started = writtenOnce((db, id: string) =>
  db.selectFrom('starts').select('reached').where('id', '=', id),
);

/** Whether this database has never been at a place of its own epoch that a device was told. */
export async function isLost(db: Db, now: FeedPlace, told: FeedPlace): Promise<boolean> {
  if (told.start === now.start || told.start === '') return told.seq > now.seq;
  const [earlier] = await started(db, told.start);
  return !earlier || told.seq > earlier.reached;
}

/** Whether the server was started again in this epoch. In one that was not, nobody can have put the database back. */
export async function wasStartedAgain(db: Db): Promise<boolean> {
  return (await db.selectFrom('starts').select('id').limit(1).executeTakeFirst()) !== undefined;
}

/** Places of an epoch that is over are asked for by nobody. */
export async function forgetStarts(db: Db): Promise<void> {
  await db.deleteFrom('starts').execute();
}
