import type { Change } from '#shared/api';
import type { AuditEntry } from './audit.ts';
import type { Db } from './tables.ts';

/** One write transaction. What it touches enters the feed of changes when it commits, and not otherwise. */
export interface Unit {
  db: Db;
  /** The moment of the transaction, RFC 3339. */
  at: string;
  touch: (kind: Change['kind'], entity: string, desk?: string | null) => void;
  /**
   * Moves the feed on by a place without a row, for what is no part of it: whoever reads on knows that the server had come
   * so far, and so does the server of them once it was put back.
   */
  advance: () => void;
  audit: (entry: AuditEntry) => Promise<void>;
}
