import type { Change, ChangesResponse } from '#shared/api';
import type { Id } from '#shared/article';
import { ServerError } from '../server-client/index.ts';
import type { Answered, FeedApplied } from '../store/index.ts';
import { titleOf, type SyncContext } from './context.ts';
import { takeUpAnswers, takeUpRefused } from './refused.ts';
import type { Reoffer } from './reoffer.ts';
import type { Remote } from './remote.ts';
import { noteRights, rightsChanged } from './rights.ts';

const PAGE = 500;

export interface PullWatch {
  /** After every page: how many changes have come in, and whether more will. */
  page(done: number, more: boolean): void;
  needsMerge(articles: readonly Id[]): void;
  /** Beside the texts of these articles, others stand on the server. */
  besides(articles: readonly Id[]): void;
}

async function fetchPage(
  remote: Remote,
  { cursor, answered }: { cursor: string | null; answered: Answered | null },
  cancel: AbortSignal,
): Promise<ChangesResponse> {
  const place = {
    ...(cursor !== null && { cursor }),
    ...(answered !== null && { answered: answered.seq, answeredTo: answered.device }),
  };
  for (let limit = PAGE; ; limit = Math.ceil(limit / 4)) {
    try {
      return await remote.changes({ limit, ...place }, cancel);
    } catch (error) {
      if (!(error instanceof ServerError) || error.code !== 'too-large' || limit === 1) throw error;
    }
  }
}

/** Takes a page in. Null when the feed is to be read from its start instead. */
function apply(
  context: SyncContext,
  reoffer: Reoffer,
  response: ChangesResponse,
): FeedApplied | null {
  const { store, events } = context;
  const applied = store.transaction(() => {
    if (!noteRights(store, response)) {
      store.feed.reset();
      return null;
    }
    reoffer.page(response);
    const taken = store.feed.applyChanges(response.changes, response.cursor);
    takeUpRefused(
      store,
      response.changes.flatMap(({ kind, data }) => (kind === 'revision' ? [data] : [])),
    );
    takeUpAnswers(
      store,
      response.changes.flatMap(({ kind, data }) => (kind === 'comment' ? [data] : [])),
    );
    return taken;
  });
  if (applied === null) return null;
  if (applied.moved.length > 0) events.working(applied.moved);
  if (applied.articles.length > 0) events.articles(applied.articles);
  if (applied.inboxDesks.length > 0) events.inbox(applied.inboxDesks);
  if (applied.people) events.people();
  tellOfBins(context, response.changes);
  for (const article of applied.damaged)
    events.notice(
      'warning',
      `${titleOf(store, article)}: a version came damaged from the publishing server and was not taken in. What stands here is unchanged; Stet asks for it again.`,
      article,
    );
  return applied;
}

/** Who wrote in an article that a colleague moved to the bin meanwhile hears where their work is. */
function tellOfBins(context: SyncContext, changes: readonly Change[]): void {
  const { store, events } = context;
  const me = context.by()?.author;
  const bins = new Map<Id, Id | null>();
  for (const { kind, data } of changes)
    if (kind === 'event' && data.transition === 'bin') bins.set(data.article, data.by);
    else if (kind === 'event' && data.transition === 'unbin') bins.delete(data.article);
  const isUnsent = (article: Id): boolean =>
    store.working.dirty(article) ||
    store.outbox.pending(article).some(({ payload }) => payload.kind === 'revision');
  for (const [article, by] of bins) {
    if (by === me || !isUnsent(article)) continue;
    const name = (by === null ? null : store.people.person(by)?.name) ?? 'Somebody';
    events.notice(
      'warning',
      `${titleOf(store, article)}: ${name} moved it to the bin while you wrote in it. What you wrote is kept in it, and it can be taken out of the bin again.`,
      article,
      { command: 'go.bin' },
    );
  }
}

/** Pulls everything after the stored cursor, page by page, each with its cursor in one transaction. */
export async function pullAll(
  context: SyncContext,
  remote: Remote,
  reoffer: Reoffer,
  watch: PullWatch,
  cancel: AbortSignal,
): Promise<void> {
  const { store } = context;
  reoffer.begin();
  store.feed.askAgain();
  let done = 0;
  for (;;) {
    const cursor = store.feed.cursor();
    const answered = store.feed.answered();
    const response = await fetchPage(remote, { cursor, answered }, cancel);
    cancel.throwIfAborted();
    if (response.more && response.cursor === cursor)
      throw new ServerError(
        'nonsense',
        'The publishing server’s feed does not move on. Stet tries again.',
      );
    if (!response.reset && store.feed.goBack()) continue;
    // Most pulls bring nothing: that is not worth a write.
    const moved = response.cursor !== cursor || answered !== null || response.reset;
    if (moved || response.changes.length > 0 || rightsChanged(store, response)) {
      const applied = apply(context, reoffer, response);
      if (applied === null) continue;
      watch.needsMerge(applied.needsMerge);
      watch.besides(applied.besides);
    }
    done += response.changes.length;
    watch.page(done, response.more);
    if (!response.more) break;
  }
  reoffer.end();
}
