import type { Change, ChangesResponse, CommentEntry } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import type { Store } from '../store/index.ts';
import { askAboutClosed } from './access.ts';
import type { SyncContext } from './context.ts';
import { compareSoon } from './digest-due.ts';
import { isQueued, keptIn, noteKept, offerOf, type Kept } from './offer.ts';
import { offerSaidAgain } from './refused.ts';
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
      if (!kept) return;
      noteKept(kept, changes);
      for (const { kind, data } of changes) {
        if (kind === 'comment') offerDisplaced(context, data);
        if (kind === 'article') kept.articles.add(data.id);
      }
    },
    end() {
      if (kept === null) return;
      const { revisions, comments, articles } = kept;
      const offered = store.transaction(() => {
        store.values.delete(FLAG);
        store.assets.offerNewestAgain(NEWEST_PICTURES);
        askAboutClosed(context);
        return offerLost(context, { revisions, comments, articles });
      });
      kept = null;
      const sent =
        offered > 0
          ? `Stet is sending it what it lost: ${offered} ${offered === 1 ? 'piece' : 'pieces'} of work. `
          : '';
      if (offered > 0 || approvesAnywhere(context))
        // Whoever is away from the window has to find it when they come back: an approval may be gone.
        events.notice(
          'warning',
          `The publishing server came back from an older backup. ${sent}Approvals given since may have to be given again.`,
          null,
        );
    },
  };
}

function approvesAnywhere({ store, ...context }: SyncContext): boolean {
  const me = context.by();
  const roles = me && store.people.person(me.author)?.memberships;
  return roles?.some(({ role }) => role === 'desk-chief') ?? false;
}

/**
 * Somebody gave a comment the name of one that the server had lost: what this person said under it waits in the outbox, with
 * what the server says of that, before the other takes its place here.
 */
function offerDisplaced({ store, ...context }: SyncContext, told: CommentEntry): void {
  const person = context.by()?.author;
  if (!person || told.author === person) return;
  const own = store.comments.list(told.article).find(({ id }) => id === told.id);
  if (own?.author === person && !isQueued(store, told.article).has(own.id))
    store.outbox.add({ kind: 'comment', entry: own }, person);
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

/** An article that the server had lost is back: what this computer has of it is offered, however much came with it. */
function offerToReturned({ store, ...context }: SyncContext, changes: readonly Change[]): void {
  const person = context.by()?.author;
  if (!person) return;
  const kept = keptIn(changes);
  const returned = changes.flatMap((change) => isBack(store, change));
  for (const article of new Set(returned)) {
    offerSaidAgain(store, article);
    offerOf(store, article, kept, person);
    store.awaited.remove(article);
  }
}

/** The article that is back: one that was awaited, or that the server says is started where it was started before. */
function isBack({ awaited, events }: Store, { kind, data }: Change): Id[] {
  if (kind === 'article') return awaited.has(data.id) ? [data.id] : [];
  if (kind !== 'event' || data.transition !== 'create') return [];
  const starts = events.list(data.article).filter(({ transition }) => transition === 'create');
  return starts.length > 0 && starts.every(({ id }) => id !== data.id) ? [data.article] : [];
}
