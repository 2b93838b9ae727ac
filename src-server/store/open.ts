import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { openPostgres } from './open-postgres.ts';
import { openSqlite } from './open-sqlite.ts';
import { makeStore, type Store } from './store.ts';

export interface StoreLocation {
  /** Holds the SQLite file (and, beside it, assets and copies taken before a migration). */
  dataDir: string;
  /** `postgres://…` keeps the tables in PostgreSQL instead. */
  databaseUrl?: string | undefined;
  now?: (() => number) | undefined;
}

export const DATABASE_FILE = 'server.db';

/** Opens the server's store, in PostgreSQL when an address is given, else in a SQLite file in the data folder. */
export async function openStore({
  dataDir,
  databaseUrl,
  now = Date.now,
}: StoreLocation): Promise<Store> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  if (databaseUrl) {
    const opened = await openPostgres(databaseUrl, (file) => openFile(file, now));
    return makeStore({ engine: 'postgres', opened, now });
  }
  const opened = openSqlite(join(dataDir, DATABASE_FILE));
  return makeStore({
    engine: 'sqlite',
    opened,
    now,
    beforeMigration: (from) => opened.copyTo(join(dataDir, `server-before-migration-${from}.db`)),
  });
}

/** A store in a SQLite file of any name: what a backup is, whichever engine it was taken from. */
export function openFile(file: string, now: () => number = Date.now): Promise<Store> {
  return makeStore({ engine: 'sqlite', opened: openSqlite(file), now });
}
