import { can } from '#shared/workflow';
import type { Id } from '#shared/article';
import { titleOf, type SyncContext } from './context.ts';

/** Whether, when last looked at, every article of the newsroom was open to this person. */
const READS_EVERYTHING = 'sync.reads-everything';

/**
 * Follows what the person may read: copies they may not have any more are taken away, with their unsent work put into
 * the vault; when everything is open to them again, the feed is read anew. Gives whether to pull once more.
 */
export function followAccess(context: SyncContext): boolean {
  const { store, events, log } = context;
  const author = context.by()?.author;
  const me = author === undefined ? null : store.people.person(author);
  if (!me) return false;
  const before = store.values.get(READS_EVERYTHING);
  if (can(me, 'article.read')) {
    if (before === true) return false;
    store.transaction(() => {
      if (before === false) store.feed.reset();
      store.values.set(READS_EVERYTHING, true);
    });
    return before === false;
  }
  const evicted: Id[] = [];
  let vaulted = false;
  for (const record of store.articles.serverRecords()) {
    if (can(me, 'article.read', record)) continue;
    const title = titleOf(store, record.id);
    const file = store.vault.evict(record.id);
    evicted.push(record.id);
    if (file === null) continue;
    log('warn', `Article ${record.id} was taken away; its unsent work is in ${file}.`);
    vaulted = true;
    events.notice(
      'warning',
      `${title} is no longer open to you. What you had not sent is kept on this computer, in ${file}.`,
      null,
    );
  }
  if (before !== false) store.values.set(READS_EVERYTHING, false);
  if (evicted.length === 0) return false;
  if (!vaulted)
    events.notice(
      'info',
      `You no longer work on a desk, so ${evicted.length === 1 ? 'one article was' : `${evicted.length} articles were`} removed from this computer. Everything in them had been sent.`,
      null,
    );
  events.articles(evicted);
  return false;
}
