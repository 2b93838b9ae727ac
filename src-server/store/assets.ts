import type { Hash } from '#shared/article';
import type { Unit } from './unit.ts';
import type { Db } from './tables.ts';

export interface AssetRow {
  hash: Hash;
  mime: string;
  size: number;
}

export async function findAsset(db: Db, hash: Hash): Promise<AssetRow | null> {
  const query = db.selectFrom('assets').select(['hash', 'mime', 'size']).where('hash', '=', hash);
  return (await query.executeTakeFirst()) ?? null;
}

export async function saveAsset({ db, at, advance }: Unit, asset: AssetRow): Promise<void> {
  advance();
  await db
    .insertInto('assets')
    .values({ ...asset, stored_at: at })
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .execute();
}

/** Which of the given pictures the server does not hold. */
export async function missingAssets(db: Db, hashes: readonly Hash[]): Promise<Hash[]> {
  if (hashes.length === 0) return [];
  const rows = await db.selectFrom('assets').select('hash').where('hash', 'in', hashes).execute();
  const held = new Set(rows.map(({ hash }) => hash));
  return hashes.filter((hash) => !held.has(hash));
}
