import { openThreads, type ArticleRecord } from '#shared/api';
import {
  bodyText,
  bodyWords,
  joinNames,
  openConflicts,
  openSuggestions,
  type Content,
  type Id,
} from '#shared/article';
import type { Db } from './db.ts';
import { fold } from './fold.ts';
import { commentsOf } from './threads.ts';

/** Keeps the lines of lists, the full-text index and the shared terms in step with articles. */
export interface Listing {
  setRecord(record: ArticleRecord): void;
  /** Whether anything of the article has yet to reach the server. */
  setWaiting(article: Id): void;
  /** Counts the open threads of an article anew. */
  setThreads(article: Id): void;
  /** Takes the article out of lists and search. */
  remove(article: Id): void;
  /** Reads what the article says into its line and into the index. */
  setContent(article: Id, content: Content, editedAt: number | null): void;
}

interface Texts {
  headline: string;
  slugline: string;
  byline: string;
  contributors: string;
  body: string;
}

interface IndexedTexts extends Texts {
  number: number;
}

export function createListing(db: Db): Listing {
  const listing: Listing = {
    setRecord(record) {
      const before = db.get<Standing & { dirty: number }>(
        `SELECT state, live, desk, created_by, binned, posted_on, updated_at,
           EXISTS (SELECT 1 FROM working WHERE working.article = listing.article AND dirty = 1) AS dirty
         FROM listing WHERE article = ?`,
        record.id,
      );
      const told = Date.parse(record.updatedAt);
      const updatedAt = before?.dirty === 1 ? Math.max(before.updated_at, told) : told;
      // Nearly always it stands there already, and a look takes a fraction of a write that changes nothing.
      if (before && standsAs(before, record, updatedAt)) return;
      db.run(
        `INSERT INTO listing (article, state, live, desk, created_by, binned, updated_at, posted_on)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?)
         ON CONFLICT (article) DO UPDATE SET state = excluded.state, live = excluded.live, desk = excluded.desk,
           created_by = excluded.created_by, binned = excluded.binned, posted_on = excluded.posted_on,
           updated_at = excluded.updated_at`,
        record.id,
        record.state,
        record.live ? 1 : 0,
        record.desk,
        record.createdBy,
        record.binned ? 1 : 0,
        updatedAt,
        record.publishedAt,
      );
      if (before && (before.binned === 1) !== record.binned)
        moveInOrOutOfSearch(db, record.id, record.binned);
      // Comments can be here before their article: the server tells it last when it changed behind them.
      if (!before) listing.setThreads(record.id);
    },
    setWaiting(article) {
      db.run(
        `UPDATE listing SET waiting = NOT waiting WHERE article = ? AND waiting <> (
           EXISTS (SELECT 1 FROM outbox WHERE outbox.article = listing.article AND outbox.state = 'waiting')
           OR EXISTS (SELECT 1 FROM working WHERE working.article = listing.article AND dirty = 1))`,
        article,
      );
    },
    setThreads(article) {
      const open = openThreads(commentsOf(db, article)).size;
      db.run('UPDATE listing SET threads = ? WHERE article = ?', open, article);
    },
    remove(article) {
      const row = db.get<IndexedTexts>('SELECT * FROM article_text WHERE article = ?', article);
      if (row && !isBinned(db, article)) takeFromSearch(db, row);
      forgetCredits(db, article);
      for (const table of ['article_text', 'shared_term', 'listing'] as const)
        db.run(`DELETE FROM ${table} WHERE article = ?`, article);
    },
    setContent(article, content, editedAt) {
      const { fields, body } = content;
      const texts: Texts = {
        headline: fields.headline,
        slugline: fields.slugline,
        byline: joinNames(fields.byline.map(({ name }) => name)),
        contributors: fields.contributors.map(({ name }) => name).join('\n'),
        body: [fields.standfirst, bodyText(body)].filter(Boolean).join('\n'),
      };
      db.run(
        `UPDATE listing SET slugline = ?, headline = ?, teaser = ?, section = ?, byline = ?, words = ?, suggestions = ?,
           conflicts = ?, updated_at = max(updated_at, ?) WHERE article = ?`,
        texts.slugline,
        texts.headline,
        teaserOf(content),
        fields.section,
        texts.byline,
        bodyWords(body),
        openSuggestions(body).length,
        openConflicts(content),
        editedAt ?? 0,
        article,
      );
      indexTexts(db, article, texts);
      indexTerms(db, article, content);
      indexCredits(db, article, content);
    },
  };
  return listing;
}

/** What a line says of the article's record. */
interface Standing {
  state: string;
  live: number;
  desk: string | null;
  created_by: string;
  binned: number;
  posted_on: string | null;
  updated_at: number;
}

const standsAs = (line: Standing, record: ArticleRecord, updatedAt: number): boolean =>
  line.state === record.state &&
  line.live === (record.live ? 1 : 0) &&
  line.desk === record.desk &&
  line.created_by === record.createdBy &&
  line.binned === (record.binned ? 1 : 0) &&
  line.posted_on === record.publishedAt &&
  line.updated_at === updatedAt;

const TEASER_LENGTH = 200;

/**
 * The teaser as written, else the standfirst, else how the body begins. Of a text in several versions nobody has said yet
 * which will stand, and all of them in a row would be read as one.
 */
function teaserOf({ fields, body }: Content): string {
  if (fields.teaser) return fields.teaser;
  if (fields.standfirst) return fields.standfirst;
  const settled = body.filter(({ type }) => type !== 'conflict');
  const text = bodyText(settled.slice(0, 3)).replaceAll('\n', ' ').trim();
  if (text.length <= TEASER_LENGTH) return text;
  return `${text.slice(0, text.lastIndexOf(' ', TEASER_LENGTH))}…`;
}

const isBinned = (db: Db, article: Id): boolean =>
  db.get('SELECT 1 FROM listing WHERE article = ? AND binned = 1', article) !== undefined;

function indexTexts(db: Db, article: Id, texts: Texts): void {
  const before = db.get<IndexedTexts>('SELECT * FROM article_text WHERE article = ?', article);
  const keys = ['headline', 'slugline', 'byline', 'contributors', 'body'] as const;
  if (before && keys.every((key) => before[key] === texts[key])) return;
  const binned = isBinned(db, article);
  if (before) {
    if (!binned) takeFromSearch(db, before);
    db.run('DELETE FROM article_text WHERE number = ?', before.number);
  }
  const values = keys.map((key) => texts[key]);
  db.run(
    'INSERT INTO article_text (article, headline, slugline, byline, contributors, body) VALUES (?, ?, ?, ?, ?, ?)',
    article,
    ...values,
  );
  const row = db.get<IndexedTexts>('SELECT * FROM article_text WHERE article = ?', article);
  if (row && !binned) addToSearch(db, row);
}

function moveInOrOutOfSearch(db: Db, article: Id, binned: boolean): void {
  const row = db.get<IndexedTexts>('SELECT * FROM article_text WHERE article = ?', article);
  if (!row) return;
  if (binned) takeFromSearch(db, row);
  else addToSearch(db, row);
}

function addToSearch(
  db: Db,
  { number, headline, slugline, byline, contributors, body }: IndexedTexts,
): void {
  const sql =
    'INSERT INTO search (rowid, headline, slugline, byline, contributors, body) VALUES (?, ?, ?, ?, ?, ?)';
  db.run(sql, number, headline, slugline, byline, contributors, body);
}

/** An external-content index forgets a row only when it is told the very words it was given. */
function takeFromSearch(
  db: Db,
  { number, headline, slugline, byline, contributors, body }: IndexedTexts,
): void {
  const sql = `INSERT INTO search (search, rowid, headline, slugline, byline, contributors, body) VALUES ('delete', ?, ?, ?, ?, ?, ?)`;
  db.run(sql, number, headline, slugline, byline, contributors, body);
}

function indexTerms(db: Db, article: Id, { fields }: Content): void {
  const terms = [
    ...[...fields.byline, ...fields.contributors].map(({ name }) => ({
      kind: 'person',
      term: fold(name),
    })),
    { kind: 'place', term: fold(fields.dateline) },
    ...[...fields.keywords, ...fields.subjects].map((term) => ({
      kind: 'subject',
      term: fold(term),
    })),
  ].filter(({ term }) => term);
  const before = db.all<{ kind: string; term: string }>(
    'SELECT kind, term FROM shared_term WHERE article = ?',
    article,
  );
  const keyOf = ({ kind, term }: { kind: string; term: string }): string => `${kind} ${term}`;
  if (sameSet(before.map(keyOf), terms.map(keyOf))) return;
  db.run('DELETE FROM shared_term WHERE article = ?', article);
  for (const { kind, term } of terms)
    db.run(
      'INSERT OR IGNORE INTO shared_term (kind, term, article) VALUES (?, ?, ?)',
      kind,
      term,
      article,
    );
}

/** Most of what an article is about stays as it is while its text changes. */
function sameSet(left: readonly string[], right: readonly string[]): boolean {
  const [before, now] = [new Set(left), new Set(right)];
  return before.size === now.size && [...before].every((one) => now.has(one));
}

function indexCredits(db: Db, article: Id, { fields }: Content): void {
  const before = db.all<{ name: string; affiliation: string }>(
    'SELECT name, affiliation FROM credit WHERE article = ?',
    article,
  );
  const now = [
    ...fields.byline.map(({ name }) => ({ name, affiliation: '' })),
    ...fields.contributors.map(({ name, affiliation }) => ({ name, affiliation })),
  ];
  const keyOf = ({ name, affiliation }: (typeof now)[number]): string =>
    JSON.stringify([name, affiliation]);
  if (sameSet(before.map(keyOf), now.map(keyOf))) return;
  db.run('DELETE FROM credit WHERE article = ?', article);
  for (const { name, affiliation } of now) {
    db.run(
      'INSERT OR IGNORE INTO credit (article, name, affiliation) VALUES (?, ?, ?)',
      article,
      name,
      affiliation,
    );
    for (const word of fold(name).split(' '))
      db.run(
        'INSERT OR IGNORE INTO credit_word (word, name, affiliation) VALUES (?, ?, ?)',
        word,
        name,
        affiliation,
      );
  }
  forgetUnused(db, before);
}

/** Names that are credited nowhere any more are not offered. */
function forgetUnused(db: Db, before: readonly { name: string; affiliation: string }[]): void {
  for (const { name, affiliation } of before)
    if (!db.get('SELECT 1 FROM credit WHERE name = ? AND affiliation = ?', name, affiliation))
      for (const word of fold(name).split(' '))
        db.run(
          'DELETE FROM credit_word WHERE word = ? AND name = ? AND affiliation = ?',
          word,
          name,
          affiliation,
        );
}

function forgetCredits(db: Db, article: Id): void {
  const before = db.all<{ name: string; affiliation: string }>(
    'SELECT name, affiliation FROM credit WHERE article = ?',
    article,
  );
  db.run('DELETE FROM credit WHERE article = ?', article);
  forgetUnused(db, before);
}
