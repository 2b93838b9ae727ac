import { keepPreviousData, useQueries } from '@tanstack/react-query';
import type { ArticleRow, Queue, StetError } from '#shared/contract';
import { call } from '../bridge.ts';

const PAGE = 100;

/** What a list is made of: a queue, or what a search finds. */
export type RowSource = { queue: Queue } | { text: string };

interface RowPage {
  rows: ArticleRow[];
  total: number;
}

interface PagedRows {
  total: number;
  rowAt: (index: number) => ArticleRow | undefined;
  error: StetError | null;
  isPending: boolean;
}

function readPage(source: RowSource, page: number): Promise<RowPage> {
  const window = { offset: page * PAGE, limit: PAGE };
  return 'queue' in source
    ? call('articles.list', { ...source, ...window })
    : call('articles.search', { ...source, ...window });
}

/** The rows of a list of any length: only the pages in sight are read. `first` and `last` are the rows in sight. */
export function usePagedRows(source: RowSource, first: number, last: number): PagedRows {
  const from = Math.floor(Math.max(0, first) / PAGE);
  const until = Math.floor(Math.max(0, last) / PAGE);
  // The first page always: it says how many rows there are.
  const pages = [0];
  for (let page = Math.max(1, from); page <= until; page += 1) pages.push(page);
  const results = useQueries({
    queries: pages.map((page) => ({
      queryKey: ['queue' in source ? 'articles.list' : 'articles.search', source, page],
      queryFn: () => readPage(source, page),
      placeholderData: page === 0 ? undefined : keepPreviousData,
    })),
  });
  const byPage = new Map(pages.map((page, index) => [page, results[index]?.data]));
  const head = results[0];
  return {
    total: head?.data?.total ?? 0,
    rowAt: (index) => byPage.get(Math.floor(index / PAGE))?.rows[index % PAGE],
    error: (head?.error ?? null) as StetError | null,
    isPending: head?.isPending ?? true,
  };
}
