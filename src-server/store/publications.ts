import type { Hash, Id } from '#shared/article';
import type { Unit } from './unit.ts';
import type { Db } from './tables.ts';

/** What readers see of an article, and where: one row per article for life, so that its address never changes. */
export interface Publication {
  article: Id;
  revision: Hash;
  section: string;
  path: string;
  publishedAt: string;
  updatedAt: string;
  live: boolean;
  withdrawnAt: string | null;
  withdrawnReason: string | null;
}

interface Row extends Omit<
  Publication,
  'publishedAt' | 'updatedAt' | 'live' | 'withdrawnAt' | 'withdrawnReason'
> {
  published_at: string;
  updated_at: string;
  live: number;
  withdrawn_at: string | null;
  withdrawn_reason: string | null;
}

function toPublication(row: Row): Publication {
  const { article, revision, section, path } = row;
  return {
    article,
    revision,
    section,
    path,
    publishedAt: row.published_at,
    updatedAt: row.updated_at,
    live: row.live === 1,
    withdrawnAt: row.withdrawn_at,
    withdrawnReason: row.withdrawn_reason,
  };
}

export async function findPublication(db: Db, article: Id): Promise<Publication | null> {
  const query = db.selectFrom('publications').selectAll().where('article', '=', article);
  const row = await query.executeTakeFirst();
  return row ? toPublication(row) : null;
}

export async function findPublicationByPath(db: Db, path: string): Promise<Publication | null> {
  const query = db.selectFrom('publications').selectAll().where('path', '=', path);
  const row = await query.executeTakeFirst();
  return row ? toPublication(row) : null;
}

/** Stores what readers see, and which pictures belong to it. */
export async function savePublication(
  { db }: Unit,
  publication: Publication,
  assets: readonly Hash[],
): Promise<void> {
  const changing = {
    revision: publication.revision,
    section: publication.section,
    updated_at: publication.updatedAt,
    live: Number(publication.live),
    withdrawn_at: publication.withdrawnAt,
    withdrawn_reason: publication.withdrawnReason,
  };
  const { article, path, publishedAt } = publication;
  await db
    .insertInto('publications')
    .values({ article, path, published_at: publishedAt, ...changing })
    .onConflict((conflict) => conflict.column('article').doUpdateSet(changing))
    .execute();
  await db.deleteFrom('publication_assets').where('article', '=', article).execute();
  if (publication.live && assets.length > 0)
    await db
      .insertInto('publication_assets')
      .values(assets.map((asset) => ({ article, asset })))
      .execute();
}

/** Live publications, newest first; of one section when it is named by its slug. */
export async function livePublications(
  db: Db,
  { section, limit, offset = 0 }: { section?: string; limit: number; offset?: number },
): Promise<Publication[]> {
  let query = db.selectFrom('publications').selectAll().where('live', '=', 1);
  if (section !== undefined) query = query.where('section', '=', section);
  const rows = await query
    .orderBy('published_at', 'desc')
    .orderBy('article', 'desc')
    .limit(limit)
    .offset(offset)
    .execute();
  return rows.map(toPublication);
}

export async function countLive(db: Db, section: string): Promise<number> {
  const { count } = await db
    .selectFrom('publications')
    .select(({ fn }) => fn.countAll().as('count'))
    .where('live', '=', 1)
    .where('section', '=', section)
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Whether some article that readers can see shows this picture. */
export async function isAssetPublic(db: Db, asset: Hash): Promise<boolean> {
  const row = await db
    .selectFrom('publication_assets')
    .select('article')
    .where('asset', '=', asset)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
