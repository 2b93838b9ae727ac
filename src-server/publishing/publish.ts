import type { Hash, Revision } from '#shared/article';
import {
  findNewsroom,
  findPublication,
  savePublication,
  wantDelivered,
  type ArticleState,
  type Unit,
} from '../store/index.ts';
import { placeFor, sectionSlug } from './place.ts';

/** Puts exactly this revision before readers, here and in every channel. The address of the first publication stays for good. */
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
  await wantDelivered(unit, article, hash);
}

/** Takes a published article down. Its address stays and says why. */
export async function takeDown(unit: Unit, article: ArticleState, reason: string): Promise<void> {
  const publication = await findPublication(unit.db, article.id);
  if (!publication) return;
  await savePublication(
    unit,
    { ...publication, live: false, withdrawnAt: unit.at, withdrawnReason: reason },
    [],
  );
  await wantDelivered(unit, article, null);
}
