import type { ArticleRecord, CommentEntry, WorkflowEvent } from '#shared/api';
import type { Content, Hash, Id } from '#shared/article';
import { lookAt } from '../world/disk.ts';

/** A revision as its bytes say it, whatever the product makes of them. */
export interface Frozen extends Content {
  hash: Hash;
  article: Id;
  parents: Hash[];
  schema: number;
  assets: Hash[];
  bytes: string;
}

export interface ServerDisk {
  articles: Map<Id, ArticleRow>;
  revisions: Map<Hash, Frozen>;
  /** Whom the envelope of a revision names. */
  authors: Map<Hash, Id>;
  /** In the order in which they happened. */
  events: WorkflowEvent[];
  comments: Map<Id, CommentEntry>;
  publications: {
    article: Id;
    revision: Hash;
    live: number;
    section: string;
    path: string;
    publishedAt: string;
    updatedAt: string;
    withdrawnAt: string | null;
    withdrawnReason: string | null;
  }[];
  /** Pictures that are open to readers, each with the article for whose sake. */
  publicPictures: { article: Id; asset: Hash }[];
  sides: { article: Id; revision: Hash }[];
  /** Readers’ messages, each with its desk. */
  messages: { id: Id; desk: Id }[];
  pictures: Set<Hash>;
  /** The numbers under which the operations of each device were answered. */
  answers: { device: Id; first: number; last: number; count: number }[];
}

export interface ArticleRow {
  id: Id;
  desk: Id | null;
  createdBy: Id;
  state: ArticleRecord['state'];
  head: Hash | null;
  approved: Hash | null;
  published: Hash | null;
  live: number;
  binned: number;
  scheduledAt: string | null;
  publishedAt: string | null;
}

/** Reads the server’s database past the server. */
export function readServerDisk(file: string): ServerDisk {
  return lookAt(file, (db) => {
    const all = <Row>(sql: string): Row[] => db.prepare(sql).all() as Row[];
    const articles = all<ArticleRow>(
      `SELECT id, desk, created_by AS createdBy, state, head, approved_revision AS approved,
         published_revision AS published, live, binned, scheduled_at AS scheduledAt,
         published_at AS publishedAt FROM articles`,
    );
    const revisions = all<{ hash: Hash; article: Id; bytes: string }>(
      'SELECT hash, article, bytes FROM revisions',
    ).map(({ hash, article, bytes }) => {
      const said = JSON.parse(bytes) as Omit<Frozen, 'hash' | 'bytes'>;
      return { ...said, hash, article, bytes };
    });
    const events = all<{ data: string }>(
      `SELECT data FROM events JOIN feed ON feed.kind = 'event' AND feed.entity = events.id ORDER BY feed.seq`,
    ).map(({ data }) => JSON.parse(data) as WorkflowEvent);
    const comments = all<{ id: Id; data: string }>('SELECT id, data FROM comments').map(
      ({ id, data }) => [id, JSON.parse(data) as CommentEntry] as const,
    );
    return {
      articles: new Map(articles.map((article) => [article.id, article])),
      revisions: new Map(revisions.map((revision) => [revision.hash, revision])),
      authors: new Map(
        all<{ hash: Hash; author: Id }>(
          `SELECT hash, json_extract(envelope, '$.author') AS author FROM revisions`,
        ).map(({ hash, author }) => [hash, author]),
      ),
      events,
      comments: new Map(comments),
      publications: all(
        `SELECT article, revision, live, section, path, published_at AS publishedAt, updated_at AS updatedAt,
           withdrawn_at AS withdrawnAt, withdrawn_reason AS withdrawnReason FROM publications`,
      ),
      publicPictures: all('SELECT article, asset FROM publication_assets'),
      sides: all('SELECT article, revision FROM sides'),
      messages: all('SELECT id, desk FROM inbox'),
      pictures: new Set(all<{ hash: Hash }>('SELECT hash FROM assets').map(({ hash }) => hash)),
      answers: all(
        'SELECT device, min(seq) AS first, max(seq) AS last, count(*) AS count FROM answers GROUP BY device',
      ),
    };
  });
}

/** The revisions of a server, and what it left beside heads. */
export type Revisions = Pick<ServerDisk, 'revisions' | 'sides'>;

/** What a revision says, without what it is made of. */
export const contentOf = ({ fields, body, conflicts }: Content): Content => ({
  fields,
  body,
  conflicts,
});

/** A revision and everything it came from. */
export function lineage(
  disk: Pick<Revisions, 'revisions'>,
  starts: readonly (Hash | null)[],
): Set<Hash> {
  const seen = new Set<Hash>();
  const open = starts.filter((hash) => hash !== null);
  for (let hash = open.pop(); hash !== undefined; hash = open.pop()) {
    if (seen.has(hash)) continue;
    seen.add(hash);
    open.push(...(disk.revisions.get(hash)?.parents ?? []));
  }
  return seen;
}
