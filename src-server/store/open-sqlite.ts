import { existsSync } from 'node:fs';
import Database from 'better-sqlite3';
import { Kysely, SqliteDialect, type SqliteDatabase } from 'kysely';
import type { OpenedDatabase } from './store.ts';
import { StoreError, type Db, type Tables } from './tables.ts';

/** Opens the file with durable settings, and refuses to work with any other: a lost write here is a lost article. */
export function openSqlite(file: string): OpenedDatabase {
  const existed = existsSync(file);
  let database: Database.Database;
  try {
    database = new Database(file);
    database.pragma('busy_timeout = 5000');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.pragma('fullfsync = ON');
    database.pragma('foreign_keys = ON');
    if (existed && database.pragma('quick_check(1)', { simple: true }) !== 'ok')
      throw new Error('quick_check failed');
  } catch (cause) {
    throw new StoreError(
      `The database ${file} cannot be read: it is damaged or no Stet database. Nothing was changed; restore a backup.`,
      { cause },
    );
  }
  // A reopened WAL database has been seen to fall back to NORMAL without a word.
  const settings = (['journal_mode', 'synchronous', 'foreign_keys'] as const).map((name) =>
    String(database.pragma(name, { simple: true })),
  );
  if (settings.join() !== 'wal,2,1') {
    database.close();
    throw new StoreError(
      `The database ${file} does not accept durable settings (${settings.join(', ')}). Put it on a local disk.`,
    );
  }
  const db: Db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: preparingOnce(database) }),
  });
  return {
    db,
    // One process serves a SQLite file, and the file itself makes writers wait for each other.
    alone: (_task, work) => work(() => Promise.resolve()),
    inTurn: (work) => work(db),
    copyTo: async (target) => {
      await database.backup(target);
    },
  };
}

const MOST_STATEMENTS = 500;

/**
 * SQLite plans a statement anew each time it is run with a parameter that the planner has looked at, as it does beside an
 * ORDER BY or for a LIMIT. Behind an operator it does not look.
 */
function plannedOnce(text: string): string {
  return text.replace(/([=<>]) \?/g, '$1 +?').replace(/\b(limit|offset) \?/g, '$1 0 + ?');
}

/** Kysely has every query compiled anew, which takes longer than most of them run: here each text is compiled once. */
function preparingOnce(database: Database.Database): SqliteDatabase {
  const statements = new Map<string, Database.Statement>();
  return {
    close: () => database.close(),
    prepare(text) {
      const known = statements.get(text);
      if (known) return known;
      // Lists of differing length give ever new texts; the oldest makes room.
      for (const oldest of statements.keys())
        if (statements.size >= MOST_STATEMENTS) statements.delete(oldest);
      // eslint-disable-next-line stet/known-sql -- Kysely wrote it, with a parameter for every value
      const statement = database.prepare(plannedOnce(text));
      statements.set(text, statement);
      return statement;
    },
  };
}
