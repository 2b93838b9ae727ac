import { lengthOf } from '#shared/article';
import type { ArticleRow } from '#shared/contract';
import { fold } from './fold.ts';
import type { Db } from './db.ts';
import type { QueueStore, SearchHit, SearchStore } from './types.ts';

/** Up to this many hits are ranked; above, where the best are hard to tell apart, the newest come first. */
export const RANKED_HITS = 1_000;

const RANK = `rank MATCH 'bm25(10.0, 8.0, 4.0, 2.0, 1.0)'`;
const SNIPPET = `snippet(search, -1, char(2), char(3), '…', 14) AS snippet`;

/**
 * The SQL of the search: apart, so that tests can look at their plans. Ordered by `rank`, FTS5 sorts by itself and cuts
 * snippets for the rows it gives only; ordered by an expression, it would cut them for every hit.
 */
export const SEARCH_SQL = {
  count: 'SELECT count(*) AS n FROM search WHERE search MATCH ?',
  ranked: `SELECT rowid, ${SNIPPET} FROM search WHERE search MATCH ? AND ${RANK} ORDER BY rank LIMIT ? OFFSET ?`,
  newest: `SELECT rowid, ${SNIPPET} FROM search WHERE search MATCH ? ORDER BY rowid DESC LIMIT ? OFFSET ?`,
  article: 'SELECT article FROM article_text WHERE number = ?',
  documents: 'SELECT doc FROM search_term WHERE term = ?',
  sharing:
    'SELECT article FROM shared_term WHERE kind = ? AND term = ? ORDER BY article DESC LIMIT ?',
  any: `SELECT rowid, rank FROM search WHERE search MATCH ? AND ${RANK} ORDER BY rank LIMIT ?`,
} as const;

/** Full-text search over headline, slugline, byline, contributors and body. */
export function createSearch(db: Db, queues: QueueStore): SearchStore {
  const articleOf = (rowid: number): string =>
    db.get<{ article: string }>(SEARCH_SQL.article, rowid)?.article ?? '';

  return {
    search(text, offset, limit) {
      const query = queryOf(text);
      if (query === null) return { rows: [], total: 0 };
      const total = db.get<{ n: number }>(SEARCH_SQL.count, query)?.n ?? 0;
      const order = total <= RANKED_HITS ? SEARCH_SQL.ranked : SEARCH_SQL.newest;
      const hits = db.all<{ rowid: number; snippet: string }>(order, query, limit, offset);
      const rows = hits.flatMap(({ rowid, snippet }): ArticleRow[] => {
        const row = queues.row(articleOf(rowid));
        return row ? [{ ...row, snippet }] : [];
      });
      return { rows, total };
    },
    documents: (word) => db.get<{ doc: number }>(SEARCH_SQL.documents, fold(word))?.doc ?? 0,
    sharing(kind, terms, { except, limit }) {
      const found = new Map<string, number>();
      for (const term of new Set(terms.map(fold)))
        for (const { article } of db.all<{ article: string }>(
          SEARCH_SQL.sharing,
          kind,
          term,
          limit,
        ))
          if (article !== except) found.set(article, (found.get(article) ?? 0) + 1);
      return [...found].map(([article, score]) => ({ article, score }));
    },
    matchAny(terms, { except, limit }) {
      const phrases = terms.flatMap((term) => phraseOf(term) ?? []);
      if (phrases.length === 0) return [];
      return db
        .all<{ rowid: number; rank: number }>(SEARCH_SQL.any, phrases.join(' OR '), limit + 1)
        .map(({ rowid, rank }): SearchHit => ({ article: articleOf(rowid), score: -rank }))
        .filter(({ article }) => article !== except)
        .slice(0, limit);
    },
  };
}

/** Any text as one quoted phrase: nothing in it has a meaning for FTS5. Null when it holds no word. */
function phraseOf(text: string): string | null {
  return /[\p{L}\p{N}]/u.test(text) ? `"${text.replaceAll('"', ' ').replaceAll('\0', ' ')}"` : null;
}

/**
 * What a person typed as an FTS5 query: all words, "quoted words" together, the last as the beginning of a word. A single
 * last letter is left to be completed: it would match nearly everything.
 */
export function queryOf(text: string): string | null {
  const parts = [...text.matchAll(/"([^"]+)"|([^\s"]+)/g)];
  const phrases = parts.flatMap(([, quoted, word], at) => {
    const phrase = phraseOf(quoted ?? word ?? '');
    if (phrase === null) return [];
    const last = at === parts.length - 1 && quoted === undefined;
    if (!last) return [phrase];
    if (lengthOf(word ?? '') < 2) return parts.length > 1 ? [] : [phrase];
    return [`${phrase} *`];
  });
  return phrases.length === 0 ? null : phrases.join(' AND ');
}
