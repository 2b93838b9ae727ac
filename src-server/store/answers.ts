import type { Id } from '#shared/article';
import { OpAnswer } from '#shared/api';
import type { Db } from './tables.ts';

/** The highest number that has been answered for a device; 0 before the first. */
export async function lastAnswered(db: Db, device: Id): Promise<number> {
  const row = await db
    .selectFrom('answers')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('device', '=', device)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

export async function findAnswer(
  db: Db,
  device: Id,
  seq: number,
): Promise<{ op: Id; answer: OpAnswer } | null> {
  const row = await db
    .selectFrom('answers')
    .select(['op', 'answer'])
    .where('device', '=', device)
    .where('seq', '=', seq)
    .executeTakeFirst();
  return row ? { op: row.op, answer: OpAnswer.parse(JSON.parse(row.answer)) } : null;
}

/** How far back a client may have to number again what it sent: a few batches. */
const LOOKED_BACK = 1000;

/**
 * The answer that an operation got under an earlier number. It comes again under a new one when another copy of the
 * profile took numbers in between and the first answer was lost.
 */
export async function findEarlierAnswer(
  db: Db,
  device: Id,
  { seq, id }: { seq: number; id: Id },
): Promise<OpAnswer | null> {
  const row = await db
    .selectFrom('answers')
    .select('answer')
    .where('device', '=', device)
    .where('seq', '>=', seq - LOOKED_BACK)
    .where('op', '=', id)
    .executeTakeFirst();
  return row ? { ...OpAnswer.parse(JSON.parse(row.answer)), seq } : null;
}

export async function saveAnswer(db: Db, device: Id, answer: OpAnswer): Promise<void> {
  await db
    .insertInto('answers')
    .values({ device, seq: answer.seq, op: answer.id, answer: JSON.stringify(answer) })
    .execute();
}
