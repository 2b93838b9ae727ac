import type { Person } from '#shared/api';
import type { Id } from '#shared/article';
import type { Store } from '../store/index.ts';
import { personOf, titleOf, type SyncContext } from './context.ts';
import { LEFT_TO_SENDER_MS, SPREAD_MS } from './merge.ts';
import { offerOf, OF_NOTHING } from './offer.ts';
import { desksAwayFrom, isStartedBy, maySendWhole, sendsAtOnce } from './rights.ts';

/** At once, so that a whole archive that was lost does not hold up the typing. */
const BATCH = 100;
const NEXT_BATCH_MS = 1000;
/** Behind the chiefs, too: nobody who might send it has done so. */
const LEFT_TO_ALL_MS = 3 * LEFT_TO_SENDER_MS;

export interface Abandoned {
  /**
   * Queues articles that the server lost and that nobody has brought back. Gives the milliseconds until the next may
   * be, or null when none waits. To be called right behind a pull.
   */
  offer(): number | null;
}

/**
 * Whoever started an article brings it back to a server that lost it. Where that computer is lost as well, or signed
 * out, another does it after a while, and not all of them together. Desk chiefs come last, for nobody approves what
 * they have sent first.
 */
export function createAbandoned(context: SyncContext): Abandoned {
  const { store, timers, random, events } = context;
  const due = new Map<Id, number>();
  /** Up to which number of the awaited articles it is known when each may be offered. */
  let noted = 0;
  /** Offered, or not to be offered by this person: asked about again after a while. */
  let again: Id[] = [];
  /** Since when an article is awaited; no longer in here once this person was told that they may not send it. */
  const since = new Map<Id, number>();

  const noteAwaited = (person: Person): void => {
    const fresh = store.awaited.since(noted);
    noted = fresh.at(-1)?.number ?? noted;
    for (const { article } of fresh) since.set(article, timers.now());
    const added = [
      ...again.filter((article) => store.awaited.has(article)),
      ...fresh.map(({ article }) => article),
    ];
    again = [];
    if (added.length === 0) return;
    const isChief = person.memberships.some(({ role }) => role === 'desk-chief');
    const spread = ((random(1)[0] ?? 0) / 255) * SPREAD_MS;
    const at = timers.now() + LEFT_TO_SENDER_MS * (isChief ? 2 : 1) + spread;
    for (const article of added) due.set(article, at);
  };

  /** Articles that may be offered now, no longer awaited ones left out. */
  const takeReady = (): { batch: Id[]; more: boolean } => {
    const batch: Id[] = [];
    for (const [article, at] of due) {
      if (at > timers.now()) continue;
      if (batch.length === BATCH) return { batch, more: true };
      due.delete(article);
      if (store.awaited.has(article)) batch.push(article);
    }
    return { batch, more: false };
  };

  const isLeft = (person: Person, article: Id): boolean =>
    timers.now() - (since.get(article) ?? Infinity) >= LEFT_TO_ALL_MS &&
    desksAwayFrom(store, person, article).length > 0;

  const firstDue = (): number | null => {
    let next: number | null = null;
    for (const [article, at] of due) {
      if (next !== null && at >= next) continue;
      if (store.awaited.has(article)) next = at;
      else due.delete(article);
    }
    return next;
  };

  return {
    offer() {
      // Nearly always: not worth a look at who is signed in.
      if (due.size + again.length === 0 && store.awaited.since(noted).length === 0) return null;
      const person = personOf(context);
      if (!person) return null;
      noteAwaited(person);
      const { batch, more } = takeReady();
      again.push(...batch);
      const offered =
        batch.length === 0
          ? []
          : store.transaction(() => batch.filter((article) => bringBack(store, person, article)));
      for (const own of [true, false]) {
        const sent = offered.filter((article) => isStartedBy(store, person.id, article) === own);
        if (sent.length > 0) events.notice('info', sentence(store, sent, own), one(sent));
      }
      const left = batch.filter((article) => isLeft(person, article));
      for (const article of left) since.delete(article);
      if (left.length > 0) events.notice('warning', plea(store, person, left), one(left));
      if (more) return NEXT_BATCH_MS;
      const next = firstDue();
      return next === null ? null : next - timers.now();
    },
  };
}

const one = (articles: readonly Id[]): Id | null =>
  articles.length === 1 ? (articles[0] ?? null) : null;

function sentence(store: Store, articles: readonly Id[], own: boolean): string {
  const article = one(articles);
  if (own)
    return article === null
      ? `The publishing server had lost ${articles.length} articles of yours. You may start them there again: Stet sends them.`
      : `${titleOf(store, article)}: the publishing server had lost it. You may start it there again: Stet sends it.`;
  return article === null
    ? `The publishing server had lost ${articles.length} articles, and whoever started them has not sent them again. Stet sends them from this computer, in the names of those who started them.`
    : `${titleOf(store, article)}: the publishing server had lost it, and whoever started it has not sent it again. Stet sends it from this computer, in the name of whoever started it.`;
}

function plea(store: Store, person: Person, articles: readonly Id[]): string {
  const article = one(articles);
  if (article === null)
    return `The publishing server had lost ${articles.length} articles of other desks, and nobody there has sent them again. What you have of them is safe on this computer. Ask your newsroom admin for a place on those desks: Stet then sends them from here.`;
  const desks = desksAwayFrom(store, person, article)
    .map((desk) => (desk === null ? null : store.people.desk(desk)?.name) ?? 'its desk')
    .join(' and ');
  return `${titleOf(store, article)}: the publishing server had lost it, and nobody of ${desks} has sent it again. What you have of it is safe on this computer. Ask your newsroom admin for a place on ${desks}: Stet then sends it from here.`;
}

/** Queues the article if the server would take it from this person. */
function bringBack(store: Store, person: Person, article: Id): boolean {
  const may = maySendWhole(store, person, article) || sendsAtOnce(store, person.id, article);
  return may && offerOf(store, article, OF_NOTHING, person.id) > 0;
}
