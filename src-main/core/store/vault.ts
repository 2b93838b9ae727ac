import { closeSync, existsSync, fsyncSync, mkdirSync, openSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { blockText, slugOf, type Clock, type Id } from '#shared/article';
import type { Db } from './db.ts';
import type { Listing } from './listing.ts';
import type { ArticleStore, CommentStore, OutboxStore, VaultStore, WorkingStore } from './types.ts';

interface Parts {
  dir: string;
  articles: ArticleStore;
  working: WorkingStore;
  comments: CommentStore;
  outbox: OutboxStore;
  listing: Listing;
  clock: Clock;
}

/** Tables that hold something of one article, in an order in which each may be emptied. */
const TABLES = ['working', 'snapshot', 'outbox', 'comment', 'event', 'revision'];

/** Takes copies of articles away; what was in them and nowhere else goes to files a person can read without Stet. */
export function createVault(db: Db, parts: Parts): VaultStore {
  const { dir, articles, working, comments, outbox, listing, clock } = parts;

  const keep = (article: Id): string => {
    const { content } = working.read(article) ?? { content: null };
    const headline = content?.fields.headline ?? '';
    const stem = `${new Date(clock()).toISOString().slice(0, 10)}-${slugOf(headline).slice(0, 60) || 'article'}-${article.slice(-8)}`;
    const waiting = outbox
      .entriesOf(article)
      .map(({ op, state, message }) => ({ ...op, state, message }));
    const kept = {
      format: 'stet-vault',
      version: 1,
      article,
      record: articles.record(article),
      content,
      comments: comments.list(article),
      operations: waiting,
    };
    const name = freeName(dir, stem);
    writeDurably(join(dir, `${name}.json`), `${JSON.stringify(kept, null, 2)}\n`);
    const text = join(dir, `${name}.txt`);
    const said = waiting.flatMap(({ payload }) =>
      payload.kind === 'comment' && payload.entry.text !== '' ? [payload.entry.text] : [],
    );
    const lines = [
      headline,
      content?.fields.standfirst ?? '',
      // Notes too: they never print, but somebody wrote them.
      ...(content?.body.map(blockText) ?? []),
      ...(said.length > 0 ? ['Comments that were not sent:', ...said] : []),
    ];
    writeDurably(text, `${lines.filter(Boolean).join('\n\n')}\n`);
    return text;
  };

  return {
    evict: (article) => {
      const unsent = working.dirty(article) || outbox.pending(article).length > 0;
      // On the disk before anything is taken away: a power cut between the two leaves the work twice, never not at all.
      const file = unsent ? keep(article) : null;
      db.write(() => {
        listing.remove(article);
        db.run(
          'DELETE FROM revision_parent WHERE child IN (SELECT hash FROM revision WHERE article = ?)',
          article,
        );
        for (const table of TABLES) db.run(`DELETE FROM ${table} WHERE article = ?`, article);
        db.run('DELETE FROM article WHERE id = ?', article);
      });
      return file;
    },
  };
}

function freeName(dir: string, stem: string): string {
  let name = stem;
  for (let copy = 2; existsSync(join(dir, `${name}.json`)); copy += 1) name = `${stem}-${copy}`;
  return name;
}

function writeDurably(path: string, text: string): void {
  mkdirSync(join(path, '..'), { recursive: true });
  const file = openSync(path, 'wx', 0o600);
  try {
    writeFileSync(file, text);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
