import {
  OpAnswer,
  placeOf,
  type ArticleRecord,
  type CommentEntry,
  type InboxMessage,
  type Op,
  type OpPayload,
} from '#shared/api';
import { canonicalJson, type Hash, type Id } from '#shared/article';
import { lookAt } from '../world/disk.ts';

/** What the server’s disk holds, read past the server. */
interface Look {
  /** The first column of the first row, or null. */
  one(sql: string, ...values: string[]): string | number | null;
}

function looking<T>(file: string, work: (look: Look) => T): T {
  return lookAt(file, (db) =>
    work({
      one: (sql, ...values) => {
        const query = db.prepare<string[], string | number>(sql);
        return query.pluck().get(...values) ?? null;
      },
    }),
  );
}

/** On whose behalf the server stored a revision; null when it has no such one. */
export function storedBy(file: string, revision: Hash): Id | null {
  return looking(
    file,
    ({ one }) => one('SELECT pushed_by FROM revisions WHERE hash = ?', revision) as Id | null,
  );
}

/** Which revisions the server has. */
export function revisionsOn(file: string): Hash[] {
  return lookAt(file, (db) => db.prepare<[], Hash>('SELECT hash FROM revisions').pluck().all());
}

/** Which comments the server has, each by all that it says. */
export function commentsOn(file: string): string[] {
  return lookAt(file, (db) =>
    db
      .prepare<[], string>('SELECT data FROM comments')
      .pluck()
      .all()
      .map((data) => canonicalJson(JSON.parse(data))),
  );
}

/** What an operation adds that is there once and for all, by its name; null for what is done at a moment. */
export function nameOf({ payload }: Op): string | null {
  if (payload.kind === 'revision') return payload.revision.hash;
  return payload.kind === 'comment' ? canonicalJson(payload.entry) : null;
}

/** What the server has answered to a device so far, told or not. */
export function answersOn(file: string, device: Id): OpAnswer[] {
  return lookAt(file, (db) =>
    db
      .prepare<[Id], string>('SELECT answer FROM answers WHERE device = ? ORDER BY seq')
      .pluck()
      .all(device)
      .map((answer) => OpAnswer.parse(JSON.parse(answer))),
  );
}

/** With which revision an article began on the server, and who sent it. */
export function startOf(file: string, article: Id): { revision: Hash; by: Id } | null {
  const sql = `SELECT data FROM events WHERE article = ? AND json_extract(data, '$.transition') = 'create'`;
  const data = looking(file, ({ one }) => one(sql, article));
  return data === null ? null : (JSON.parse(String(data)) as { revision: Hash; by: Id });
}

/** Whose an article is; null when the server does not have it. */
export function ownerOf(file: string, article: Id): unknown {
  return looking(file, ({ one }) => one('SELECT created_by FROM articles WHERE id = ?', article));
}

/** Where the server’s feed ends. */
export function positionOf(file: string): string {
  return looking(file, ({ one }) =>
    String(one(`SELECT epoch || ':' || seq || ':' || start FROM counter`)),
  );
}

/** What one operation adds to the feed: the article, a revision or a comment, and an act. */
const MOST_NEWS = 3;

/** Whether an answer is as of the moment before its operation, so that older news do not take its place, nor it that of later. */
export function isOfItsMoment(file: string, { cursor = '' }: OpAnswer): boolean {
  const { epoch, seq } = placeOf(cursor);
  const sql = `SELECT CAST(? AS INTEGER) <= counter.seq AND counter.epoch = ?
    AND (SELECT count(*) FROM feed WHERE feed.seq > CAST(? AS INTEGER)) <= ${MOST_NEWS} FROM counter`;
  return looking(file, ({ one }) => one(sql, String(seq), epoch, String(seq)) === 1);
}

/** The desk that a revision names. */
export function deskOfRevision(file: string, revision: Hash): Id | null {
  const sql = `SELECT json_extract(bytes, '$.fields.desk') FROM revisions WHERE hash = ?`;
  return looking(file, ({ one }) => one(sql, revision) as Id | null);
}

/** To which desk a reader’s message belongs. */
export function deskOfMessage(file: string, message: Id): Id | null {
  return looking(
    file,
    ({ one }) => one('SELECT desk FROM inbox WHERE id = ?', message) as Id | null,
  );
}

/**
 * What an answer says was done stands in the record that it carries, and on the disk. Gives what is missing. To be asked
 * when the operation is answered for the first time: later its traces may be overlaid.
 */
export function missingOf(
  file: string,
  { payload }: Op,
  { record }: OpAnswer,
  by: Id,
): string | null {
  return looking(file, (look) => {
    switch (payload.kind) {
      case 'revision':
        return missingOfRevision(look, payload.revision.hash);
      case 'comment':
        return missingOfComment(look, payload.entry);
      case 'bin':
        return record &&
          (record.binned !== payload.binned || (record.binned && isForReaders(record)))
          ? `that ${record.id} goes in or out of the bin, and it did not, or readers have it or will`
          : null;
      case 'transition':
        return record ? missingOfAct(look, payload, record, by) : null;
      case 'inbox-handled':
        return missingOfMessage(look, payload, by);
    }
  });
}

function missingOfRevision({ one }: Look, hash: Hash): string | null {
  const isStored = one('SELECT 1 FROM revisions WHERE hash = ?', hash) !== null;
  if (!isStored) return `revision ${hash}, which it does not have`;
  const desk = one(
    `SELECT json_extract(bytes, '$.fields.desk') FROM revisions WHERE hash = ?`,
    hash,
  );
  const isOfDesk = desk === null || one('SELECT 1 FROM desks WHERE id = ?', String(desk)) !== null;
  return isOfDesk ? null : `revision ${hash}, which names a desk that it does not have`;
}

/** Whether readers see an article, or are to see it when its time comes. */
function isForReaders({ live, state }: ArticleRecord): boolean {
  return live || state === 'scheduled';
}

const OPENING = `SELECT article FROM comments WHERE id = ? AND json_extract(data, '$.kind') = 'comment'`;

function missingOfComment({ one }: Look, entry: CommentEntry): string | null {
  const { id, kind, thread, article } = entry;
  const data = one('SELECT data FROM comments WHERE id = ?', id);
  if (data === null || canonicalJson(JSON.parse(String(data))) !== canonicalJson(entry))
    return `comment ${id}, which it does not have, or not in these words`;
  if (kind === 'comment') return thread === id ? null : `comment ${id}, which opens no thread`;
  return one(OPENING, thread) === article ? null : `comment ${id}, an answer to nothing`;
}

type Act = Extract<OpPayload, { kind: 'transition' }>;
type Record = NonNullable<OpAnswer['record']>;

const NEWEST = new Set(['submit', 'approve']);
const SHOWN = new Set(['approve', 'publish', 'correct']);

const HEADLINE = `SELECT 1 FROM revisions WHERE hash = ? AND trim(json_extract(bytes, '$.fields.headline')) <> ''`;

const SAID = `SELECT 1 FROM events WHERE article = ? AND json_extract(data, '$.transition') = ?
  AND json_extract(data, '$.revision') = ? AND json_extract(data, '$.at') = ? AND json_extract(data, '$.by') = ?
  AND coalesce(json_extract(data, '$.reason'), '') = ?`;

function missingOfAct({ one }: Look, act: Act, record: Record, by: Id): string | null {
  const { transition, revision, at, reason } = act;
  const about = `the ${transition} of ${record.id}`;
  const done = one(
    `SELECT json_extract(data, '$.from') FROM events WHERE article = ? AND json_extract(data, '$.transition') = ?
       AND json_extract(data, '$.revision') = ? AND json_extract(data, '$.at') = ?
       ORDER BY json_extract(data, '$.from') = ? DESC`,
    record.id,
    transition,
    revision,
    record.updatedAt,
    act.expectedState,
  );
  if (done === null) return `${about}, which is not among its acts`;
  const said = one(SAID, record.id, transition, revision, record.updatedAt, by, reason ?? '');
  if (said === null) return `${about}, and not in the words or the name of whoever asked for it`;
  if (done !== act.expectedState)
    return `${about}, asked for while it was ${act.expectedState}; it was ${String(done)}`;
  if (record.binned) return `${about}, which lies in the bin`;
  if (NEWEST.has(transition) && record.head !== revision)
    return `${about}, which is no longer the newest`;
  if (transition === 'submit' && one(HEADLINE, revision) === null)
    return `${about}, which has no headline`;
  if (SHOWN.has(transition) && lacksPicture(one, revision))
    return `${about}, whose pictures it does not have`;
  if (transition === 'schedule') {
    if (Date.parse(record.scheduledAt ?? '') !== Date.parse(at ?? ''))
      return `${about} for ${at ?? ''}, and it is to be at ${record.scheduledAt ?? ''}`;
    if (Date.parse(at ?? '') <= Date.parse(record.updatedAt))
      return `${about} for ${at ?? ''}, which is over`;
    const embargo = one(
      `SELECT json_extract(bytes, '$.fields.embargo') FROM revisions WHERE hash = ?`,
      revision,
    );
    return embargo !== null && Date.parse(at ?? '') < Date.parse(String(embargo))
      ? `${about} for ${at ?? ''}, before ${embargo}`
      : null;
  }
  return record.scheduledAt === null ? null : `${about}, and it stays scheduled`;
}

const lacksPicture = (one: Look['one'], revision: Hash): boolean =>
  one(
    `SELECT 1 FROM revisions, json_each(bytes, '$.assets') AS asset WHERE revisions.hash = ?
       AND NOT EXISTS (SELECT 1 FROM assets WHERE assets.hash = asset.value)`,
    revision,
  ) !== null;

function missingOfMessage(
  { one }: Look,
  { message, handled }: Extract<OpPayload, { kind: 'inbox-handled' }>,
  by: Id,
): string | null {
  const data = one('SELECT data FROM inbox WHERE id = ?', message);
  const stands = data === null ? null : (JSON.parse(String(data)) as InboxMessage);
  return stands?.handledBy === (handled ? by : null)
    ? null
    : `message ${message} as ${handled ? 'handled' : 'open'}, and it is not`;
}
