import type { ArticleRecord, Op, OpAnswer, Person } from '#shared/api';
import type { Id } from '#shared/article';
import { can } from '#shared/workflow';
import type { Store } from '../store/index.ts';
import { personOf, titleOf, type SyncContext } from './context.ts';
import { isQueued, OF_NOTHING, offerOf } from './offer.ts';
import { offerWithAncestors } from './refused.ts';
import { knownOf } from './rights.ts';

/** Articles of which this computer has copies that the person may not have any more. */
function closedTo(store: Store, me: Person): ArticleRecord[] {
  if (can(me, 'article.read')) return [];
  return store.articles.serverRecords().filter((record) => !can(me, 'article.read', record));
}

/** Whether this computer has a copy of the article that the person may not have any more. */
export function isClosed(context: SyncContext, article: Id): boolean {
  const me = personOf(context);
  const record = context.store.articles.serverRecord(article);
  return me !== null && record !== null && !can(me, 'article.read', record);
}

/**
 * The feed of a restored server leaves out what is closed to a person and what it lost alike. So it is asked: it is offered
 * the newest that this computer has of each closed article, which it takes from anybody if it has it. To be called in
 * the transaction that ends the reading; nothing is taken away until the answers are here.
 */
export function askAboutClosed(context: SyncContext): void {
  const { store } = context;
  const me = personOf(context);
  for (const { id: article } of me ? closedTo(store, me) : []) {
    const queued = isQueued(store, article);
    const add = (name: string, payload: Op['payload']): void => {
      if (me && !queued.has(name)) store.outbox.add(payload, me.id);
    };
    for (const entry of store.comments.list(article))
      if (entry.author === me?.id) add(entry.id, { kind: 'comment', entry });
    const known = knownOf(store, article);
    const isBuiltOn = new Set(known.flatMap(({ parents }) => parents));
    for (const { hash, parents } of known) {
      const revision = isBuiltOn.has(hash) ? null : store.revisions.get(hash);
      if (revision) add(hash, { kind: 'revision', revision, base: parents[0] ?? null });
    }
  }
}

/**
 * The newest of a closed article was refused: the server has lost it, and is asked about everything that it builds on.
 * Gives whether it was done.
 */
export function askFurther(context: SyncContext, { id, payload }: Op, answer: OpAnswer): boolean {
  if (answer.code !== 'forbidden' || payload.kind !== 'revision') return false;
  const { article, hash } = payload.revision;
  return (
    context.store.revisions.isKnown(hash) &&
    isClosed(context, article) &&
    offerWithAncestors(context.store, id, hash)
  );
}

/** Whether the server has yet to say if it lost something of the article. */
const isAskedAbout = (store: Store, article: Id): boolean =>
  store.outbox
    .pending(article)
    .some(
      ({ state, payload }) =>
        state === 'waiting' && payload.kind === 'revision' && store.revisions.isKnown(payload.hash),
    );

/** What a restored server lacks of the article waits again: it may be nowhere else. */
function queueLost(store: Store, me: Person, article: Id): void {
  if (store.awaited.has(article)) offerOf(store, article, OF_NOTHING, me.id);
  for (const { id, state, payload } of store.outbox.pending(article))
    if (state === 'parked' && payload.kind === 'revision' && store.revisions.isKnown(payload.hash))
      store.outbox.retry(id);
}

/**
 * Copies that the person may not have any more are taken away, with their unsent work put into the vault. What a restored
 * server lacks is unsent as well.
 */
export function takeAwayClosed(context: SyncContext): void {
  const { store, events, log } = context;
  const me = personOf(context);
  const evicted: Id[] = [];
  const kept: string[] = [];
  for (const { id } of me ? closedTo(store, me) : []) {
    if (!me || isAskedAbout(store, id)) continue;
    const title = titleOf(store, id);
    store.transaction(() => queueLost(store, me, id));
    const file = store.vault.evict(id);
    evicted.push(id);
    if (file === null) continue;
    log('warn', `Article ${id} was taken away; its unsent work is in ${file}.`);
    kept.push(title);
  }
  if (evicted.length === 0) return;
  if (kept.length > 0)
    events.notice(
      'warning',
      `${kept.length === 1 ? `${kept[0]} is` : `${kept.length} articles are`} no longer open to you. What the publishing server does not have is kept in the vault of this computer: read it there, bring it back, or save it as a file.`,
      null,
      { command: 'vault.open' },
    );
  else
    events.notice(
      'info',
      `You no longer work on a desk, so ${evicted.length === 1 ? 'one article was' : `${evicted.length} articles were`} removed from this computer. Everything in them had been sent.`,
      null,
    );
  events.articles(evicted);
}
