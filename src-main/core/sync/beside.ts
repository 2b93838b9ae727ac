import { sealRevision, type Clock, type Content, type Hash, type Id } from '#shared/article';
import type { By, Store } from '../store/index.ts';
import { join } from './merge.ts';

/** Makes a revision of `parent` that stands beside the working copy, and queues it for the server. Gives its hash. */
export function putBeside(
  store: Store,
  article: Id,
  { content, parent, by, clock }: { content: Content; parent: Hash; by: By; clock: Clock },
): Hash {
  const envelope = { ...by, at: new Date(clock()).toISOString() };
  const revision = { ...sealRevision(article, [parent], content), article, envelope };
  const isNew = !store.revisions.has(revision.hash);
  store.revisions.put(revision);
  if (isNew) store.outbox.add({ kind: 'revision', revision, base: parent }, by.author);
  return revision.hash;
}

/** Joins a revision that stands beside the working copy with it; what the working copy holds must be sealed. */
export function takeInBeside(store: Store, article: Id, beside: Hash, by: By): void {
  const ours = store.working.read(article)?.base ?? null;
  if (ours !== null && store.revisions.isAncestor(beside, ours)) return;
  if (ours !== null && !store.revisions.isAncestor(ours, beside)) {
    join(store, article, { ours, theirs: beside, head: ours, by });
    return;
  }
  const revision = store.revisions.open(beside);
  if (!revision) throw new Error(`Revision ${beside} was put into the store and is not there.`);
  const { fields, body, conflicts } = revision;
  store.working.replace(article, { fields, body, conflicts }, beside);
}
