import { can } from '#shared/workflow';
import type { Id } from '#shared/article';
import { titleOf, type SyncContext } from './context.ts';
import { OF_NOTHING, offerOf } from './reoffer.ts';

/**
 * Copies that the person may not have any more are taken away, with their unsent work put into the vault. What a restored
 * server lacks and this computer was to bring back is unsent as well: it may be nowhere else.
 */
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
    if (store.awaited.has(record.id))
      store.transaction(() => offerOf(store, record.id, OF_NOTHING, me.id));
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
