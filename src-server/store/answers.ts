import type { Id } from '#shared/article';
import { OpAnswer } from '#shared/api';
import type { Db } from './tables.ts';
import { writtenOnce } from './written-once.ts';

const highest = writtenOnce((db, device: Id) =>
  db
    .selectFrom('answers')
    .select(({ fn }) => fn.max('seq').as('seq'))
    .where('device', '=', device),
);

/** The highest number that has been answered for a device; 0 before the first. */
export async function lastAnswered(db: Db, device: Id): Promise<number> {
  const [row] = await highest(db, device);
  return row?.seq ?? 0;
}

const answerTo = writtenOnce((db, device: Id, seq: number) =>
  db
    .selectFrom('answers')
    .select(['op', 'answer'])
    .where('device', '=', device)
    .where('seq', '=', seq),
);

export async function findAnswer(
  db: Db,
  device: Id,
  seq: number,
): Promise<{ op: Id; answer: OpAnswer } | null> {
  const [row] = await answerTo(db, device, seq);
  return row ? { op: row.op, answer: OpAnswer.parse(JSON.parse(row.answer)) } : null;
}

const earlierAnswer = writtenOnce((db, id: Id, person: Id) =>
  db
    .selectFrom('answers')
    .innerJoin('devices', 'devices.id', 'answers.device')
    .select('answer')
    .where('op', '=', id)
    .where('devices.person', '=', person),
);

/**
 * The answer that an operation got before, under another number or from another device of the person. It comes again
 * when the first answer was lost and, in between, a copy of the profile took numbers or the device was signed out.
 */
export async function findEarlierAnswer(
  db: Db,
  person: Id,
  { seq, id }: { seq: number; id: Id },
): Promise<OpAnswer | null> {
  const [row] = await earlierAnswer(db, id, person);
  return row ? { ...OpAnswer.parse(JSON.parse(row.answer)), seq } : null;
}

const add = writtenOnce((db, device: Id, seq: number, op: Id, answer: string) =>
  db.insertInto('answers').values({ device, seq, op, answer }),
);

export async function saveAnswer(db: Db, device: Id, answer: OpAnswer): Promise<void> {
  await add(db, device, answer.seq, answer.id, JSON.stringify(answer));
}
