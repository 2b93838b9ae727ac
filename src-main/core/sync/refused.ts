import type { CommentEntry, Op, OpAnswer, StoredRevision } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import type { Store } from '../store/index.ts';
import { offerPictures, offerRevision, picturesOf } from './offer.ts';

/**
 * A command was refused for want of a picture. Those that are here are sent, also where the server had them and lost them,
 * and the command again behind them; once. Gives whether it was done.
 */
export function offerMissingPictures(store: Store, { id, payload }: Op, answer: OpAnswer): boolean {
  if (answer.code !== 'assets' || payload.kind !== 'transition') return false;
  if (store.outbox.find(id)?.withNeeds !== false) return false;
  const isHere = picturesOf(store, payload.revision).some((hash) => store.assets.get(hash));
  if (!isHere) return false;
  offerPictures(store, payload.revision);
  store.outbox.retry(id, { withNeeds: true });
  return true;
}

/**
 * The server lost an article, and does not take it from this person now: it is awaited like those of others, and what was
 * offered of it is offered again once it is back, or once this person may send it. Gives whether that is so.
 */
export function awaitReturn(store: Store, { id, payload }: Op, answer: OpAnswer): boolean {
  if (payload.kind !== 'revision' || !store.revisions.isKnown(payload.revision.hash)) return false;
  const { hash, article } = payload.revision;
  if (answer.code === 'forbidden' && store.revisions.parents(hash).length === 0)
    store.awaited.add([article]);
  else if (answer.code !== 'unknown-parent' || !store.awaited.has(article)) return false;
  store.outbox.setAside(id);
  return true;
}

/**
 * A revision was refused because the server lacks one it builds on: everything it builds on is offered, oldest first,
 * and the revision again behind it. Once; what is refused then stays refused until the server has what it
 * builds on ({@link takeUpRefused}). Gives whether it was done.
 */
export function offerAncestors(store: Store, { id, payload }: Op, answer: OpAnswer): boolean {
  if (answer.code !== 'unknown-parent' || payload.kind !== 'revision') return false;
  return offerWithAncestors(store, id, payload.revision.hash);
}

/** Once for each revision: false when it was done before. */
export function offerWithAncestors(store: Store, id: Id, refused: Hash): boolean {
  const pending = store.outbox.find(id);
  if (!pending || pending.withNeeds) return false;
  for (const hash of unofferedBefore(store, refused)) offerRevision(store, hash, pending.by);
  store.outbox.retry(id, { withNeeds: true });
  return true;
}

/**
 * What a revision builds on, oldest first. Of a line that was refused piece by piece, each piece finds the one before it
 * on its way again, and what that builds on as well.
 */
function unofferedBefore(store: Store, hash: Hash): Hash[] {
  const found = new Set<Hash>();
  const unofferedParents = (of: Hash): Hash[] =>
    store.revisions
      .parents(of)
      .filter((parent) => !found.has(parent) && !store.outbox.isWaiting(parent));
  const open = unofferedParents(hash);
  for (let next = open.at(-1); next !== undefined; next = open.at(-1)) {
    const before = found.has(next) ? [] : unofferedParents(next);
    if (before.length > 0) open.push(...before);
    else {
      found.add(next);
      open.pop();
    }
  }
  return [...found];
}

/**
 * The server has revisions that it may have lacked: what was refused for want of them is offered once more, and of what
 * they are themselves nothing is left to offer.
 */
export function takeUpRefused(
  store: Store,
  there: readonly Pick<StoredRevision, 'hash' | 'article'>[],
): void {
  if (there.length === 0 || store.outbox.counts().parked === 0) return;
  const hashes = new Set(there.map(({ hash }) => hash));
  for (const article of new Set(there.map(({ article }) => article)))
    for (const { id, state, payload, withNeeds } of store.outbox.pending(article)) {
      if (state !== 'parked' || payload.kind !== 'revision') continue;
      const parents = store.revisions.parents(payload.hash);
      if (hashes.has(payload.hash)) store.outbox.dismiss(id);
      else if (
        withNeeds &&
        parents.some((parent) => hashes.has(parent)) &&
        parents.every((parent) => store.revisions.isKnown(parent))
      )
        store.outbox.retry(id, { withNeeds });
    }
}

/** Offers comments on an article once more that were refused because the server had lost it, or what they answer. */
export function offerSaidAgain(store: Store, article: Id, thread: Id | null = null): void {
  for (const { id, state, payload } of store.outbox.pending(article))
    if (
      state === 'parked' &&
      payload.kind === 'comment' &&
      (thread === null || (payload.entry.thread === thread && payload.entry.id !== thread))
    )
      store.outbox.retry(id);
}

/** The server has these comments: what was refused for want of what they open is offered once more. */
export function takeUpAnswers(store: Store, there: readonly CommentEntry[]): void {
  if (store.outbox.counts().parked === 0) return;
  for (const { kind, article, thread } of there)
    if (kind === 'comment') offerSaidAgain(store, article, thread);
}
