import type { Change } from '#shared/api';
import { RevisionError, type Hash, type Id } from '#shared/article';
import type { Store } from '../store/index.ts';

/** What of an article waits in the outbox already: hashes of revisions and ids of comments. */
export function isQueued(store: Store, article: Id): Set<string> {
  return new Set(
    store.outbox
      .pending(article)
      .map(({ payload }) =>
        payload.kind === 'revision'
          ? payload.hash
          : payload.kind === 'comment'
            ? payload.entry.id
            : '',
      ),
  );
}

export function offerRevision(store: Store, hash: Hash, by: Id): void {
  const revision = store.revisions.get(hash);
  if (!revision) return;
  store.outbox.add(
    { kind: 'revision', revision, base: store.revisions.parents(hash)[0] ?? null },
    by,
  );
  offerPictures(store, hash);
}

/** A server that lost a revision has lost its pictures, too, or those that came to it since. */
export function offerPictures(store: Store, hash: Hash): void {
  for (const asset of picturesOf(store, hash)) store.assets.offerAgain(asset);
}

/** The pictures that a revision shows, as far as this Stet can read it. */
export function picturesOf(store: Store, hash: Hash): readonly Hash[] {
  try {
    return store.revisions.open(hash)?.assets ?? [];
  } catch (error) {
    // Which pictures a later Stet’s revision shows cannot be told here.
    if (!(error instanceof RevisionError)) throw error;
    return [];
  }
}

/** What the server has told of: what else is here and was there once, it lost. */
export interface Kept {
  revisions: ReadonlySet<Hash>;
  comments: ReadonlySet<Id>;
}

/** Adds what the server has, of which it told in these. */
export function noteKept(
  kept: { revisions: Set<Hash>; comments: Set<Id> },
  changes: readonly Change[],
): void {
  for (const { kind, data } of changes) {
    if (kind === 'revision') kept.revisions.add(data.hash);
    if (kind === 'comment') kept.comments.add(data.id);
  }
}

/** What the server has, of which it told in these. */
export function keptIn(changes: readonly Change[]): Kept {
  const kept = { revisions: new Set<Hash>(), comments: new Set<Id>() };
  noteKept(kept, changes);
  return kept;
}

/** Of an article that the server does not have at all. */
export const OF_NOTHING: Kept = { revisions: new Set(), comments: new Set() };

/** Queues what the server once had of an article and no longer has, parents first. Gives how much that was. */
export function offerOf(store: Store, article: Id, kept: Kept, person: Id): number {
  const queued = isQueued(store, article);
  let offered = 0;
  for (const { hash } of store.revisions.list(article))
    if (store.revisions.isKnown(hash) && !kept.revisions.has(hash) && !queued.has(hash)) {
      offerRevision(store, hash, person);
      offered += 1;
    }
  for (const entry of store.comments.list(article))
    if (entry.author === person && !kept.comments.has(entry.id) && !queued.has(entry.id)) {
      store.outbox.add({ kind: 'comment', entry }, person);
      offered += 1;
    }
  return offered;
}
