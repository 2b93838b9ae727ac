import type { Id } from '#shared/article';
import type { Db } from './db.ts';
import { createValues } from './values.ts';

const KEY = 'working.generation';

/**
 * With which generation an article begins that comes from the server: later than any that was ever taken away. A window may
 * still show the article as it was then, and what is written in it must not pass for an edit of what stands here now.
 */
export function firstGeneration(db: Db): number {
  return (createValues(db).get(KEY) as number | null) ?? 1;
}

/** To be called before an article is taken away: none of its generations comes again. */
export function passGenerations(db: Db, article: Id): void {
  const row = db.get<{ generation: number }>(
    'SELECT generation FROM article WHERE id = ?',
    article,
  );
  if (row && row.generation >= firstGeneration(db)) createValues(db).set(KEY, row.generation + 1);
}
