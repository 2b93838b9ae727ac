import type { Id } from '#shared/article';
import { articleOf } from '../store/index.ts';
import type { ArticleHandlers, Context } from './types.ts';

type Outbox = Pick<
  ArticleHandlers,
  | 'outbox.list'
  | 'outbox.retry'
  | 'outbox.dismiss'
  | 'outbox.export'
  | 'settings.get'
  | 'settings.set'
  | 'store.backup'
>;

/** What waits for the server, and what is kept on this computer only. */
export function outboxHandlers({
  store,
  emit,
  clock,
  wake,
  statusChanged,
  serverUrl,
}: Context): Outbox {
  /** Also what History, the comments and the state of the article say is other than it was. */
  const told = (article: Id | null): void => {
    if (article !== null) emit('article', { article, working: false });
    emit('lists', {});
    statusChanged();
  };
  const aboutWhich = (id: Id): Id | null => {
    const change = store.outbox.find(id);
    return change && articleOf(change.payload);
  };
  return {
    'outbox.list': () => ({
      url: serverUrl(),
      outbox: store.outbox.list(),
      cursor: store.feed.cursor() ?? '',
      lastAnswer: store.outbox.lastAnswer(),
    }),
    'outbox.retry': ({ id }) => {
      const article = aboutWhich(id);
      store.outbox.retry(id);
      told(article);
      wake();
      return {};
    },
    'outbox.dismiss': ({ id }) => {
      const article = aboutWhich(id);
      store.outbox.dismiss(id);
      told(article);
      return {};
    },
    'outbox.export': () => ({
      name: `stet-outbox-${new Date(clock()).toISOString().slice(0, 10)}.json`,
      text: store.outbox.export(),
    }),
    'settings.get': () => store.settings.get(),
    'settings.set': (changes) => store.settings.patch(changes),
    'store.backup': () => store.backup(),
  };
}
