import { CommentEntry, WorkflowEvent } from '#shared/api';
import { readingOnce, type Id } from '#shared/article';
import type { Db } from './db.ts';
import type { CommentStore, EventStore } from './types.ts';

/** What the feed needs of comments, beside what everyone may do. */
export interface Comments extends CommentStore {
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

const entryIn = readingOnce(CommentEntry);
const eventIn = readingOnce(WorkflowEvent);

/** What was said of an article, in the order in which it stands. */
export const commentsOf = (db: Db, article: Id): CommentEntry[] =>
  db
    .all<{ json: string }>('SELECT json FROM comment WHERE article = ? ORDER BY arrived', article)
    .map(({ json }) => entryIn(json));

/** Comment threads: entries that are only ever added. `changed` is told whenever an article has others. */
export function createComments(db: Db, changed: (article: Id) => void): Comments {
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
      changed(entry.article);
    });
  return {
    list: (article) => commentsOf(db, article),
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
        changed(row.article);
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
        .map(({ json }) => eventIn(json)),
  };
}
