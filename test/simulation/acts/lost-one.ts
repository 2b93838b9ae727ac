import type { Id } from '#shared/article';
import type { Dice } from '../world/dice.ts';
import { lookAt } from '../world/disk.ts';
import type { World } from '../world/world.ts';
import { seated } from './chiefs.ts';
import { loseComputer } from './losses.ts';

const DAY_MS = 86_400_000;

/** What of an article stands where. Nothing of it was ever before readers: what of that is elsewhere is another matter. */
const KEPT_BACK = `
  SELECT id, created_by AS author FROM articles WHERE published_at IS NULL AND state <> 'scheduled' ORDER BY id`;
const ROWS = [
  `DELETE FROM feed WHERE entity = @id OR entity IN (SELECT hash FROM revisions WHERE article = @id
     UNION SELECT id FROM events WHERE article = @id UNION SELECT id FROM comments WHERE article = @id)`,
  'DELETE FROM sides WHERE article = @id',
  'DELETE FROM events WHERE article = @id',
  'DELETE FROM comments WHERE article = @id',
  'DELETE FROM revisions WHERE article = @id',
  'DELETE FROM articles WHERE id = @id',
];

/**
 * Somebody takes an article out of the stopped server’s database, with all that belongs to it, and nothing says so: only the
 * daily comparison finds that, and whoever started it brings it back; or a colleague, where that computer is lost as well.
 */
export async function loseOne(world: World, dice: Dice): Promise<void> {
  const { server, watch, future } = world;
  const later = new Set(future.map(({ article }) => article));
  const there = lookAt(
    server.file,
    (db) => db.prepare(KEPT_BACK).all() as { id: Id; author: Id }[],
  ).filter(({ id }) => !later.has(id));
  if (there.length === 0) return;
  const { id, author } = dice.pick(there);
  await server.stop();
  lookAt(server.file, (db) => {
    for (const sql of ROWS) db.prepare(sql).run({ id });
  });
  await server.start();
  watch.serverWentBack();
  if (dice.chance(0.6))
    for (const client of seated(world))
      if (client.who.id === author) await loseComputer(world, client, dice);
  world.slept += 2 * DAY_MS;
}
