import type { CommentEntry } from '#shared/api';
import type { Id } from '#shared/article';
import type { Client } from '../world/client.ts';
import { lookAt } from '../world/disk.ts';
import { marksIn } from '../world/words.ts';
import type { World } from '../world/world.ts';
import { mayStart } from './rules.ts';

interface Version {
  desk: Id | null;
  isFirst: number;
}

const VERSIONS = `
  SELECT json_extract(bytes, '$.fields.desk') AS desk, json_array_length(bytes, '$.parents') = 0 AS isFirst
  FROM revision WHERE article = ?`;

/** Whether this computer holds the article from its beginning, and its person may start it on each desk that it was on. */
function maySend({ watch }: World, { file, who }: Client, article: Id): boolean {
  const versions = lookAt(file, (db) => db.prepare<[Id], Version>(VERSIONS).all(article));
  const memberships = watch.memberships(who.id);
  return (
    versions.some(({ isFirst }) => isFirst === 1) &&
    versions.every(({ desk }) => mayStart({ person: who.id, memberships, desk, author: '' }))
  );
}

/**
 * Which marked words of an article that a server lost are still on somebody’s screen, where none of those who may send it
 * again holds it any more: their computers are lost, or the article was closed to them. Whoever only reads it keeps it.
 */
export function leftWithReaders(world: World, article: Id): Set<string> {
  const { clients } = world;
  if (clients.some((client) => maySend(world, client, article))) return new Set();
  return marksIn(clients.map(({ core }) => core?.store.working.read(article)?.content ?? null));
}

/** Whether a comment on such an article stands beside it on the computer of whoever wrote it. */
export function isLeftBeside(world: World, writer: number, { id, article }: CommentEntry): boolean {
  const said = world.clients[writer]?.core?.store.comments.list(article) ?? [];
  return said.some((entry) => entry.id === id) && leftWithReaders(world, article).size > 0;
}
