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
  const told = (): void => {
    emit('lists', {});
    statusChanged();
  };
  return {
    'outbox.list': () => ({
      url: serverUrl(),
      outbox: store.outbox.list(),
      cursor: store.feed.cursor() ?? '',
      lastAnswer: store.outbox.lastAnswer(),
    }),
    'outbox.retry': ({ id }) => {
      store.outbox.retry(id);
      told();
      wake();
      return {};
    },
    'outbox.dismiss': ({ id }) => {
      store.outbox.dismiss(id);
      told();
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
