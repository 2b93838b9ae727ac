import type { Hash, Id, Revision } from '#shared/article';
import {
  findNewsroom,
  findPublication,
  savePublication,
  type ArticleState,
  type Unit,
} from '../store/index.ts';
import { placeFor, sectionSlug } from './place.ts';

/** Puts exactly this revision before readers. The address of the first publication stays for good. */
export async function showToReaders(
  unit: Unit,
  article: ArticleState,
  hash: Hash,
  { fields, assets }: Revision,
): Promise<void> {
  const newsroom = await findNewsroom(unit.db);
  const before = await findPublication(unit.db, article.id);
  await savePublication(
    unit,
    {
      article: article.id,
      revision: hash,
      section: sectionSlug(newsroom, fields.section),
      path: before?.path ?? (await placeFor(unit.db, newsroom, article.id, fields, unit.at)),
      publishedAt: before?.publishedAt ?? unit.at,
      updatedAt: unit.at,
      live: true,
      withdrawnAt: null,
      withdrawnReason: null,
    },
    assets,
  );
}

/** Takes a published article down. Its address stays and says why. */
export async function takeDown(unit: Unit, article: Id, reason: string): Promise<void> {
  const publication = await findPublication(unit.db, article);
  if (!publication) return;
  await savePublication(
    unit,
    { ...publication, live: false, withdrawnAt: unit.at, withdrawnReason: reason },
    [],
  );
}
