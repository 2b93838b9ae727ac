import type { ChangesResponse, Person } from '#shared/api';
import type { Id } from '#shared/article';
import { can } from '#shared/workflow';
import type { Store } from '../store/index.ts';

/** Whether all that was read of the feed so far was read with every article of the newsroom open to this person. */
const READS_EVERYTHING = 'sync.reads-everything';

/**
 * Notes with which rights a page of the feed was read, in the transaction that stores its cursor. False when they have
 * grown since the pages before it: those were told with gaps, so that the feed is to be read from its start. Only the
 * page itself can tell: rights may have been taken away and given back without this computer hearing of either.
 */
export function noteRights(store: Store, { readsEverything, reset }: ChangesResponse): boolean {
  const before = store.feed.cursor() === null || reset ? null : store.values.get(READS_EVERYTHING);
  if (before !== readsEverything) store.values.set(READS_EVERYTHING, readsEverything);
  return !(readsEverything && before === false);
}

/** Whether every article of the newsroom was open to this person when the last page of the feed was read. */
export const readsAll = (store: Store): boolean => store.values.get(READS_EVERYTHING) !== false;

/** Whether a page speaks of rights other than those that are noted. */
export function rightsChanged(store: Store, { readsEverything }: ChangesResponse): boolean {
  return readsEverything !== readsAll(store);
}

/** Revisions of an article that the server once had. */
export const knownOf = (store: Store, article: Id): ReturnType<Store['revisions']['list']> =>
  store.revisions.list(article).filter(({ hash }) => store.revisions.isKnown(hash));

/** The desks that an article was on and on which this person may start none. */
export function desksAwayFrom(store: Store, person: Person, article: Id): (Id | null)[] {
  const desks = knownOf(store, article).map(({ hash }) => store.revisions.deskOf(hash));
  return [...new Set(desks)].filter((desk) => !can(person, 'article.create', { desk }));
}

/** Whether the server would take all of an article that it lost from this person, from its first revision on. */
export function maySendWhole(store: Store, person: Person, article: Id): boolean {
  return (
    knownOf(store, article)[0]?.parents.length === 0 &&
    desksAwayFrom(store, person, article).length === 0
  );
}

export const isStartedBy = (store: Store, author: Id, article: Id): boolean =>
  store.articles.record(article)?.createdBy === author;

/**
 * Whether an article that the server lost is for this person to send at once: they started it, and may start it there
 * now. Every other is awaited, for somebody who may send it to do so.
 */
export function sendsAtOnce(store: Store, author: Id, article: Id): boolean {
  if (!isStartedBy(store, author, article)) return false;
  const person = store.people.person(author);
  const first = knownOf(store, article)[0];
  if (!person || !first) return true;
  return can(person, 'article.create', { desk: store.revisions.deskOf(first.hash) });
}
