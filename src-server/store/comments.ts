import type { Id } from '#shared/article';
import { CommentEntry } from '#shared/api';
import type { Unit } from './unit.ts';
import type { Db } from './tables.ts';

export async function findComment(db: Db, id: Id): Promise<CommentEntry | null> {
  const row = await db
    .selectFrom('comments')
    .select('data')
    .where('id', '=', id)
    .executeTakeFirst();
  return row ? CommentEntry.parse(JSON.parse(row.data)) : null;
}

export async function saveComment({ db, touch }: Unit, entry: CommentEntry): Promise<void> {
  const { id, article, thread } = entry;
  await db
    .insertInto('comments')
    .values({ id, article, thread, data: JSON.stringify(entry) })
    .execute();
  touch('comment', id);
}
