import { setTimeout } from 'node:timers/promises';

/** A transaction that lost against another one. It was rolled back whole, so it may be tried again. */
const LOST_A_RACE = new Set(['40001', '40P01', '55P03', 'SQLITE_BUSY', 'SQLITE_BUSY_SNAPSHOT']);
/** PostgreSQL is shutting down, starting, recovering or out of connections; or the line to it broke. */
const OUT_OF_REACH =
  /^(?:08...|25P03|57P0[1235]|53300|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN)$/;
/** What `pg` says, without a code, when a connection is gone or none was to be had. */
const CONNECTION_LOST =
  /connection terminated|timeout exceeded when trying to connect|not queryable|connection error|server closed the connection/i;

const ATTEMPTS = 6;
const FIRST_WAIT_MS = 20;

function codeOf(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown };
  return typeof code === 'string' ? code : '';
}

/** Whether the database could not be asked, which says nothing about what was asked. */
export function isOutOfReach(error: unknown): boolean {
  if (OUT_OF_REACH.test(codeOf(error))) return true;
  return error instanceof Error && CONNECTION_LOST.test(error.message);
}

/** Runs a transaction again when it lost against another one: a deadlock, a serialization failure, a busy file. */
export async function withRetries<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1)
    try {
      return await transaction();
    } catch (error) {
      if (attempt === ATTEMPTS || !LOST_A_RACE.has(codeOf(error))) throw error;
      // Full jitter, so that two that met once do not meet again.
      await setTimeout(Math.random() * FIRST_WAIT_MS * 2 ** attempt);
    }
}
