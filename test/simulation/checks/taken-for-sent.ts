import type { CommentEntry } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import type { Client } from '../world/client.ts';
import { lookAt } from '../world/disk.ts';
import type { World } from '../world/world.ts';
import { positionOf } from './acknowledged.ts';

/** Something that a computer has and that the server once said to have, or is to be told of. */
interface Held {
  name: string;
  article: Id;
}

/** What of it is to be on the server: what is refused or waits is in the outbox, and what nobody may send is awaited. */
interface OnComputer {
  revisions: readonly Held[];
  comments: readonly Held[];
  pictures: readonly Hash[];
}

const NOT_AWAITED = 'article NOT IN (SELECT article FROM awaited)';
const REVISIONS = `
  SELECT hash AS name, article FROM revision WHERE known = 1 AND ${NOT_AWAITED} AND hash NOT IN
    (SELECT json_extract(payload, '$.hash') FROM outbox WHERE kind = 'revision')`;
const COMMENTS = `
  SELECT json, article FROM comment WHERE ${NOT_AWAITED} AND id NOT IN
    (SELECT json_extract(payload, '$.entry.id') FROM outbox WHERE kind = 'comment')`;
const PICTURES = 'SELECT hash FROM asset WHERE uploaded = 1';

/** What the server lacks of what a computer takes for sent; null for nothing. */
export function lackingOf(
  { revisions, comments, pictures }: OnComputer,
  isOnServer: (table: 'revisions' | 'comments' | 'assets', name: string) => boolean,
): string | null {
  const revision = revisions.find(({ name }) => !isOnServer('revisions', name));
  if (revision) return `revision ${revision.name} of ${revision.article}`;
  const comment = comments.find(({ name }) => !isOnServer('comments', name));
  if (comment) return `comment ${comment.name} on ${comment.article}`;
  const picture = pictures.find((hash) => !isOnServer('assets', hash));
  return picture === undefined ? null : `picture ${picture}`;
}

/**
 * Whoever has read the feed to its end takes nothing for sent that the server does not have: what it lost is on its way
 * there again from that moment, or awaited from somebody who may send it. Who reads only a part of the feed can tell of
 * their own articles alone.
 */
export function checkTakenForSent({ server, ledger, broken }: World, client: Client): void {
  const { core, injured, index, who, file } = client;
  if (!core || injured || !server.up || core.engine.standing().state !== 'online') return;
  if (core.store.feed.cursor() !== positionOf(server.file)) return;
  const readsAll = core.store.values.get('sync.reads-everything') !== false;
  const isTheirs = ({ article }: { article: Id }): boolean =>
    readsAll || core.store.articles.serverRecord(article)?.createdBy === who.id;
  const held = lookAt(file, (db) => ({
    revisions: (db.prepare(REVISIONS).all() as Held[]).filter(isTheirs),
    comments: (db.prepare(COMMENTS).all() as { json: string; article: Id }[])
      .filter(isTheirs)
      .map(({ json }) => JSON.parse(json) as CommentEntry)
      .filter(({ id, author }) => author === who.id && !ledger.isUnsaid(id))
      .map(({ id, article }) => ({ name: id, article })),
    pictures: db.prepare<[], Hash>(PICTURES).pluck().all(),
  }));
  const lacking = lookAt(server.file, (db) =>
    lackingOf(held, (table, name) => {
      const key = table === 'comments' ? 'id' : 'hash';
      return db.prepare(`SELECT 1 FROM ${table} WHERE ${key} = ?`).get(name) !== undefined;
    }),
  );
  if (lacking !== null)
    broken(9, `Client ${index} takes ${lacking} for sent, and the server does not have it.`);
}
