import { CommentEntry, openThreads, WorkflowEvent } from '#shared/api';
import type { Id } from '#shared/article';
import type { Db } from './db.ts';
import type { Listing } from './listing.ts';
import type { CommentStore, EventStore } from './types.ts';

/** What the feed needs of comments, beside what everyone may do. */
export interface Comments extends CommentStore {
  /** Counts the open threads of an article anew. */
  count(article: Id): void;
  /** Takes in an entry that the server tells of, behind all that it has told before. */
  takeTold(entry: CommentEntry): void;
  /** Removes an entry, unless the server has told of it: another computer of the same person may have sent it, too. */
  removeUntold(id: Id): void;
}

/**
 * Entries written here that the server has not told of yet are placed from this number on: behind all that it tells,
 * however often it does so, as they will stand once they are sent.
 */
const UNTOLD = 2 ** 50;

/** Comment threads: entries that are only ever added. */
export function createComments(db: Db, listing: Listing): Comments {
  const list = (article: Id): CommentEntry[] =>
    db
      .all<{ json: string }>('SELECT json FROM comment WHERE article = ? ORDER BY arrived', article)
      .map(({ json }) => CommentEntry.parse(JSON.parse(json)));
  const count = (article: Id): void => listing.setThreads(article, openThreads(list(article)).size);
  /** The next place in the range that begins at `from`, behind all that are taken in it. */
  const store = (entry: CommentEntry, from: number): void =>
    db.write(() => {
      db.run(
        `INSERT OR REPLACE INTO comment (arrived, id, article, json) VALUES
           ((SELECT coalesce(max(arrived), ?) + 1 FROM comment WHERE arrived BETWEEN ? AND ?), ?, ?, ?)`,
        from,
        from,
        from + UNTOLD - 1,
        entry.id,
        entry.article,
        JSON.stringify(entry),
      );
      count(entry.article);
    });
  return {
    list,
    count,
    put: (entry) => store(entry, UNTOLD),
    takeTold: (entry) => store(entry, 0),
    removeUntold: (id) =>
      db.write(() => {
        const row = db.get<{ article: string }>(
          'SELECT article FROM comment WHERE id = ? AND arrived > ?',
          id,
          UNTOLD,
        );
        if (!row) return;
        db.run('DELETE FROM comment WHERE id = ?', id);
        count(row.article);
      }),
  };
}

/** The acts of the workflow, as the server recorded them. */
export function createEvents(db: Db): EventStore {
  return {
    put(event) {
      db.run(
        'INSERT OR REPLACE INTO event (id, article, json) VALUES (?, ?, ?)',
        event.id,
        event.article,
        JSON.stringify(event),
      );
    },
    list: (article) =>
      db
        .all<{ json: string }>('SELECT json FROM event WHERE article = ? ORDER BY arrived', article)
        .map(({ json }) => WorkflowEvent.parse(JSON.parse(json))),
  };
}
