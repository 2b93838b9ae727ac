import type { Id } from '#shared/article';
import type { Client } from '../world/client.ts';
import type { Dice } from '../world/dice.ts';
import { lookAt } from '../world/disk.ts';
import type { World } from '../world/world.ts';

const DAY_MS = 86_400_000;

/** What a computer may take an article for, each by the path in its record. */
const MISTAKES = {
  binned: `json('true')`,
  live: `json('true')`,
  state: `'withdrawn'`,
  desk: 'null',
  approvedRevision: `json_extract(server, '$.head')`,
  publishedRevision: `json_extract(server, '$.head')`,
  scheduledAt: `'2027-01-01T00:00:00.000Z'`,
  sides: `json_array(json_extract(server, '$.head'))`,
} as const;
const NAMES = Object.keys(MISTAKES) as (keyof typeof MISTAKES)[];

/** One that stands in the outbox, because a restored server refused it, was not merely pulled. */
const DROPPED = `DELETE FROM revision WHERE known = 1
  AND hash = (SELECT json_extract(server, '$.head') FROM article WHERE id = ?)
  AND NOT EXISTS (SELECT 1 FROM outbox WHERE kind = 'revision' AND json_extract(payload, '$.hash') = revision.hash)`;

/**
 * One computer goes astray: it drops a head as if it had never been pulled, or takes an article for something that it is
 * not. Only the comparison with the server finds that, which is made once a day, and only of what the server has.
 */
export function goAstray(world: World, { file }: Client, dice: Dice): void {
  // One that came from a later Stet, and that the server has lost, nobody here can give it again.
  const there = new Set(
    lookAt(world.server.file, (db) => db.prepare<[], Id>('SELECT id FROM articles').pluck().all()),
  );
  lookAt(file, (db) => {
    const known = db
      .prepare<[], Id>(
        `SELECT id FROM article WHERE json_extract(server, '$.head') IS NOT NULL
           AND id NOT IN (SELECT article FROM awaited) ORDER BY id`,
      )
      .pluck()
      .all()
      .filter((article) => there.has(article));
    if (known.length === 0) return;
    const article = dice.pick(known);
    const name = dice.pick(NAMES);
    const sql = dice.chance(0.5)
      ? DROPPED
      : `UPDATE article SET server = json_set(server, '$.${name}', ${MISTAKES[name]}) WHERE id = ?`;
    db.prepare(sql).run(article);
  });
  world.slept += 2 * DAY_MS;
}
