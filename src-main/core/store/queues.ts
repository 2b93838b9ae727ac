import type { Id } from '#shared/article';
import type { ArticleRow, Queue, QueueCount } from '#shared/contract';
import { STATES, WorkflowState } from '#shared/workflow';
import type { Db } from './db.ts';
import type { QueueStore } from './types.ts';

interface Row {
  article: string;
  slugline: string;
  headline: string;
  section: string;
  state: string;
  live: number;
  desk_name: string | null;
  byline: string;
  creator: string | null;
  words: number;
  suggestions: number;
  conflicts: number;
  threads: number;
  waiting: number;
  refused: number;
  updated_at: number;
  posted_on: string | null;
}

const SELECT = `
  SELECT listing.*, desk.name AS desk_name, person.name AS creator,
    EXISTS (SELECT 1 FROM outbox WHERE outbox.article = listing.article AND outbox.state = 'parked') AS refused
  FROM listing LEFT JOIN desk ON desk.id = listing.desk LEFT JOIN person ON person.id = listing.created_by`;

type Where =
  | 'binned = 0 AND created_by = ? AND state = ?'
  | 'binned = 0 AND desk = ? AND state = ?'
  | 'binned = 0'
  | 'binned = 1';

/** Which lines a queue holds. Each answers from one index, which holds them in the order they are shown in. */
export function selectionOf(queue: Queue, person: Id): { where: Where; values: string[] } {
  switch (queue.kind) {
    case 'mine':
      return {
        where: 'binned = 0 AND created_by = ? AND state = ?',
        values: [person, queue.state],
      };
    case 'desk':
      return { where: 'binned = 0 AND desk = ? AND state = ?', values: [queue.desk, queue.state] };
    case 'archive':
      return { where: 'binned = 0', values: [] };
    case 'bin':
      return { where: 'binned = 1', values: [] };
  }
}

/** The SQL of a queue's page and of its count: apart, so that tests can look at their plans. */
export function queueSql(queue: Queue, person: Id) {
  const { where, values } = selectionOf(queue, person);
  // What waits for review is taken first come, first served.
  const order = queue.kind === 'desk' && queue.state === 'in-review' ? 'ASC' : 'DESC';
  return {
    // The page is cut from the index alone; only its lines are read.
    list: `${SELECT} JOIN (
      SELECT rowid AS line FROM listing WHERE ${where} ORDER BY updated_at ${order} LIMIT ? OFFSET ?
    ) AS page ON page.line = listing.rowid ORDER BY listing.updated_at ${order}` as const,
    count: `SELECT count(*) AS n FROM listing WHERE ${where}` as const,
    values,
  };
}

export function createQueues(db: Db): QueueStore {
  const count = (queue: Queue, person: Id): number => {
    const { count: sql, values } = queueSql(queue, person);
    return db.get<{ n: number }>(sql, ...values)?.n ?? 0;
  };
  return {
    counts({ id, desks }) {
      const queues: Queue[] = [
        { kind: 'mine', state: 'draft' },
        { kind: 'mine', state: 'sent-back' },
        ...desks.flatMap((desk) =>
          (Object.keys(STATES) as WorkflowState[]).map((state): Queue => ({
            kind: 'desk',
            desk,
            state,
          })),
        ),
        { kind: 'archive' },
        { kind: 'bin' },
      ];
      return queues.map((queue): QueueCount => ({ queue, count: count(queue, id) }));
    },
    list(queue, person, offset, limit) {
      const { list, values } = queueSql(queue, person);
      const rows = db.all<Row>(list, ...values, limit, offset).map(toArticleRow);
      return { rows, total: count(queue, person) };
    },
    row(article) {
      const row = db.get<Row>(`${SELECT} WHERE listing.article = ?`, article);
      return row ? toArticleRow(row) : null;
    },
    teaser: (article) =>
      db.get<{ teaser: string }>('SELECT teaser FROM listing WHERE article = ?', article)?.teaser ??
      '',
  };
}

function toArticleRow(row: Row): ArticleRow {
  return {
    id: row.article,
    slugline: row.slugline,
    headline: row.headline,
    section: row.section,
    state: WorkflowState.parse(row.state),
    live: row.live === 1,
    desk: row.desk_name ?? '',
    credit: row.byline || (row.creator ?? ''),
    words: row.words,
    marks: row.suggestions + row.conflicts + row.threads,
    conflicts: row.conflicts,
    waiting: row.waiting === 1,
    refused: row.refused === 1,
    updatedAt: new Date(row.updated_at).toISOString(),
    postedOn: row.posted_on,
  };
}
