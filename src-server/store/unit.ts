import type { Change } from '#shared/api';
import type { AuditEntry } from './audit.ts';
import type { Db } from './tables.ts';

/** One write transaction. What it touches enters the feed of changes when it commits, and not otherwise. */
export interface Unit {
  db: Db;
  /** The moment of the transaction, RFC 3339. */
  at: string;
  touch: (kind: Change['kind'], entity: string, desk?: string | null) => void;
  audit: (entry: AuditEntry) => Promise<void>;
}
