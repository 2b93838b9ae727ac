import type { Op, OpPayload, StoredRevision } from '#shared/api';
import { newId, type Clock, type Hash, type Id, type RandomBytes } from '#shared/article';
import { StetError, type OutboxItem } from '#shared/contract';
import { TRANSITIONS } from '#shared/workflow';
import type { Db } from './db.ts';
import type { PendingOp } from './replay.ts';
import type { Revisions } from './revisions.ts';
import type {
  OutboxEntry,
  OutboxStore,
  PendingChange,
  StoredPayload,
  ValueStore,
} from './types.ts';

export interface OutboxQueue extends Omit<OutboxStore, 'recordAnswers' | 'lastAnswer'> {
  /** Takes an answered operation out; gives what it was. */
  remove(id: Id): StoredPayload | null;
  park(id: Id, message: string): StoredPayload | null;
  /** Lets go of refused revisions of the article whose words a later one holds. */
  supersede(article: Id, isTakenIn: (revision: Hash) => boolean): void;
}

export interface OutboxRow {
  seq: number;
  id: string;
  at: string;
  article: string | null;
  payload: string;
  size: number;
  person: string;
  state: 'waiting' | 'parked';
  attempts: number;
  message: string;
  with_needs: number;
}

const COLUMNS = 'seq, id, at, article, payload, size, person, state, attempts, message, with_needs';

type Where =
  | ''
  | `WHERE state = '${OutboxRow['state']}'`
  | 'WHERE article = ?'
  | "WHERE article = ? AND state = 'parked'"
  | "WHERE article = ? AND state = 'parked' AND kind = 'revision'";

interface Parts {
  revisions: Revisions;
  values: ValueStore;
  clock: Clock;
  random: RandomBytes;
  /** Something waits now behind everything that waited before. */
  added: (op: PendingOp) => void;
  /** What waits for the article, or about the message, is other than it was. */
  changed: (payload: StoredPayload) => void;
  /** A comment that was refused is not to be sent any more. */
  letGo: (comment: Id) => void;
}

/** What has yet to reach the server, numbered without gaps. */
export function createOutboxQueue(
  db: Db,
  { revisions, values, clock, random, added, changed, letGo }: Parts,
): OutboxQueue {
  const sending = new Set<string>();

  const nextSeq = (): number => {
    const seq = Number(values.get('outbox.seq') ?? 0) + 1;
    values.set('outbox.seq', seq);
    return seq;
  };
  const rowOf = (id: Id): OutboxRow | undefined =>
    db.get<OutboxRow>(`SELECT ${COLUMNS} FROM outbox WHERE id = ?`, id);
  const rows = (where: Where, ...of: string[]): OutboxRow[] =>
    db.all<OutboxRow>(`SELECT ${COLUMNS} FROM outbox ${where} ORDER BY seq`, ...of);
  const payloadOf = (row: OutboxRow): StoredPayload => JSON.parse(row.payload) as StoredPayload;

  const insert = (
    payload: StoredPayload,
    by: Id,
    size: number,
  ): { seq: number; id: Id; at: string } => {
    const op = { seq: nextSeq(), id: newId(clock, random), at: new Date(clock()).toISOString() };
    db.run(
      `INSERT INTO outbox (seq, id, at, article, kind, payload, size, person, state) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')`,
      op.seq,
      op.id,
      op.at,
      articleOf(payload),
      payload.kind,
      JSON.stringify(payload),
      size,
      by,
    );
    return op;
  };

  const toOp = (row: OutboxRow): Op => {
    const { seq, id, at } = row;
    return { seq, id, at, payload: fullPayload(payloadOf(row), (hash) => revisions.get(hash)) };
  };
  const toEntry = (row: OutboxRow): OutboxEntry => {
    const { article, person, state, attempts, message } = row;
    return { op: toOp(row), article, by: person, state, attempts, message };
  };

  const toPending = (row: OutboxRow): PendingChange => {
    const { id, at, person, state, message } = row;
    const withNeeds = row.with_needs === 1;
    return { id, at, by: person, payload: payloadOf(row), state, message, withNeeds };
  };

  const again = (row: OutboxRow): Id => {
    const payload = payloadOf(row);
    db.run('DELETE FROM outbox WHERE seq = ?', row.seq);
    return insert(payload, row.person, row.size).id;
  };

  const parked = (id: Id): OutboxRow => {
    const row = rowOf(id);
    if (!row) throw new StetError('not-found', 'This change is no longer in the outbox.');
    if (row.state !== 'parked')
      throw new StetError('refused', 'This change is on its way already.');
    return row;
  };

  const take = (id: Id): StoredPayload => {
    const payload = payloadOf(parked(id));
    db.run('DELETE FROM outbox WHERE id = ?', id);
    return payload;
  };

  return {
    add: (payload, by) =>
      db.write(() => {
        const kept = withoutBytes(payload);
        const op = insert(kept, by, sizeOf(payload));
        added({ by, at: op.at, payload: kept });
        return { ...op, payload };
      }),
    nextBatch(maxOps, maxBytes) {
      sending.clear();
      const batch: Op[] = [];
      let bytes = 0;
      const waiting = db.all<OutboxRow>(
        `SELECT ${COLUMNS} FROM outbox WHERE state = 'waiting' ORDER BY seq LIMIT ?`,
        maxOps,
      );
      for (const row of waiting) {
        bytes += row.size;
        if (batch.length > 0 && bytes > maxBytes) break;
        batch.push(toOp(row));
      }
      return batch;
    },
    markAttempt: (seqs) =>
      db.write(() => {
        for (const seq of seqs) {
          db.run('UPDATE outbox SET attempts = attempts + 1 WHERE seq = ?', seq);
          const row = db.get<{ id: string }>('SELECT id FROM outbox WHERE seq = ?', seq);
          if (row) sending.add(row.id);
        }
      }),
    remove(id) {
      const row = rowOf(id);
      sending.delete(id);
      db.run('DELETE FROM outbox WHERE id = ?', id);
      return row ? payloadOf(row) : null;
    },
    park(id, message) {
      const row = rowOf(id);
      sending.delete(id);
      db.run(`UPDATE outbox SET state = 'parked', message = ? WHERE id = ?`, message, id);
      return row ? payloadOf(row) : null;
    },
    supersede(article, isTakenIn) {
      for (const row of rows(`WHERE article = ? AND state = 'parked'`, article)) {
        const payload = payloadOf(row);
        if (payload.kind === 'revision' && isTakenIn(payload.hash))
          db.run('DELETE FROM outbox WHERE id = ?', row.id);
      }
    },
    entries: () => rows('').map(toEntry),
    entriesOf: (article) => rows('WHERE article = ?', article).map(toEntry),
    pending: (article) => rows('WHERE article = ?', article).map(toPending),
    isWaiting: (revision) =>
      db.get(
        `SELECT 1 FROM outbox WHERE kind = 'revision' AND json_extract(payload, '$.hash') = ? AND state = 'waiting'`,
        revision,
      ) !== undefined,
    find(id) {
      const row = rowOf(id);
      return row ? toPending(row) : null;
    },
    list: () =>
      rows('').map((row) => {
        const { id, seq, at, article, attempts, message } = row;
        const state: OutboxItem['state'] = sending.has(id) ? 'sending' : row.state;
        const line = article
          ? db.get<{ headline: string; slugline: string }>(
              'SELECT headline, slugline FROM listing WHERE article = ?',
              article,
            )
          : undefined;
        const headline = line?.headline.trim() ? line.headline : (line?.slugline ?? '');
        return {
          id,
          seq,
          at,
          what: describeOp(payloadOf(row)),
          article,
          headline,
          state,
          attempts,
          message,
        };
      }),
    counts() {
      const count = (state: string): number =>
        db.get<{ n: number }>('SELECT count(*) AS n FROM outbox WHERE state = ?', state)?.n ?? 0;
      return { waiting: count('waiting'), parked: count('parked') };
    },
    retry: (id, { withNeeds } = { withNeeds: false }) =>
      db.write(() => {
        const row = parked(id);
        const payload = payloadOf(row);
        // A transition that names a revision which was refused too can only pass after it.
        const before =
          payload.kind === 'transition'
            ? rows(
                `WHERE article = ? AND state = 'parked' AND kind = 'revision'`,
                payload.article,
              ).filter((other) => {
                const text = payloadOf(other);
                return text.kind === 'revision' && text.hash === payload.revision;
              })
            : [];
        for (const each of before) again(each);
        const anew = again(row);
        if (withNeeds) db.run('UPDATE outbox SET with_needs = 1 WHERE id = ?', anew);
        changed(payload);
      }),
    dismiss: (id) =>
      db.write(() => {
        const payload = take(id);
        if (payload.kind === 'comment') letGo(payload.entry.id);
        changed(payload);
      }),
    setAside: (id) => db.write(() => changed(take(id))),
    export() {
      const operations = rows('').map((row) => {
        const { state, message } = row;
        return { ...toOp(row), state, message };
      });
      return JSON.stringify({ format: 'stet-outbox', version: 1, operations }, null, 2);
    },
    renumber: (lastSeq) =>
      db.write(() => {
        const waiting = rows(`WHERE state = 'waiting'`);
        // Out of the way first, below every number in use: the new numbers may be those of other rows.
        const lowest =
          db.get<{ low: number | null }>('SELECT min(seq) AS low FROM outbox')?.low ?? 0;
        let below = Math.min(0, lowest);
        const moveAway = (id: Id): void =>
          void db.run('UPDATE outbox SET seq = ? WHERE id = ?', (below -= 1), id);
        for (const { id } of waiting) moveAway(id);
        // The last of what was refused first, so that it stays in its order.
        for (const { id } of rows(`WHERE state = 'parked'`).reverse()) moveAway(id);
        waiting.forEach(({ id }, at) =>
          db.run('UPDATE outbox SET seq = ? WHERE id = ?', lastSeq + 1 + at, id),
        );
        values.set('outbox.seq', lastSeq + waiting.length);
      }),
  };
}

/** The article that an operation is about; a message of the inbox belongs to none. */
export function articleOf(payload: Exclude<StoredPayload, { kind: 'inbox-handled' }>): Id;
export function articleOf(payload: StoredPayload | OpPayload): Id | null;
export function articleOf(payload: StoredPayload | OpPayload): Id | null {
  switch (payload.kind) {
    case 'revision':
      return 'revision' in payload ? payload.revision.article : payload.article;
    case 'transition':
    case 'bin':
      return payload.article;
    case 'comment':
      return payload.entry.article;
    case 'inbox-handled':
      return null;
  }
}

function withoutBytes(payload: OpPayload): StoredPayload {
  if (payload.kind !== 'revision') return payload;
  const { revision, base } = payload;
  return { kind: 'revision', article: revision.article, hash: revision.hash, base };
}

function fullPayload(
  payload: StoredPayload,
  revisionOf: (hash: Hash) => StoredRevision | null,
): OpPayload {
  if (payload.kind !== 'revision') return payload;
  const revision = revisionOf(payload.hash);
  if (!revision)
    throw new Error(`Revision ${payload.hash} waits in the outbox and is not in the store.`);
  return { kind: 'revision', revision, base: payload.base };
}

/** Bytes on the way: a revision travels as a JSON string, which escapes its quotation marks. */
function sizeOf(payload: OpPayload): number {
  return Buffer.byteLength(JSON.stringify(payload)) + ENVELOPE_BYTES;
}
const ENVELOPE_BYTES = 120;

/** What an operation does, as the outbox and notices call it. */
export function describeOp(payload: StoredPayload | OpPayload): string {
  switch (payload.kind) {
    case 'revision':
      return payload.base === null ? 'New article' : 'Edit';
    case 'transition':
      return TRANSITIONS[payload.transition].label;
    case 'comment':
      return {
        comment: 'Comment',
        reply: 'Reply',
        resolve: 'Resolve comment',
        reopen: 'Reopen comment',
      }[payload.entry.kind];
    case 'bin':
      return payload.binned ? 'Move to the bin' : 'Take out of the bin';
    case 'inbox-handled':
      return payload.handled ? 'Message handled' : 'Message reopened';
  }
}
