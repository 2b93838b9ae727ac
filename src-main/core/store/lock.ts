import Database from 'better-sqlite3';
import { join } from 'node:path';
import { StetError } from '#shared/contract';

/**
 * Takes the folder for this process, until it gives it back or ends in any way. The lock is one of SQLite's own on a file
 * beside the database: the system drops it when the process dies, so that a crash leaves nothing to clean up.
 */
export function lockFolder(dir: string): () => void {
  const lock = new Database(join(dir, 'stet.lock'), { timeout: 0 });
  try {
    lock.pragma('journal_mode = MEMORY');
    lock.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    lock.close();
    if (!(error instanceof Database.SqliteError) || !error.code.startsWith('SQLITE_BUSY'))
      throw error;
    throw new StetError(
      'refused',
      'Stet is already open with this profile. Your work is safe there: use that window, or start Stet with another profile.',
      { cause: error },
    );
  }
  return () => lock.close();
}
