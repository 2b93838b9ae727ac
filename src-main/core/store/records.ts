import { ArticleRecord } from '#shared/api';
import {
  defaultDeskProfile,
  readingOnce,
  RevisionError,
  type Clock,
  type Content,
  type Hash,
  type Id,
} from '#shared/article';
import type { Db } from './db.ts';
import { firstGeneration } from './generations.ts';
import type { Listing } from './listing.ts';
import { replay, type PendingOp } from './replay.ts';
import type { Revisions } from './revisions.ts';
import { startersOf } from './starters.ts';
import { createEvents } from './threads.ts';
import type { ArticleStore, PeopleStore } from './types.ts';

/** What the other parts of the store need of records, beside what everyone may do. */
export interface Records extends ArticleStore {
  /** Works out the effective record again; to be called when the outbox changed. */
  refresh(article: Id): void;
  /** The same when only `op` was put behind what waits: a month of waiting work is not played again for each edit. */
  advance(article: Id, op: PendingOp): void;
  /** Articles of which something has yet to reach the server. */
  withWaiting(): Id[];
}

const recordIn = readingOnce(ArticleRecord);
const parse = (json: string | null | undefined): ArticleRecord | null =>
  json ? recordIn(json) : null;

/** The records of articles: what the server said, and what it comes to with what waits here. */
export function createRecords(
  db: Db,
  parts: { revisions: Revisions; people: PeopleStore; listing: Listing; clock: Clock },
): Records {
  const { revisions, people, listing, clock } = parts;
  const events = createEvents(db);
  const server = (article: Id): ArticleRecord | null =>
    parse(
      db.get<{ server: string | null }>('SELECT server FROM article WHERE id = ?', article)?.server,
    );

  const recordRow = (article: Id): { record: string } | undefined =>
    db.get<{ record: string }>('SELECT record FROM article WHERE id = ?', article);

  const content = (hash: Hash): Content | null => {
    try {
      return revisions.open(hash);
    } catch (error) {
      if (error instanceof RevisionError) return null;
      throw error;
    }
  };

  const played = (article: Id, from: ArticleRecord, ops: readonly PendingOp[]): ArticleRecord =>
    replay(from, ops, {
      actor: (id) => people.person(id) ?? { id, admin: false, memberships: [] },
      profile: (desk) =>
        (desk === null ? null : people.desk(desk)?.profile) ?? defaultDeskProfile(),
      content,
      deskOf: (hash) => revisions.deskOf(hash),
      startedBy: () => startersOf({ events, revisions }, article),
    });

  /** Nearly always it comes to what it was: a row that stays the same is not written again. */
  const keep = (record: ArticleRecord, before: string): void => {
    const json = JSON.stringify(record);
    if (json !== before) db.run('UPDATE article SET record = ? WHERE id = ?', json, record.id);
    listing.setRecord(record);
    listing.setWaiting(record.id);
  };

  const records: Records = {
    create({ id, desk, createdBy, at }) {
      const record = ArticleRecord.parse({
        id,
        desk,
        createdBy,
        createdAt: at,
        updatedAt: at,
        state: 'draft',
        head: null,
        approvedRevision: null,
        publishedRevision: null,
        live: false,
        scheduledAt: null,
        publishedAt: null,
        publicUrl: null,
        binned: false,
      });
      const json = JSON.stringify(record);
      db.write(() => {
        db.run('INSERT INTO article (id, started, record) VALUES (?, ?, ?)', id, json, json);
        db.run(
          `INSERT INTO working (article, base, conflicts, dirty, edited_at) VALUES (?, NULL, '[]', 0, ?)`,
          id,
          clock(),
        );
        listing.setRecord(record);
      });
    },
    exists: (article) => db.get('SELECT 1 FROM article WHERE id = ?', article) !== undefined,
    serverRecord: server,
    record: (article) => parse(recordRow(article)?.record),
    putServerRecord(record) {
      const { id } = record;
      const json = JSON.stringify(record);
      db.write(() => {
        const before = recordRow(id)?.record;
        if (before === undefined)
          db.run(
            'INSERT INTO article (id, server, record, generation) VALUES (?, ?, ?, ?)',
            id,
            json,
            json,
            firstGeneration(db),
          );
        else db.run('UPDATE article SET server = ? WHERE id = ?', json, id);
        for (const hash of [record.head, ...record.sides]) if (hash) revisions.markKnown(hash);
        keep(played(id, record, pendingOps(db, id)), before ?? json);
      });
    },
    serverRecords: () =>
      db
        .all<{ server: string }>('SELECT server FROM article WHERE server IS NOT NULL')
        // As they were stored: to check a hundred thousand of them again would hold up the typing.
        .map(({ server }) => JSON.parse(server) as ArticleRecord),
    halfTold: () =>
      db
        .all<{ article: string }>(
          `SELECT article FROM revision WHERE article NOT IN (SELECT id FROM article)
           UNION SELECT article FROM comment WHERE article NOT IN (SELECT id FROM article)`,
        )
        .map(({ article }) => article),
    serverHead: (article) => server(article)?.head ?? null,
    withSides: () =>
      db
        .all<{ id: string }>(
          `SELECT id FROM article WHERE json_extract(server, '$.sides[0]') IS NOT NULL`,
        )
        .map(({ id }) => id),
    withWaiting: () =>
      db
        .all<{ article: string }>(
          `SELECT DISTINCT article FROM outbox WHERE state = 'waiting' AND article IS NOT NULL`,
        )
        .map(({ article }) => article),
    refresh(article) {
      const row = db.get<{ base: string | null; record: string }>(
        'SELECT coalesce(server, started) AS base, record FROM article WHERE id = ?',
        article,
      );
      const base = parse(row?.base);
      if (row && base) keep(played(article, base, pendingOps(db, article)), row.record);
    },
    advance(article, op) {
      const row = recordRow(article);
      const before = parse(row?.record);
      if (row && before) keep(played(article, before, [op]), row.record);
    },
  };
  return records;
}

/** What waits for one article, in order; parked operations do not count. */
function pendingOps(db: Db, article: Id): PendingOp[] {
  return db
    .all<{ person: string; at: string; payload: string }>(
      `SELECT person, at, payload FROM outbox WHERE article = ? AND state = 'waiting' ORDER BY seq`,
      article,
    )
    .map(({ person, at, payload }) => ({
      by: person,
      at,
      payload: JSON.parse(payload) as PendingOp['payload'],
    }));
}
