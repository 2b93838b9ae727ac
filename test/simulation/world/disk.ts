import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';

/**
 * Faults of a disk, by the database's file. They strike where a program meets them: when a statement is run. `full` and
 * `broken` fail it as SQLite would; `kill` ends the program at that moment, before the statement or behind it.
 */
export type DiskFault = { kind: 'full' | 'broken' | 'kill-before' | 'kill-behind'; left: number };

interface Plan extends DiskFault {
  /** Only statements that end a transaction count. */
  commitsOnly: boolean;
  struck: () => void;
}

const plans = new Map<string, Plan>();

/** The program was killed here; whoever catches this is dead. */
export class Killed extends Error {
  constructor() {
    super('The program was killed.');
    this.name = 'Killed';
  }
}

const ERRORS: Record<'full' | 'broken', [string, string]> = {
  full: ['database or disk is full', 'SQLITE_FULL'],
  broken: ['disk I/O error', 'SQLITE_IOERR_WRITE'],
};

/** Whether the error is one that a fault of the disk has thrown. */
export function isInjected(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause)
    if (at instanceof Killed || injected.has(at)) return true;
  return false;
}
const injected = new WeakSet<Error>();

function strike(plan: Plan, file: string): never {
  if (plan.kind === 'full' || plan.kind === 'broken') {
    // A full disk stays full until somebody makes room.
    plan.struck();
    const error = new Database.SqliteError(...ERRORS[plan.kind]);
    injected.add(error);
    throw error;
  }
  clearFault(file);
  plan.struck();
  throw new Killed();
}

const HARMLESS = /^(ROLLBACK|BEGIN|SAVEPOINT|RELEASE|SELECT|PRAGMA)/i;

type Run = (this: Database.Statement, ...values: unknown[]) => Database.RunResult;
const prototype = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1')) as {
  run: Run;
};
const run = prototype.run;
const runWithFaults: Run = function (...values) {
  const file = this.database.name;
  const plan = plans.get(file);
  const ends = this.source === 'COMMIT';
  const counts = plan && (ends || (!plan.commitsOnly && !HARMLESS.test(this.source)));
  if (!counts) return run.apply(this, values);
  if (plan.left > 0) {
    plan.left -= 1;
    return run.apply(this, values);
  }
  if (plan.kind !== 'kill-behind') strike(plan, file);
  run.apply(this, values);
  return strike(plan, file);
};

type Pragma = (this: Database.Database, source: string, options?: object) => unknown;
const databases = Database.prototype as unknown as { pragma: Pragma };
const pragma = databases.pragma;
const open = new Map<string, Database.Database>();
// Nobody else opens a file of the simulation: to tell others so for every statement takes longer than most of them.
databases.pragma = function (source, options) {
  if (source !== 'journal_mode = WAL') return pragma.call(this, source, options);
  open.set(this.name, this);
  pragma.call(this, 'locking_mode = EXCLUSIVE');
  return pragma.call(this, source, options);
};

export type Look = Pick<Database.Database, 'prepare' | 'pragma'>;
const looks = new WeakMap<Database.Database, Look>();

/** Compiles each query once for a connection: that takes longer than most of them run. */
function preparingOnce(db: Database.Database): Look {
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const statement = statements.get(sql) ?? db.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };
  return { prepare: prepare as Look['prepare'], pragma: (...of) => db.pragma(...of) };
}

/** Looks at a database past the program, by the connection that the program has open if it has. */
export function lookAt<T>(file: string, look: (db: Look) => T): T {
  const known = open.get(file);
  if (known?.open) {
    const through = looks.get(known) ?? preparingOnce(known);
    looks.set(known, through);
    return look(through);
  }
  const db = new Database(file);
  try {
    return look(db);
  } finally {
    db.close();
  }
}

/** Stands in for the driver only while a fault is planned: nearly every statement is run without one. */
function arm(): void {
  prototype.run = plans.size > 0 ? runWithFaults : run;
}

/** Lets a fault strike after `fault.left` more writes to the file. `struck` is called at that moment. */
export function planFault(
  file: string,
  fault: DiskFault,
  struck: () => void = () => undefined,
  commitsOnly = false,
): void {
  plans.set(file, { ...fault, commitsOnly, struck });
  arm();
}

export function clearFault(file: string): void {
  plans.delete(file);
  arm();
}

/** What the disk holds of a database at one moment, whatever the program still keeps in memory. */
export interface DiskImage {
  main: Uint8Array;
  log: Uint8Array | null;
}

function readOrNull(file: string): Uint8Array | null {
  try {
    return readFileSync(file);
  } catch {
    return null;
  }
}

export function readImage(file: string): DiskImage {
  return { main: readFileSync(file), log: readOrNull(`${file}-wal`) };
}

/** The whole database in one file, as it is once its log has been worked in. */
export function readWhole(file: string): Uint8Array {
  lookAt(file, (db) => void db.pragma('wal_checkpoint(TRUNCATE)'));
  return readFileSync(file);
}

export function writeImage(file: string, { main, log }: DiskImage): void {
  for (const part of ['-wal', '-shm', '-journal']) rmSync(file + part, { force: true });
  writeFileSync(file, main);
  if (log) writeFileSync(`${file}-wal`, log);
}

/** Lets a program read an image beside the file, which a program that was killed still has to itself. */
export function readApart<T>(image: DiskImage, file: string, read: (copy: string) => T): T {
  const copy = `${file}.apart`;
  writeImage(copy, image);
  try {
    return read(copy);
  } finally {
    for (const part of ['', '-wal', '-shm']) rmSync(copy + part, { force: true });
  }
}
