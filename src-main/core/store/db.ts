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

function assertPragma(raw: Database.Database, name: string, expected: string | number): void {
  const value = raw.pragma(name, { simple: true });
  if (value !== expected)
    throw new Error(`SQLite kept ${name} at ${String(value)} where Stet needs ${expected}.`);
}

function wrap(raw: Database.Database, path: string, readOnly: boolean): Db {
  const prepared = new Map<string, Database.Statement<Value[]>>();
  const statement = (sql: string): Database.Statement<Value[]> => {
    const known = prepared.get(sql) ?? raw.prepare<Value[]>(sql);
    prepared.set(sql, known);
    return known;
  };
  let onDamage: (() => void) | null = null;
  const watched = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      const listener = onDamage;
      if (listener && isDamage(error)) {
        onDamage = null;
        listener();
      }
      throw error;
    }
  };
  const mayWrite = (): void => {
    if (readOnly)
      throw new StetError(
        'read-only',
        'A newer version of Stet wrote this database, so this one may only read it. Nothing was changed. Update Stet to go on editing.',
      );
  };
  return {
    path,
    readOnly,
    raw,
    // eslint-disable-next-line @typescript-eslint/no-unnecessary-type-parameters -- as above
    get: <Row>(sql: string, ...values: Value[]) =>
      watched(() => statement(sql).get(...values)) as Row | undefined,
    all: <Row>(sql: string, ...values: Value[]) =>
      watched(() => statement(sql).all(...values)) as Row[],
    run(sql, ...values) {
      mayWrite();
      return watched(() => statement(sql).run(...values)).changes;
    },
    write(work) {
      mayWrite();
      return raw.transaction(work).immediate();
    },
    onDamage: (listener) => void (onDamage = listener),
    close: () => raw.close(),
  };
}
