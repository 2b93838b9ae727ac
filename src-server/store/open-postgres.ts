import { Kysely, PostgresDialect, sql, type PostgresPool, type PostgresPoolClient } from 'kysely';
import pg from 'pg';
import { copyTables } from './copy-tables.ts';
import { postgresNews } from './postgres-news.ts';
import type { OpenedDatabase } from './store.ts';
import { StoreError, type Db, type Tables } from './tables.ts';

/** Advisory locks that processes on one database take; the numbers are Stet's own and never change. */
const LOCKS = { migration: 7_837_201, schedule: 7_837_202, delivery: 7_837_203 };

/**
 * What every session asks of the database: to notice within half a minute that a process is gone or stands still, so
 * that its locks do not outlive it. Until then nobody else could write.
 */
const SESSION_OPTIONS = [
  '-c idle_in_transaction_session_timeout=15s',
  '-c tcp_keepalives_idle=10',
  '-c tcp_keepalives_interval=5',
  '-c tcp_keepalives_count=3',
].join(' ');

/** PostgreSQL's text holds no NUL, which JSON does: a hostile string must not become a failure of the server. */
function storable(value: unknown): unknown {
  return typeof value === 'string' ? value.replaceAll('\0', '\uFFFD') : value;
}

function poolOf(pool: pg.Pool): PostgresPool {
  return {
    options: pool.options,
    end: () => pool.end(),
    connect: async () => {
      const client = await pool.connect();
      const query = (text: string, parameters: readonly unknown[]): unknown =>
        client.query(text, parameters.map(storable));
      return {
        query: query as PostgresPoolClient['query'],
        release: (destroy) => client.release(destroy),
      };
    },
  };
}

/** Opens a PostgreSQL database. Several server processes may share it. */
export async function openPostgres(
  connectionString: string,
  openCopy: (file: string) => Promise<{ db: Db; close: () => Promise<void> }>,
): Promise<OpenedDatabase> {
  const config = {
    connectionString,
    options: SESSION_OPTIONS,
    keepAlive: true,
    connectionTimeoutMillis: 10_000,
    application_name: 'stet',
  };
  const pool = new pg.Pool({ ...config, max: 10 });
  // A connection that the database drops must not take the process with it; the pool replaces it.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    await pool.query('select 1');
  } catch (cause) {
    await pool.end();
    throw new StoreError(
      'The PostgreSQL database at DATABASE_URL cannot be reached. Check the address and that the database is running.',
      { cause },
    );
  }
  const db: Db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: poolOf(pool) }) });
  return {
    db,
    news: postgresNews(config),
    // On one connection: an advisory lock belongs to its session, and goes with it when the process dies.
    inTurn: (work) =>
      db.connection().execute(async (session) => {
        await sql`select pg_advisory_lock(${LOCKS.migration})`.execute(session);
        try {
          await work(session);
        } finally {
          await sql`select pg_advisory_unlock(${LOCKS.migration})`.execute(session);
        }
      }),
    // The lock of a transaction: it ends with the transaction, which the database itself ends when nothing more comes.
    alone: (task, work) =>
      db.transaction().execute(async (transaction) => {
        const { rows } = await sql<{ free: boolean }>`
          select pg_try_advisory_xact_lock(${LOCKS[task]}) as free`.execute(transaction);
        if (!rows[0]?.free) return null;
        return work(async () => {
          await sql`select 1`.execute(transaction);
        });
      }),
    copyTo: async (file) => {
      const copy = await openCopy(file);
      try {
        await db
          .transaction()
          .setIsolationLevel('repeatable read')
          .setAccessMode('read only')
          .execute((snapshot) => copyTables(snapshot, copy.db));
      } finally {
        await copy.close();
      }
    },
  };
}
