import { CommentEntry, WorkflowEvent } from '#shared/api';
import type { Id } from '#shared/article';
import type { Db } from './db.ts';
import type { Listing } from './listing.ts';
import type { CommentStore, EventStore } from './types.ts';

/** What the feed needs of comments, beside what everyone may do. */
export interface Comments extends CommentStore {
  /** Counts the open threads of an article anew. */
  count(article: Id): void;
  /** Puts what the server has not taken behind what it tells of, as it will stand once it is sent. */
  unsentLast(article: Id): void;
}

/** Comment threads: entries that are only ever added. */
export function createComments(db: Db, listing: Listing): Comments {
  const list = (article: Id): CommentEntry[] =>
    db
      .all<{ json: string }>('SELECT json FROM comment WHERE article = ? ORDER BY arrived', article)
      .map(({ json }) => CommentEntry.parse(JSON.parse(json)));
  const count = (article: Id): void => listing.setThreads(article, openThreads(list(article)).size);
  return {
    list,
    count,
    unsentLast(article) {
      const unsent = db.all<{ id: string }>(
        `SELECT id FROM comment WHERE article = ? AND id IN
           (SELECT json_extract(payload, '$.entry.id') FROM outbox WHERE article = ? AND kind = 'comment')
         ORDER BY arrived`,
        article,
        article,
      );
      for (const { id } of unsent)
        db.run(
          'UPDATE comment SET arrived = (SELECT max(arrived) + 1 FROM comment) WHERE id = ?',
          id,
        );
      if (unsent.length > 0) count(article);
    },
    put: (entry) =>
      db.write(() => {
        db.run(
          'INSERT OR REPLACE INTO comment (id, article, json) VALUES (?, ?, ?)',
          entry.id,
          entry.article,
          JSON.stringify(entry),
        );
        count(entry.article);
      }),
    remove: (id) =>
      db.write(() => {
        const row = db.get<{ article: string }>('SELECT article FROM comment WHERE id = ?', id);
        db.run('DELETE FROM comment WHERE id = ?', id);
        if (row) count(row.article);
      }),
  };
}

/** Threads that nobody has resolved, or that were reopened since. */
function openThreads(entries: readonly CommentEntry[]): Set<Id> {
  const open = new Set<Id>();
  for (const { kind, thread } of entries) {
    if (kind === 'comment' || kind === 'reopen') open.add(thread);
    if (kind === 'resolve') open.delete(thread);
  }
  return open;
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
