import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Clock } from '#shared/article';
import type { Backups } from './backups.ts';
import { openDb, type Db } from './db.ts';
import { isDamage } from './errors.ts';
import { versionOf } from './migrations.ts';
import type { Log } from './types.ts';

/** Files that belong to one SQLite database. */
const PARTS = ['', '-wal', '-shm'];

/** Moves a database out of the way, whole: nothing is ever deleted. Gives the folder it went to. */
export function setAside(dir: string, file: string, clock: Clock): string {
  const stamp = new Date(clock()).toISOString().replace(/[:.]/g, '-');
  let name = join('damaged', stamp);
  for (let copy = 2; existsSync(join(dir, name)); copy += 1)
    name = join('damaged', `${stamp}-${copy}`);
  mkdirSync(join(dir, name), { recursive: true });
  for (const part of PARTS)
    if (existsSync(file + part)) renameSync(file + part, join(dir, name, basename(file) + part));
  return name;
}

/** Puts the newest sound backup in place; gives its name, or null when there is none. */
export function restoreNewest(
  file: string,
  backups: Backups,
  newest: number,
  log: Log,
): string | null {
  for (const name of backups.list()) {
    copyFileSync(backups.path(name), file);
    if (isSound(file, newest)) return name;
    log('warn', `The backup ${name} is damaged too; trying the one before.`);
    for (const part of PARTS) rmSync(file + part, { force: true });
  }
  return null;
}

function isSound(file: string, newest: number): boolean {
  let db: Db | null = null;
  try {
    db = openDb(file);
    return versionOf(db) <= newest && db.raw.pragma('quick_check(1)', { simple: true }) === 'ok';
  } catch (error) {
    if (isDamage(error)) return false;
    throw error;
  } finally {
    db?.close();
  }
}
