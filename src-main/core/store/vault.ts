import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { slugOf, type Clock, type Hash, type Id } from '#shared/article';
import type { Db } from './db.ts';
import { passGenerations } from './generations.ts';
import { fileText, KeptWork, keptParts } from './kept-work.ts';
import type { Listing } from './listing.ts';
import type {
  ArticleStore,
  CommentStore,
  OutboxStore,
  PeopleStore,
  UnfinishedStore,
  VaultEntry,
  VaultStore,
  WorkingStore,
} from './types.ts';
import { writeWhole } from './whole-file.ts';

/** Nobody else on this computer is to read it. */
const PRIVATE = { file: 0o600, folder: 0o700 };

interface Parts {
  dir: string;
  articles: ArticleStore;
  working: WorkingStore;
  comments: CommentStore;
  unfinished: UnfinishedStore;
  outbox: OutboxStore;
  people: PeopleStore;
  listing: Listing;
  clock: Clock;
}

/** Tables that hold something of one article, in an order in which each may be emptied. */
const TABLES = [
  'working',
  'snapshot',
  'outbox',
  'comment',
  'event',
  'revision',
  'awaited',
] as const;

/** Pictures that an article shows and that have yet to come: few, so that only these are looked for in all the others. */
const WANTED = `SELECT hash FROM asset_wanted
  WHERE EXISTS (SELECT 1 FROM revision WHERE article = ? AND instr(bytes, asset_wanted.hash) > 0)`;
const FORGET_WANTED = `DELETE FROM asset_wanted
  WHERE hash = ? AND NOT EXISTS (SELECT 1 FROM revision WHERE instr(bytes, asset_wanted.hash) > 0)`;

/** Takes copies of articles away; what was in them and nowhere else goes to files a person can read without Stet. */
export function createVault(db: Db, parts: Parts): VaultStore {
  const { dir, articles, working, comments, unfinished, outbox, people, listing, clock } = parts;
  const deskName = (desk: Id): string => people.desk(desk)?.name ?? desk;

  const keep = (article: Id): string => {
    const { content = null, base = null } = working.read(article) ?? {};
    const at = new Date(clock()).toISOString();
    const slug = slugOf(content?.fields.headline ?? '').slice(0, 60) || 'article';
    const kept: KeptWork = {
      format: 'stet-vault',
      version: 1,
      article,
      at,
      record: articles.record(article),
      content,
      base,
      dirty: working.dirty(article),
      comments: comments.list(article),
      unfinished: unfinished.list(article),
      operations: outbox
        .entriesOf(article)
        .map(({ op, state, message }) => ({ ...op, state, message })),
    };
    const name = freeName(dir, `${at.slice(0, 10)}-${slug}-${article.slice(-8)}`);
    writeWhole(dir, `${name}.json`, `${JSON.stringify(kept, null, 2)}\n`, PRIVATE);
    return writeWhole(dir, `${name}.txt`, fileText(keptParts(kept, deskName)), PRIVATE);
  };

  const read = (id: string): VaultEntry => {
    const json = join(dir, `${id}.json`);
    const kept = parse(readFileSync(json, 'utf8'));
    const at = kept?.at ?? statSync(json).mtime.toISOString();
    if (kept) {
      const parts = keptParts(kept, deskName);
      return { id, at, kept, parts, text: fileText(parts) };
    }
    const plain = join(dir, `${id}.txt`);
    const text = readFileSync(existsSync(plain) ? plain : json, 'utf8');
    return { id, at, kept, parts: [{ label: '', text }], text };
  };

  return {
    evict: (article) => {
      const unsent =
        working.dirty(article) ||
        outbox.pending(article).length > 0 ||
        unfinished.list(article).length > 0;
      // On the disk before anything is taken away: a power cut between the two leaves the work twice, never not at all.
      const file = unsent ? keep(article) : null;
      db.write(() => {
        const wanted = db.all<{ hash: Hash }>(WANTED, article).map(({ hash }) => hash);
        listing.remove(article);
        unfinished.forget(article);
        db.run(
          'DELETE FROM revision_parent WHERE child IN (SELECT hash FROM revision WHERE article = ?)',
          article,
        );
        for (const table of TABLES) db.run(`DELETE FROM ${table} WHERE article = ?`, article);
        passGenerations(db, article);
        // Its pictures are wanted no more, unless another article shows them.
        for (const hash of wanted) db.run(FORGET_WANTED, hash);
        db.run('DELETE FROM article WHERE id = ?', article);
      });
      return file;
    },
    list: () =>
      namesIn(dir)
        .map(read)
        .sort((a, b) => (a.at === b.at ? 0 : a.at < b.at ? 1 : -1)),
    // Only names that are there: an id never leads out of the folder.
    get: (id) => (namesIn(dir).includes(id) ? read(id) : null),
    discard(id) {
      if (!namesIn(dir).includes(id)) return;
      // The text first: as long as the other is there, the entry is in sight.
      rmSync(join(dir, `${id}.txt`), { force: true });
      rmSync(join(dir, `${id}.json`));
    },
  };
}

function parse(json: string): KeptWork | null {
  try {
    return KeptWork.safeParse(JSON.parse(json)).data ?? null;
  } catch {
    return null;
  }
}

function namesIn(dir: string): string[] {
  if (!existsSync(dir)) return [];
  return readdirSync(dir)
    .filter((name) => name.endsWith('.json'))
    .map((name) => name.slice(0, -'.json'.length));
}

function freeName(dir: string, stem: string): string {
  let name = stem;
  const isTaken = (): boolean =>
    ['.json', '.txt'].some((ending) => existsSync(join(dir, `${name}${ending}`)));
  for (let copy = 2; isTaken(); copy += 1) name = `${stem}-${copy}`;
  return name;
}
