import type { Id } from '#shared/article';
import { InboxMessage } from '#shared/api';
import type { Unit } from './unit.ts';
import type { Db } from './tables.ts';

export async function findMessage(db: Db, id: Id): Promise<InboxMessage | null> {
  const row = await db.selectFrom('inbox').select('data').where('id', '=', id).executeTakeFirst();
  return row ? InboxMessage.parse(JSON.parse(row.data)) : null;
}

export async function saveMessage({ db, touch }: Unit, message: InboxMessage): Promise<void> {
  const { id, desk } = message;
  const data = JSON.stringify(message);
  await db
    .insertInto('inbox')
    .values({ id, desk, data })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ data }))
    .execute();
  touch('inbox', id, desk);
}

/** Sends a desk's messages through the feed again, for someone who has just joined it. */
export async function touchInboxOf({ db, touch }: Unit, desk: Id): Promise<void> {
  const rows = await db
    .selectFrom('inbox')
    .select('id')
    .where('desk', '=', desk)
    .orderBy('id')
    .execute();
  for (const { id } of rows) touch('inbox', id, desk);
}
