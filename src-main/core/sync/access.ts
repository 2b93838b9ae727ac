import { can } from '#shared/workflow';
import type { ChangesResponse } from '#shared/api';
import type { Id } from '#shared/article';
import type { Store } from '../store/index.ts';
import { titleOf, type SyncContext } from './context.ts';

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

/** Whether a page speaks of rights other than those that are noted. */
export function rightsChanged(store: Store, { readsEverything }: ChangesResponse): boolean {
  return readsEverything !== (store.values.get(READS_EVERYTHING) ?? true);
}

/** Copies that the person may not have any more are taken away, with their unsent work put into the vault. */
export function takeAwayClosed(context: SyncContext): void {
  const { store, events, log } = context;
  const author = context.by()?.author;
  const me = author === undefined ? null : store.people.person(author);
  if (!me || can(me, 'article.read')) return;
  const evicted: Id[] = [];
  const kept: string[] = [];
  for (const record of store.articles.serverRecords()) {
    if (can(me, 'article.read', record)) continue;
    const title = titleOf(store, record.id);
    const file = store.vault.evict(record.id);
    evicted.push(record.id);
    if (file === null) continue;
    log('warn', `Article ${record.id} was taken away; its unsent work is in ${file}.`);
    kept.push(title);
  }
  if (evicted.length === 0) return;
  if (kept.length > 0)
    events.notice(
      'warning',
      `${kept.length === 1 ? `${kept[0]} is` : `${kept.length} articles are`} no longer open to you. What you had not sent is kept in the vault of this computer: read it there, bring it back, or save it as a file.`,
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
