import { z } from 'zod';
import { Envelope, Hash, readingOnce, type Id } from '#shared/article';
import type { StoredRevision } from '#shared/api';
import type { Unit } from './unit.ts';
import type { Db } from './tables.ts';
import { writtenOnce } from './written-once.ts';

const envelopeIn = readingOnce(Envelope);
const rowsOf = writtenOnce((db, hashes: readonly Hash[]) =>
  db
    .selectFrom('revisions')
    .select(['hash', 'article', 'bytes', 'envelope'])
    .where('hash', 'in', hashes),
);

export async function findRevisions(db: Db, hashes: readonly Hash[]): Promise<StoredRevision[]> {
  if (hashes.length === 0) return [];
  const rows = await rowsOf(db, hashes);
  return rows.map((row) => ({ ...row, envelope: envelopeIn(row.envelope) }));
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

/** What every schema of a revision has. */
const Parents = z.object({ parents: z.array(Hash) });

/** Whether a revision grew out of another one, or is it. Looks at every revision between the two. */
export async function descendsFrom(db: Db, hash: Hash, ancestor: Hash): Promise<boolean> {
  const seen = new Set<Hash>();
  let line = [hash];
  while (line.length > 0) {
    if (line.includes(ancestor)) return true;
    for (const one of line) seen.add(one);
    const found = await findRevisions(db, line);
    const parents = found.flatMap(({ bytes }) => Parents.parse(JSON.parse(bytes)).parents);
    line = [...new Set(parents)].filter((one) => !seen.has(one));
  }
  return false;
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
