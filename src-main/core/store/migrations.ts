import type { Db } from './db.ts';

/**
 * The database, step by step: number n takes version n - 1 to n, in one transaction. A step that has shipped is never
 * changed. Times are milliseconds since the Unix epoch where they are sorted by, RFC 3339 where they are shown.
 */
export const MIGRATIONS: readonly string[] = [
  `
  CREATE TABLE value (key TEXT PRIMARY KEY, json TEXT NOT NULL) STRICT, WITHOUT ROWID;

  CREATE TABLE person (id TEXT PRIMARY KEY, name TEXT NOT NULL, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE TABLE desk (id TEXT PRIMARY KEY, name TEXT NOT NULL, json TEXT NOT NULL) STRICT, WITHOUT ROWID;

  -- "started" is the record an article began with here; "server" is what the server last said;
  -- "record" is the effective one: server (or started) with the waiting operations replayed over it.
  CREATE TABLE article (
    id TEXT PRIMARY KEY,
    started TEXT,
    server TEXT,
    record TEXT NOT NULL,
    generation INTEGER NOT NULL DEFAULT 1,
    -- The head that a window saw when it opened the article without editing it.
    shown TEXT
  ) STRICT, WITHOUT ROWID;

  -- Exact bytes. "known" is 1 once the server holds the revision.
  CREATE TABLE revision (
    hash TEXT PRIMARY KEY,
    article TEXT NOT NULL,
    bytes TEXT NOT NULL,
    envelope TEXT NOT NULL,
    words INTEGER NOT NULL,
    desk TEXT,
    known INTEGER NOT NULL,
    arrived INTEGER NOT NULL
  ) STRICT;
  CREATE INDEX revision_by_article ON revision (article, arrived);
  CREATE TABLE revision_parent (child TEXT NOT NULL, parent TEXT NOT NULL, PRIMARY KEY (child, parent)) STRICT, WITHOUT ROWID;

  CREATE TABLE working (
    article TEXT PRIMARY KEY REFERENCES article (id),
    base TEXT,
    conflicts TEXT NOT NULL,
    dirty INTEGER NOT NULL,
    edited_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX working_dirty ON working (article) WHERE dirty = 1;
  CREATE TABLE working_field (
    article TEXT NOT NULL REFERENCES working (article) ON DELETE CASCADE,
    name TEXT NOT NULL,
    json TEXT NOT NULL,
    PRIMARY KEY (article, name)
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE working_block (
    article TEXT NOT NULL REFERENCES working (article) ON DELETE CASCADE,
    id TEXT NOT NULL,
    place TEXT NOT NULL,
    json TEXT NOT NULL,
    UNIQUE (article, id),
    UNIQUE (article, place)
  ) STRICT;
  -- What an earlier generation of the working copy held: a revision, or content when an edit on it came late.
  CREATE TABLE snapshot (
    article TEXT NOT NULL REFERENCES article (id),
    generation INTEGER NOT NULL,
    revision TEXT,
    content TEXT,
    PRIMARY KEY (article, generation)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE outbox (
    seq INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    at TEXT NOT NULL,
    article TEXT,
    kind TEXT NOT NULL,
    -- A revision's bytes stay in their own table: here only their hash.
    payload TEXT NOT NULL,
    size INTEGER NOT NULL,
    person TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('waiting', 'parked')),
    attempts INTEGER NOT NULL DEFAULT 0,
    message TEXT NOT NULL DEFAULT ''
  ) STRICT;
  CREATE INDEX outbox_by_article ON outbox (article, seq);
  CREATE INDEX outbox_by_state ON outbox (state, seq);

  -- In the order of arrival, which is the server's once the feed has brought them: ids of two computers have none.
  CREATE TABLE comment (arrived INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL, json TEXT NOT NULL) STRICT;
  CREATE INDEX comment_by_article ON comment (article, arrived);
  CREATE TABLE event (arrived INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, article TEXT NOT NULL, json TEXT NOT NULL) STRICT;
  CREATE INDEX event_by_article ON event (article, arrived);
  CREATE TABLE inbox (id TEXT PRIMARY KEY, desk TEXT NOT NULL, at INTEGER NOT NULL, handled INTEGER NOT NULL, json TEXT NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX inbox_by_desk ON inbox (desk, at);
  CREATE INDEX inbox_open ON inbox (desk) WHERE handled = 0;

  CREATE TABLE asset (
    hash TEXT PRIMARY KEY,
    mime TEXT NOT NULL,
    bytes INTEGER NOT NULL,
    width INTEGER NOT NULL,
    height INTEGER NOT NULL,
    uploaded INTEGER NOT NULL,
    added_at INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX asset_to_upload ON asset (added_at) WHERE uploaded = 0;
  CREATE TABLE asset_wanted (hash TEXT PRIMARY KEY, asked_at INTEGER NOT NULL) STRICT, WITHOUT ROWID;
  CREATE INDEX asset_wanted_newest ON asset_wanted (asked_at);

  -- One line per article, ready to be shown.
  CREATE TABLE listing (
    article TEXT PRIMARY KEY REFERENCES article (id),
    state TEXT NOT NULL,
    live INTEGER NOT NULL,
    desk TEXT,
    created_by TEXT NOT NULL,
    binned INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    posted_on TEXT,
    waiting INTEGER NOT NULL DEFAULT 0,
    slugline TEXT NOT NULL DEFAULT '',
    headline TEXT NOT NULL DEFAULT '',
    teaser TEXT NOT NULL DEFAULT '',
    section TEXT NOT NULL DEFAULT '',
    byline TEXT NOT NULL DEFAULT '',
    words INTEGER NOT NULL DEFAULT 0,
    suggestions INTEGER NOT NULL DEFAULT 0,
    conflicts INTEGER NOT NULL DEFAULT 0,
    threads INTEGER NOT NULL DEFAULT 0
  ) STRICT;
  CREATE INDEX listing_mine ON listing (binned, created_by, state, updated_at);
  CREATE INDEX listing_desk ON listing (binned, desk, state, updated_at);
  CREATE INDEX listing_newest ON listing (binned, updated_at);

  -- The number of a row rises each time an article is indexed, so that newest first is the order of the rows.
  CREATE TABLE article_text (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    article TEXT NOT NULL UNIQUE,
    headline TEXT NOT NULL,
    slugline TEXT NOT NULL,
    byline TEXT NOT NULL,
    contributors TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  -- What can be found: all but the bin.
  CREATE VIEW searchable AS
    SELECT number, article_text.headline, article_text.slugline, article_text.byline, contributors, body
    FROM article_text JOIN listing ON listing.article = article_text.article WHERE binned = 0;
  CREATE VIRTUAL TABLE search USING fts5 (
    headline, slugline, byline, contributors, body,
    content = 'searchable', content_rowid = 'number',
    tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
  );
  CREATE VIRTUAL TABLE search_term USING fts5vocab (search, row);

  -- What articles share: people, places and subjects, folded for comparison.
  CREATE TABLE shared_term (
    kind TEXT NOT NULL CHECK (kind IN ('person', 'place', 'subject')),
    term TEXT NOT NULL,
    article TEXT NOT NULL,
    PRIMARY KEY (kind, term, article)
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX shared_term_by_article ON shared_term (article);
  -- Names as they were credited, found by any of their words.
  CREATE TABLE credit (article TEXT NOT NULL, name TEXT NOT NULL, affiliation TEXT NOT NULL, PRIMARY KEY (article, name, affiliation)) STRICT, WITHOUT ROWID;
  CREATE INDEX credit_by_name ON credit (name, affiliation);
  CREATE TABLE credit_word (word TEXT NOT NULL, name TEXT NOT NULL, affiliation TEXT NOT NULL, PRIMARY KEY (word, name, affiliation)) STRICT, WITHOUT ROWID;
  `,
  `
  -- Whether a revision waits to be sent, asked at every sealing, also when a month of work waits.
  CREATE INDEX outbox_by_revision ON outbox (json_extract(payload, '$.hash')) WHERE kind = 'revision';
  `,
  `
  -- Articles that the server lost and that somebody else has to bring back. The number of a row rises with each.
  CREATE TABLE awaited (number INTEGER PRIMARY KEY AUTOINCREMENT, article TEXT NOT NULL UNIQUE) STRICT;
  INSERT OR IGNORE INTO awaited (article)
    SELECT article.value FROM value, json_each(value.json) AS article WHERE value.key = 'sync.awaited-articles';
  DELETE FROM value WHERE key = 'sync.awaited-articles';
  `,
  `
  -- 1 where everything that a revision builds on was offered before it, since it had been refused for want of that.
  ALTER TABLE outbox ADD COLUMN with_ancestors INTEGER NOT NULL DEFAULT 0;
  UPDATE outbox SET with_ancestors = 1 WHERE kind = 'revision' AND json_extract(payload, '$.hash') IN (
    SELECT hash.value FROM value, json_each(value.json) AS hash WHERE value.key = 'sync.ancestors-offered'
  );
  DELETE FROM value WHERE key = 'sync.ancestors-offered';
  `,
  `
  -- Of a command it says the same about the pictures of its revision.
  ALTER TABLE outbox RENAME COLUMN with_ancestors TO with_needs;
  `,
];

export function versionOf(db: Db): number {
  return db.raw.pragma('user_version', { simple: true }) as number;
}

/** Takes the database forward, each step whole or not at all. */
export function migrate(db: Db, steps: readonly string[]): void {
  for (let version = versionOf(db); version < steps.length; version += 1) {
    const step = steps[version] ?? '';
    db.write(() => {
      db.raw.exec(step);
      db.raw.pragma(`user_version = ${version + 1}`);
    });
  }
}
