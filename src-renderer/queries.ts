import {
  QueryClient,
  useMutation,
  useQuery,
  keepPreviousData,
  type UseMutationResult,
} from '@tanstack/react-query';
import type { CallName, Input, Output, Status, StetError } from '#shared/contract';
import { bridge, call } from './bridge.ts';

/** What the window knows of the core's answers. Nothing goes stale by the clock: the core says when something changed. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: Infinity,
      retry: false,
      refetchOnWindowFocus: false,
      networkMode: 'always',
    },
    mutations: { networkMode: 'always' },
  },
});

/** What a question to the core has given so far. */
export interface Answer<T> {
  data: T | undefined;
  error: StetError | null;
  isPending: boolean;
  /** What is there is the former answer; the one that was asked for is on its way. */
  isFormer: boolean;
}

/** Reads from the core and keeps what it read until an event says that it changed. */
export function useCall<K extends CallName>(
  name: K,
  input: Input<K>,
  options: { enabled?: boolean; keep?: boolean } = {},
): Answer<Output<K>> {
  const { data, error, isPending, isPlaceholderData } = useQuery<unknown, StetError>({
    queryKey: [name, input],
    queryFn: () => call(name, input),
    enabled: options.enabled ?? true,
    // The former answer stays in sight while the next one is on its way.
    ...(options.keep ? { placeholderData: keepPreviousData } : {}),
  });
  return { data: data as Output<K> | undefined, error, isPending, isFormer: isPlaceholderData };
}

/** Asks the core to do something. */
export function useAct<K extends CallName>(
  name: K,
): UseMutationResult<Output<K>, StetError, Input<K>> {
  return useMutation<Output<K>, StetError, Input<K>>({ mutationFn: (input) => call(name, input) });
}

/** Forgets the answers of these calls, so that what is on the screen is read again. */
export function reread(...names: CallName[]): void {
  for (const name of names) void queryClient.invalidateQueries({ queryKey: [name] });
}

/** How things stood when the core last told. */
export function statusNow(): Status | undefined {
  return queryClient.getQueryData<Status>(['app.status', {}]);
}

/** What was done, and whether the publishing server knows of it. */
export function asKnown(done: string): string {
  const state = statusNow()?.sync.state;
  return state === 'online' || state === 'syncing'
    ? done
    : `${done} The publishing server has yet to hear of it.`;
}

/** Reads what is told of one article again; what is on the screen is new when the promise is kept. */
export async function rereadOf(article: string, ...names: CallName[]): Promise<void> {
  const key = (name: CallName): [CallName, object] => [name, { article }];
  await Promise.all(names.map((name) => queryClient.invalidateQueries({ queryKey: key(name) })));
}

/** What is told of one article, and read again when something of it changed. */
const NAMED_BY_ARTICLE = [
  'article.history',
  'comments.list',
  'related.suggest',
  'deliveries.list',
] as const satisfies CallName[];

/** How long what was told of the channels is good enough, in milliseconds. */
const CHANNELS_HOLD = 30_000;
let asking: ReturnType<typeof setTimeout> | undefined;

/**
 * What the newsroom is connected with is set on the server, and what waits there is known there: neither is told, so it is
 * asked for when something was heard from the server, but not with every paragraph that is sent.
 */
function askForChannels(): void {
  const known = queryClient.getQueryState(['channels.list', {}]);
  const isKnown = known?.status === 'success';
  // A clock that was set back says nothing of how old it is.
  const age = isKnown ? Math.max(0, Date.now() - known.dataUpdatedAt) : CHANNELS_HOLD;
  asking ??= setTimeout(() => {
    asking = undefined;
    reread('channels.list');
  }, CHANNELS_HOLD - age);
}

/** Ties the core's events to what the window has read. Call once. */
export function followCore(): () => void {
  const stops = [
    bridge.on('status', (status) => {
      const before = statusNow();
      queryClient.setQueryData(['app.status', {}], status);
      if (before && before.sync.lastSyncedAt !== status.sync.lastSyncedAt) askForChannels();
    }),
    bridge.on('lists', () =>
      reread(
        'queues.counts',
        'articles.list',
        'articles.search',
        'people.list',
        'outbox.list',
        'vault.list',
      ),
    ),
    bridge.on('inbox', () => reread('inbox.list', 'queues.counts')),
    bridge.on('article', ({ article }) => {
      askForChannels();
      void rereadOf(article, ...NAMED_BY_ARTICLE);
    }),
    bridge.onConnection(() => {
      if (bridge.connection() === 'open') void queryClient.invalidateQueries();
    }),
  ];
  return () => {
    clearTimeout(asking);
    stops.forEach((stop) => stop());
  };
}
