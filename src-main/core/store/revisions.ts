import { createHash } from 'node:crypto';
import {
  assetsOf,
  bodyWords,
  Envelope,
  openRevision,
  readingOnce,
  RevisionError,
  SCHEMA_VERSION,
  type Clock,
  type Content,
  type Hash,
  type Id,
  type Revision,
} from '#shared/article';
import type { StoredRevision } from '#shared/api';
import type { Db } from './db.ts';
import type { RevisionStore, StoredRevisionInfo } from './types.ts';

/** What the other parts of the store need of revisions, beside what everyone may do. */
export interface Revisions extends RevisionStore {
  /** Stores a revision that was made here, whose content is known: a long article is not read back from its bytes. */
  putOwn(revision: StoredRevision, content: Content, parents: readonly Hash[]): void;
  /** Notes that the server holds the revision. */
  markKnown(hash: Hash): void;
  /** The revision itself, or its nearest ancestor that the server holds or that waits to be sent there. */
  anchor(hash: Hash): Hash | null;
}

interface Row {
  hash: string;
  article: string;
  bytes: string;
  envelope: string;
}

/** The newest of a page's articles, and what a merge compares them with. */
const REMEMBERED = 64;

const ANCESTORS = `
  WITH RECURSIVE line (hash) AS (
    VALUES (?) UNION SELECT parent FROM revision_parent JOIN line ON child = line.hash
  )`;

const envelopeIn = readingOnce(Envelope);

/** Revisions by their hash, with their exact bytes. */
export function createRevisions(db: Db, clock: Clock): Revisions {
  const parsed = new Map<Hash, Revision>();

  const keep = (hash: Hash, revision: Revision): Revision => {
    parsed.set(hash, revision);
    for (const oldest of parsed.keys()) if (parsed.size > REMEMBERED) parsed.delete(oldest);
    return revision;
  };
  const remember = (hash: Hash, bytes: string): Revision => {
    const known = parsed.get(hash);
    if (known) return known;
    return keep(hash, openRevision(bytes));
  };

  const revisions: Revisions = {
    has: (hash) => db.get('SELECT 1 FROM revision WHERE hash = ?', hash) !== undefined,
    putOwn(revision, content, parents) {
      const { hash, article } = revision;
      const assets = assetsOf(content);
      keep(hash, { schema: SCHEMA_VERSION, article, parents: [...parents], assets, ...content });
      revisions.put(revision);
    },
    put(revision) {
      const { hash, article, bytes, envelope } = revision;
      if (revisions.has(hash)) return;
      if (createHash('sha256').update(bytes).digest('hex') !== hash)
        throw new RevisionError('wrong-hash', 'The revision’s bytes do not match its hash.');
      const about = describe(() => remember(hash, bytes), bytes);
      db.write(() => {
        db.run(
          'INSERT INTO revision (hash, article, bytes, envelope, words, desk, known, arrived) VALUES (?, ?, ?, ?, ?, ?, 0, (SELECT coalesce(max(arrived), 0) + 1 FROM revision WHERE article = ?))',
          hash,
          article,
          bytes,
          JSON.stringify(envelope),
          about.words,
          about.desk,
          article,
        );
        for (const parent of about.parents)
          db.run(
            'INSERT OR IGNORE INTO revision_parent (child, parent) VALUES (?, ?)',
            hash,
            parent,
          );
        for (const asset of about.assets)
          db.run(
            'INSERT OR IGNORE INTO asset_wanted (hash, asked_at) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM asset WHERE hash = ?)',
            asset,
            clock(),
            asset,
          );
      });
    },
    get(hash) {
      const row = db.get<Row>(
        'SELECT hash, article, bytes, envelope FROM revision WHERE hash = ?',
        hash,
      );
      return row ? stored(row) : null;
    },
    open(hash) {
      const row = db.get<{ bytes: string }>('SELECT bytes FROM revision WHERE hash = ?', hash);
      return row ? remember(hash, row.bytes) : null;
    },
    envelope(hash) {
      const row = db.get<{ envelope: string }>(
        'SELECT envelope FROM revision WHERE hash = ?',
        hash,
      );
      return row ? envelopeIn(row.envelope) : null;
    },
    parents: (hash) =>
      db
        .all<{ parent: string }>(
          'SELECT parent FROM revision_parent WHERE child = ? ORDER BY parent',
          hash,
        )
        .map(({ parent }) => parent),
    isAncestor: (ancestor, of) =>
      db.get(`${ANCESTORS} SELECT 1 FROM line WHERE hash = ?`, of, ancestor) !== undefined,
    mergeBases(left, right) {
      const other = new Set(ancestors(db, right));
      const shared = [...ancestors(db, left)].filter((hash) => other.has(hash));
      // What comes before a shared revision is shared too, so one that no other comes after is the parent of none.
      const passed = new Set(shared.flatMap((hash) => revisions.parents(hash)));
      return shared.filter((hash) => !passed.has(hash)).sort();
    },
    list: (article) => listRevisions(db, revisions, article),
    numberOf(hash) {
      const row = db.get<{ article: string }>('SELECT article FROM revision WHERE hash = ?', hash);
      return row ? (numbers(db, row.article).get(hash) ?? 0) : 0;
    },
    isKnown: (hash) =>
      db.get('SELECT 1 FROM revision WHERE hash = ? AND known = 1', hash) !== undefined,
    markKnown: (hash) =>
      void db.run('UPDATE revision SET known = 1 WHERE hash = ? AND known = 0', hash),
    anchor(hash) {
      for (const candidate of ancestors(db, hash)) {
        const found = db.get(
          `SELECT 1 FROM revision WHERE hash = ? AND (known = 1 OR EXISTS (
             SELECT 1 FROM outbox WHERE kind = 'revision' AND json_extract(payload, '$.hash') = revision.hash
               AND state = 'waiting'))`,
          candidate,
        );
        if (found !== undefined) return candidate;
      }
      return null;
    },
    deskOf: (hash) =>
      db.get<{ desk: string | null }>('SELECT desk FROM revision WHERE hash = ?', hash)?.desk ??
      null,
  };
  return revisions;
}

function stored(row: Row): StoredRevision {
  const { hash, article, bytes, envelope } = row;
  return { hash, article, bytes, envelope: envelopeIn(envelope) };
}

interface About {
  words: number;
  desk: Id | null;
  parents: readonly Hash[];
  assets: readonly Hash[];
}

/** A revision of a later schema is kept without being understood: only its parents are looked for. */
function describe(open: () => Revision, bytes: string): About {
  try {
    const revision = open();
    const { fields, body, parents } = revision;
    return { words: bodyWords(body), desk: fields.desk, parents, assets: assetsOf(revision) };
  } catch (error) {
    if (!(error instanceof RevisionError)) throw error;
    return { words: 0, desk: null, parents: parentsIn(bytes), assets: [] };
  }
}

function parentsIn(bytes: string): Hash[] {
  try {
    const value: unknown = JSON.parse(bytes);
    if (typeof value !== 'object' || value === null || !('parents' in value)) return [];
    const { parents } = value;
    return Array.isArray(parents) ? parents.filter((parent) => typeof parent === 'string') : [];
  } catch {
    return [];
  }
}

/** The revision and all before it, nearest first; looked for as far as they are asked for. */
function* ancestors(db: Db, start: Hash): Generator<Hash> {
  const seen = new Set([start]);
  for (const hash of seen) {
    yield hash;
    for (const { parent } of db.all<{ parent: string }>(
      'SELECT parent FROM revision_parent WHERE child = ? ORDER BY parent',
      hash,
    ))
      seen.add(parent);
  }
}

/** Numbers by depth: one more than the highest parent. Two sides of a fork share numbers; their merge comes after both. */
function numbers(db: Db, article: Id): Map<Hash, number> {
  const found = new Map<Hash, number>();
  const parents = new Map<Hash, Hash[]>();
  for (const { hash } of db.all<{ hash: string }>(
    'SELECT hash FROM revision WHERE article = ? ORDER BY arrived',
    article,
  ))
    parents.set(hash, []);
  for (const { child, parent } of db.all<{ child: string; parent: string }>(
    'SELECT child, parent FROM revision JOIN revision_parent ON child = hash WHERE article = ?',
    article,
  ))
    if (parents.has(parent)) parents.get(child)?.push(parent);
  const open = [...parents.keys()];
  while (open.length > 0) {
    const hash = open[open.length - 1] ?? '';
    const before = parents.get(hash) ?? [];
    const unknown = before.filter((parent) => !found.has(parent));
    if (found.has(hash) || unknown.length === 0) {
      found.set(hash, 1 + Math.max(0, ...before.map((parent) => found.get(parent) ?? 0)));
      open.pop();
    } else open.push(...unknown);
  }
  return found;
}

function listRevisions(db: Db, revisions: RevisionStore, article: Id): StoredRevisionInfo[] {
  const byHash = numbers(db, article);
  return db
    .all<{ hash: string; words: number; envelope: string }>(
      'SELECT hash, words, envelope FROM revision WHERE article = ? ORDER BY arrived',
      article,
    )
    .map(({ hash, words, envelope }) => ({
      hash,
      words,
      number: byHash.get(hash) ?? 0,
      envelope: envelopeIn(envelope),
      parents: revisions.parents(hash),
    }))
    .sort((a, b) => a.number - b.number);
}
