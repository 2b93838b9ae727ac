import Database from 'better-sqlite3';

/**
 * Hashes of the tokens that are alive in a SQLite database, read past everything else in it; none when it is not there
 * or cannot be read.
 */
export function heldTokens(file: string): Set<string> {
  try {
    const database = new Database(file, { readonly: true, fileMustExist: true });
    try {
      const query = 'SELECT token_hash FROM devices WHERE token_hash IS NOT NULL';
      return new Set(database.prepare<[], string>(query).pluck().all());
    } finally {
      database.close();
    }
  } catch {
    return new Set();
  }
}
