import { Envelope, type Hash, type Id } from '#shared/article';
import type { StoredRevision } from '#shared/api';
import type { Unit } from './unit.ts';
import type { Db } from './tables.ts';

export async function findRevisions(db: Db, hashes: readonly Hash[]): Promise<StoredRevision[]> {
  if (hashes.length === 0) return [];
  const rows = await db
    .selectFrom('revisions')
    .select(['hash', 'article', 'bytes', 'envelope'])
    .where('hash', 'in', hashes)
    .execute();
  return rows.map((row) => ({ ...row, envelope: Envelope.parse(JSON.parse(row.envelope)) }));
}

export async function findRevision(db: Db, hash: Hash): Promise<StoredRevision | null> {
  return (await findRevisions(db, [hash]))[0] ?? null;
}

/** Which article each of the given revisions belongs to; unknown ones are absent. */
export async function articlesOfRevisions(db: Db, hashes: readonly Hash[]): Promise<Map<Hash, Id>> {
  if (hashes.length === 0) return new Map();
  const rows = await db
    .selectFrom('revisions')
    .select(['hash', 'article'])
    .where('hash', 'in', hashes)
    .execute();
  return new Map(rows.map(({ hash, article }) => [hash, article]));
}

/** Stores the exact bytes. `pushedBy` is who brought them, which need not be who wrote them. */
export async function saveRevision(
  { db, at, touch }: Unit,
  { hash, article, bytes, envelope }: StoredRevision,
  pushedBy: Id,
): Promise<void> {
  await db
    .insertInto('revisions')
    .values({
      hash,
      article,
      bytes,
      envelope: JSON.stringify(envelope),
      pushed_by: pushedBy,
      received_at: at,
    })
    .execute();
  touch('revision', hash);
}
