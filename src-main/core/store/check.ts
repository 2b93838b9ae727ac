import { setImmediate } from 'node:timers/promises';
import type { Db } from './db.ts';
import { isDamage } from './errors.ts';

/**
 * `PRAGMA quick_check`, a table at a time, so that a keystroke that arrives meanwhile waits for one table and not for the
 * whole file. Gives what is wrong in SQLite's words; nothing when the database was closed meanwhile.
 */
export async function quickCheck(db: Db): Promise<string[]> {
  const found: string[] = [];
  const tables = db.all<{ name: string }>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name`,
  );
  for (const { name } of tables) {
    await setImmediate();
    if (!db.raw.open) return [];
    found.push(...checkTable(db, name));
  }
  return found;
}

/** Some damage is not listed but thrown: it is found all the same. */
function checkTable(db: Db, name: string): string[] {
  try {
    const quoted = name.replaceAll('"', '""');
    // eslint-disable-next-line stet/known-sql -- a pragma takes no parameters, and the name is quoted
    const lines = db.raw.pragma(`quick_check("${quoted}")`) as { quick_check: string }[];
    return lines.map(({ quick_check }) => quick_check).filter((line) => line !== 'ok');
  } catch (error) {
    if (!isDamage(error)) throw error;
    return [`${name}: ${error instanceof Error ? error.message : 'cannot be read'}`];
  }
}
