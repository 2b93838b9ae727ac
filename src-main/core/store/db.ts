import Database from 'better-sqlite3';
import { StetError } from '#shared/contract';
import { isDamage } from './errors.ts';

type Value = string | number | bigint | Uint8Array | null;

/** One open database: statements are prepared once, writes are refused when it is open for reading only. */
export interface Db {
  readonly path: string;
  readonly readOnly: boolean;
  readonly raw: Database.Database;
  // The text of a query has no type: whoever writes it says what its rows are.
  /* eslint-disable @typescript-eslint/no-unnecessary-type-parameters -- see above */
  get<Row>(sql: string, ...values: Value[]): Row | undefined;
  all<Row>(sql: string, ...values: Value[]): Row[];
  /* eslint-enable @typescript-eslint/no-unnecessary-type-parameters -- see above */
  /** Gives how many rows changed. */
  run(sql: string, ...values: Value[]): number;
  /** One transaction; inside another it joins that one as a savepoint. */
  write<T>(work: () => T): T;
  /** Calls back when SQLite first says that the file is damaged. */
  onDamage(listener: () => void): void;
  close(): void;
}

const BUSY_TIMEOUT_MS = 5_000;

/**
 * Opens a database with every rule of the store set and asserted: a WAL database that is opened again falls back to
 * `synchronous=NORMAL` without a word, and then a power cut takes the last edits.
 */
export function openDb(path: string, { readOnly = false }: { readOnly?: boolean } = {}): Db {
  const raw = new Database(path, { readonly: readOnly, timeout: BUSY_TIMEOUT_MS });
  try {
    if (!readOnly) raw.pragma('journal_mode = WAL');
    raw.pragma('synchronous = FULL');
    raw.pragma('foreign_keys = ON');
    raw.pragma('trusted_schema = OFF');
    if (process.platform === 'darwin') {
      raw.pragma('fullfsync = ON');
      raw.pragma('checkpoint_fullfsync = ON');
    }
    assertPragma(raw, 'synchronous', 2);
    assertPragma(raw, 'foreign_keys', 1);
    if (!readOnly) assertPragma(raw, 'journal_mode', 'wal');
    if (process.platform === 'darwin') assertPragma(raw, 'fullfsync', 1);
  } catch (error) {
    raw.close();
    throw error;
  }
  return wrap(raw, path, readOnly);
}

function assertPragma(
  raw: Database.Database,
  name: 'synchronous' | 'foreign_keys' | 'journal_mode' | 'fullfsync',
  expected: string | number,
): void {
  const value = raw.pragma(name, { simple: true });
  if (value !== expected)
    throw new Error(`SQLite kept ${name} at ${String(value)} where Stet needs ${expected}.`);
}

/**
 * SQLite plans a statement anew each time it is run with a parameter that the planner has looked at, as it does beside an
 * ORDER BY or for a LIMIT: that takes several times as long as the statement itself. Behind an operator it does not look.
 */
function plannedOnce(sql: string): string {
  return sql.replace(/([=<>]) \?/g, '$1 +?').replace(/\b(LIMIT|OFFSET) \?/g, '$1 0 + ?');
}

function wrap(raw: Database.Database, path: string, readOnly: boolean): Db {
  const prepared = new Map<string, Database.Statement<Value[]>>();
  const statement = (sql: string): Database.Statement<Value[]> => {
    const known = prepared.get(sql);
    if (known) return known;
    // eslint-disable-next-line stet/known-sql -- every query comes through here, and is looked at where it stands
    const made = raw.prepare<Value[]>(plannedOnce(sql));
    prepared.set(sql, made);
    return made;
  };
  let onDamage: (() => void) | null = null;
  /** Gives the error that is to be thrown on. */
  const noted = (error: unknown): unknown => {
    const listener = onDamage;
    if (listener && isDamage(error)) {
      onDamage = null;
      listener();
    }
    return error;
  };
  const mayWrite = (): void => {
    if (readOnly)
      throw new StetError(
        'read-only',
        'A newer version of Stet wrote this database, so this one may only read it. Nothing was changed. Update Stet to go on editing.',
      );
  };
  const whole = {
    begin: raw.prepare('BEGIN IMMEDIATE'),
    commit: raw.prepare('COMMIT'),
    rollback: [raw.prepare('ROLLBACK')],
  };
  const part = {
    begin: raw.prepare('SAVEPOINT part'),
    commit: raw.prepare('RELEASE part'),
    rollback: [raw.prepare('ROLLBACK TO part'), raw.prepare('RELEASE part')],
  };
  const inTransaction = <T>(work: () => T): T => {
    const { begin, commit, rollback } = raw.inTransaction ? part : whole;
    begin.run();
    try {
      const result = work();
      if (result instanceof Promise)
        throw new TypeError('A transaction ends before a promise is kept.');
      commit.run();
      return result;
    } catch (error) {
      // SQLite may have ended the transaction by itself.
      if (raw.inTransaction) for (const each of rollback) each.run();
      throw error;
    }
  };
  return {
    path,
    readOnly,
    raw,
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as above
    get<Row>(sql: string, ...values: Value[]) {
      try {
        return statement(sql).get(...values) as Row | undefined;
      } catch (error) {
        throw noted(error);
      }
    },
    all<Row>(sql: string, ...values: Value[]) {
      try {
        return statement(sql).all(...values) as Row[];
      } catch (error) {
        throw noted(error);
      }
    },
    run(sql, ...values) {
      mayWrite();
      try {
        return statement(sql).run(...values).changes;
      } catch (error) {
        throw noted(error);
      }
    },
    write(work) {
      mayWrite();
      return inTransaction(work);
    },
    onDamage: (listener) => void (onDamage = listener),
    close: () => raw.close(),
  };
}
