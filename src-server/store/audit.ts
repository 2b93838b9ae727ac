import { AuditRecord } from '#shared/api';
import { canonicalJson, sha256Hex } from '#shared/article';
import type { Db } from './tables.ts';

/** One entry of the audit log. `actor` is null for the server itself. `detail` never holds a secret. */
export interface AuditEntry {
  actor: string | null;
  action: string;
  subject: string;
  detail?: AuditRecord['detail'];
}

const START = '0'.repeat(64);

/** Adds an entry, tied by its hash to the one before. Call inside a write transaction only. */
export async function appendAudit(db: Db, at: string, entry: AuditEntry): Promise<void> {
  const last = await db
    .selectFrom('audit')
    .select(['n', 'hash'])
    .orderBy('n', 'desc')
    .limit(1)
    .executeTakeFirst();
  const row = {
    n: (last?.n ?? 0) + 1,
    at,
    actor: entry.actor,
    action: entry.action,
    subject: entry.subject,
    detail: canonicalJson(entry.detail ?? {}),
    previous: last?.hash ?? START,
  };
  await db
    .insertInto('audit')
    .values({ ...row, hash: sha256Hex(canonicalJson(row)) })
    .execute();
}

/** Entries of the log, newest first: the newest, or those before number `before`. */
export async function auditBefore(
  db: Db,
  { before, limit }: { before?: number | undefined; limit: number },
): Promise<AuditRecord[]> {
  let query = db.selectFrom('audit').selectAll().orderBy('n', 'desc').limit(limit);
  if (before !== undefined) query = query.where('n', '<', before);
  return (await query.execute()).map(({ n, at, actor, action, subject, detail }) => ({
    n,
    at,
    actor,
    action,
    subject,
    detail: AuditRecord.shape.detail.parse(JSON.parse(detail)),
  }));
}

/** Recomputes the chain. Gives the number of entries, and the first that does not fit its neighbours, if any. */
export async function verifyAudit(db: Db): Promise<{ entries: number; brokenAt: number | null }> {
  let previous = START;
  let entries = 0;
  for (;;) {
    const rows = await db
      .selectFrom('audit')
      .selectAll()
      .where('n', '>', entries)
      .orderBy('n')
      .limit(1000)
      .execute();
    if (rows.length === 0) return { entries, brokenAt: null };
    for (const { hash, ...row } of rows) {
      if (
        row.n !== entries + 1 ||
        row.previous !== previous ||
        hash !== sha256Hex(canonicalJson(row))
      )
        return { entries: entries + 1, brokenAt: entries + 1 };
      previous = hash;
      entries = row.n;
    }
  }
}
