import type { Client } from './client.ts';
import { lookAt } from './disk.ts';
import { marksIn } from './words.ts';

/** What computers of the newsroom hold, whoever wrote it: from there a server can get it back. */
export function marksOn(clients: readonly Client[], queries: readonly string[]): Set<string> {
  const marks = new Set<string>();
  for (const { file } of clients) {
    lookAt(file, (db) => {
      for (const sql of queries) for (const mark of marksIn(db.prepare(sql).all())) marks.add(mark);
    });
  }
  return marks;
}

export const TEXTS_OF_A_CLIENT = [
  'SELECT bytes FROM revision',
  'SELECT json FROM working_block',
  'SELECT json FROM working_field',
];
