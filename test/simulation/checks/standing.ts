import type { Id } from '#shared/article';
import type { Client } from '../world/client.ts';
import { lookAt } from '../world/disk.ts';
import type { World } from '../world/world.ts';
import { positionOf } from './acknowledged.ts';

const DESKS = 'SELECT count(*) FROM memberships WHERE person = ?';
const STANDS = `
  SELECT desk, created_by AS createdBy, state, head, approved_revision AS approvedRevision, published_revision AS publishedRevision,
    live, scheduled_at AS scheduledAt, binned,
    (SELECT json_group_array(revision) FROM (SELECT revision FROM sides WHERE article = id ORDER BY position)) AS sides
  FROM articles WHERE id = ?`;

/**
 * Whoever has read the feed to its end knows of an article what the server knows, at any time and not only in the end:
 * an older answer that comes late changes nothing.
 */
export function checkStanding({ server, broken }: World, client: Client, article: Id): void {
  const { core, injured, index, who } = client;
  if (!core || injured || !server.up) return;
  const known = core.store.articles.serverRecord(article);
  if (!known) return;
  const place = positionOf(server.file);
  const [desks, row] = lookAt(server.file, (db) => [
    db.prepare<[Id], number>(DESKS).pluck().get(who.id),
    db.prepare(STANDS).get(article) as Record<string, unknown> | undefined,
  ]);
  // Who works on no desk is told of nothing but what they started.
  const isClosed = desks === 0 && row?.createdBy !== who.id;
  if (!row || isClosed || core.store.feed.cursor() !== place) return;
  const stands: Record<string, unknown> = {
    ...row,
    live: row.live === 1,
    binned: row.binned === 1,
    sides: JSON.parse(String(row.sides)) as unknown,
  };
  const wrong = Object.keys(stands).find(
    (name) => JSON.stringify(stands[name]) !== JSON.stringify(known[name as keyof typeof known]),
  );
  if (wrong !== undefined)
    broken(
      1,
      `Client ${index} has read everything, and its ${wrong} of ${article} is ${JSON.stringify(known[wrong as keyof typeof known])}, not ${JSON.stringify(stands[wrong])}.`,
    );
}
