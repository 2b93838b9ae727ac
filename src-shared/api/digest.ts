import { z } from 'zod';
import { canonicalJson, Hash, sha256Hex, type Id } from '#shared/article';
import { ArticleRecord } from './entities.ts';
import { Change, Cursor } from './sync.ts';

/** How many sectors all articles fall into. */
export const SECTORS = 256;

/** The sector of an article: the last byte of its id, which is random in a UUIDv7. */
export function sectorOf(article: Id): number {
  return Number.parseInt(article.slice(-2), 16);
}

/** What is compared of an article: where it stands, and nothing that is derived or only displayed. */
export type Compared = Pick<
  ArticleRecord,
  | 'id'
  | 'desk'
  | 'state'
  | 'head'
  | 'sides'
  | 'approvedRevision'
  | 'publishedRevision'
  | 'live'
  | 'scheduledAt'
  | 'binned'
>;

/** One article in one line of text: canonical JSON (RFC 8785) of an array, in this order. */
export function digestLine(article: Compared): string {
  const { id, desk, state, head, sides, approvedRevision, publishedRevision } = article;
  return canonicalJson([
    id,
    state,
    head,
    [...sides].sort(),
    desk,
    approvedRevision,
    publishedRevision,
    article.live,
    article.scheduledAt,
    article.binned,
  ]);
}

export const Sector = z.object({
  sector: z
    .number()
    .int()
    .min(0)
    .max(SECTORS - 1),
  count: z.number().int(),
  hash: Hash,
});
export type Sector = z.infer<typeof Sector>;

/** The sectors that hold anything, in order. A sector's hash is the SHA-256 of its lines, sorted and joined by newlines. */
export function digestOf(articles: Iterable<Compared>): Sector[] {
  const lines = new Map<number, string[]>();
  for (const article of articles) {
    const sector = sectorOf(article.id);
    const known = lines.get(sector);
    if (known) known.push(digestLine(article));
    else lines.set(sector, [digestLine(article)]);
  }
  return [...lines]
    .sort(([a], [b]) => a - b)
    .map(([sector, of]) => ({ sector, count: of.length, hash: sha256Hex(of.sort().join('\n')) }));
}

/** `cursor` is the place in the feed that the digest speaks of: a device elsewhere has nothing to compare it with. */
export const DigestResponse = z.object({ cursor: Cursor, sectors: z.array(Sector) });
export type DigestResponse = z.infer<typeof DigestResponse>;

export const SectorResponse = z.object({ cursor: Cursor, articles: z.array(ArticleRecord) });
export type SectorResponse = z.infer<typeof SectorResponse>;

/** Everything of one article, as the feed would bring it. */
export const ArticleResponse = z.object({ cursor: Cursor, changes: z.array(Change) });
export type ArticleResponse = z.infer<typeof ArticleResponse>;
