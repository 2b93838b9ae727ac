import type { Change, ChangesResponse, Op, OpAnswer, StoredRevision } from '#shared/api';
import { RevisionError, type Hash, type Id } from '#shared/article';
import type { Store } from '../store/index.ts';
import type { SyncContext } from './context.ts';
import { compareSoon } from './digest-due.ts';
import { isStartedBy, readsAll, sendsAtOnce } from './rights.ts';

/** Set while a feed is read from its start after the server came back older than this computer remembers it. */
const FLAG = 'sync.reoffer';

/**
 * A backup can hold a revision without the picture that arrived behind it: what came to this computer last is asked for,
 * one by one. All would be too many in an archive of years.
 */
const NEWEST_PICTURES = 500;

/** Notes what a restored server still has while its feed is read anew, then offers it what it lost. */
export interface Reoffer {
  begin(): void;
  /** Inside the transaction that applies the page. */
  page(response: ChangesResponse): void;
  end(): void;
}

export function createReoffer(context: SyncContext): Reoffer {
  const { store, events } = context;
  let kept: { revisions: Set<Hash>; comments: Set<Id>; articles: Set<Id> } | null = null;
  return {
    begin() {
      // Stet was closed half-way: what had been seen until then is forgotten, so the feed is read again.
      if (kept === null && store.values.get(FLAG) !== null) {
        kept = { revisions: new Set(), comments: new Set(), articles: new Set() };
        store.feed.reset();
      }
    },
    page({ reset, changes }) {
      if (reset) {
        kept = { revisions: new Set(), comments: new Set(), articles: new Set() };
        store.values.set(FLAG, true);
        compareSoon(store);
      }
      offerToReturned(context, changes);
      for (const change of kept ? changes : []) {
        if (change.kind === 'revision') kept?.revisions.add(change.data.hash);
        if (change.kind === 'comment') kept?.comments.add(change.data.id);
        if (change.kind === 'article') kept?.articles.add(change.data.id);
      }
    },
    end() {
      if (kept === null) return;
      const { revisions, comments, articles } = kept;
      const offered = store.transaction(() => {
        store.values.delete(FLAG);
        store.assets.offerNewestAgain(NEWEST_PICTURES);
        return offerLost(context, { revisions, comments, articles });
      });
      kept = null;
      if (offered > 0)
        // Whoever is away from the window has to find it when they come back: an approval may be gone.
        events.notice(
          'warning',
          `The publishing server came back from an older backup. Stet is sending it what it lost: ${offered} ${offered === 1 ? 'piece' : 'pieces'} of work. Approvals given since may have to be given again.`,
          null,
        );
    },
  };
}

function everyArticle(store: Store, person: Id): Id[] {
  const found: Id[] = [];
  for (const kind of ['archive', 'bin'] as const)
    for (let offset = 0; ; offset += 500) {
      const { rows, total } = store.queues.list({ kind }, person, offset, 500);
      found.push(...rows.map(({ id }) => id));
      if (rows.length === 0 || offset + rows.length >= total) break;
    }
  return found;
}

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
function offerPictures(store: Store, hash: Hash): void {
  try {
    for (const asset of store.revisions.open(hash)?.assets ?? []) store.assets.offerAgain(asset);
  } catch (error) {
    // Which pictures a later Stet’s revision shows cannot be told here.
    if (!(error instanceof RevisionError)) throw error;
  }
}

/**
 * A command was refused for want of a picture that this computer may once have sent, and the server has lost. It is sent
 * again, for the command to be tried again.
 */
export function offerMissingPictures(store: Store, { payload }: Op, answer: OpAnswer): void {
  if (answer.code === 'assets' && payload.kind === 'transition')
    offerPictures(store, payload.revision);
}

/** What the feed has told of since it is read anew: what else is here, the server lost. */
interface Kept {
  revisions: ReadonlySet<Hash>;
  comments: ReadonlySet<Id>;
}

/** Of an article that the server does not have at all. */
export const OF_NOTHING: Kept = { revisions: new Set(), comments: new Set() };

/** Queues again what the server no longer has, parents first. Gives how much that was. */
function offerLost(
  { store, ...context }: SyncContext,
  kept: Kept & { articles: ReadonlySet<Id> },
): number {
  const person = context.by()?.author;
  if (!person) return 0;
  const awaited: Id[] = [];
  let offered = 0;
  for (const article of everyArticle(store, person))
    // An article that the server does not have at all is first left to whoever started it.
    if (!kept.articles.has(article) && !sendsAtOnce(store, person, article)) awaited.push(article);
    else offered += offerOf(store, article, kept, person);
  // The feed that told of these was cut short by the loss; their records never came.
  awaited.push(...store.articles.halfTold().filter((article) => !kept.articles.has(article)));
  // Who reads only a part of the feed does not know what the server lacks of the rest.
  if (readsAll(store)) store.awaited.replace(awaited);
  else store.awaited.add(awaited.filter((article) => isStartedBy(store, person, article)));
  return offered;
}

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

/** An article that the server had lost is back: what this computer has of it is offered, however much came with it. */
function offerToReturned({ store, ...context }: SyncContext, changes: readonly Change[]): void {
  const person = context.by()?.author;
  if (!person) return;
  const kept = { revisions: new Set<Hash>(), comments: new Set<Id>() };
  const returned: Id[] = [];
  for (const { kind, data } of changes) {
    if (kind === 'revision') kept.revisions.add(data.hash);
    if (kind === 'comment') kept.comments.add(data.id);
    if (kind === 'article' && store.awaited.has(data.id)) returned.push(data.id);
  }
  for (const article of returned) {
    for (const { id, state, payload } of store.outbox.pending(article))
      if (state === 'parked' && payload.kind === 'comment') store.outbox.retry(id);
    offerOf(store, article, kept, person);
    store.awaited.remove(article);
  }
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

const TRIED = 'sync.ancestors-offered';

const triedIn = (store: Store): Hash[] => (store.values.get(TRIED) ?? []) as Hash[];

/**
 * A revision was refused because the server lacks one it builds on: everything it builds on is offered, oldest first,
 * and the revision again behind it. Once per revision; what is refused then stays refused until the server has what it
 * builds on ({@link takeUpRefused}). Gives whether it was done.
 */
export function offerAncestors(store: Store, { id, payload }: Op, answer: OpAnswer): boolean {
  if (answer.code !== 'unknown-parent' || payload.kind !== 'revision') return false;
  const { hash: refused } = payload.revision;
  const tried = triedIn(store);
  const by = store.outbox.writerOf(id);
  if (tried.includes(refused) || by === null) return false;
  store.values.set(TRIED, [...tried.slice(-99), refused]);
  for (const hash of unofferedBefore(store, refused)) offerRevision(store, hash, by);
  store.outbox.retry(id);
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
  const tried = new Set(triedIn(store));
  const hashes = new Set(there.map(({ hash }) => hash));
  for (const article of new Set(there.map(({ article }) => article)))
    for (const { id, state, payload } of store.outbox.pending(article)) {
      if (state !== 'parked' || payload.kind !== 'revision') continue;
      const parents = store.revisions.parents(payload.hash);
      if (hashes.has(payload.hash)) store.outbox.dismiss(id);
      else if (
        tried.has(payload.hash) &&
        parents.some((parent) => hashes.has(parent)) &&
        parents.every((parent) => store.revisions.isKnown(parent))
      )
        store.outbox.retry(id);
    }
}
