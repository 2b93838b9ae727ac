import {
  cursorOf,
  type Op,
  type OpAnswer,
  type Person,
  type PushRequest,
  type PushResponse,
} from '#shared/api';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import {
  articleRecords,
  feedPosition,
  findAnswer,
  findEarlierAnswer,
  lastAnswered,
  saveAnswer,
  type Unit,
} from '../store/index.ts';
import { applyBin } from './apply-bin.ts';
import { applyComment } from './apply-comment.ts';
import { applyInboxHandled } from './apply-inbox.ts';
import { applyRevision } from './apply-revision.ts';
import { applyTransition } from './apply-transition.ts';
import { mayRead, type Caller } from './access.ts';
import type { Applied, Applying } from './applied.ts';

function apply(applying: Applying, { payload }: Op): Promise<Applied> {
  switch (payload.kind) {
    case 'revision':
      return applyRevision(applying, payload);
    case 'transition':
      return applyTransition(applying, payload);
    case 'comment':
      return applyComment(applying, payload);
    case 'bin':
      return applyBin(applying, payload);
    case 'inbox-handled':
      return applyInboxHandled(applying, payload);
  }
}

/** What was there before is taken from anybody; the record of an article is only for those who may read it. */
async function answerOf(
  unit: Unit,
  actor: Person,
  { seq, id }: Op,
  applied: Applied,
): Promise<OpAnswer> {
  const { outcome } = applied;
  if (outcome === 'refused')
    return { seq, id, outcome, code: applied.code, message: applied.message };
  const [found] = applied.article ? await articleRecords(unit.db, [applied.article]) : [];
  const record = found && mayRead(actor, found) ? found : undefined;
  // Writers wait for each other: nothing gets in between this place and what the operation itself adds.
  const cursor = cursorOf(await feedPosition(unit.db));
  return { seq, id, outcome, ...(record && { record }), cursor };
}

/**
 * Answers one operation, once and for good: the effect and the answer are one transaction. An operation that fails for
 * a reason of its own is refused, so that it never holds up the ones behind it.
 */
async function answerOp(
  context: ServerContext,
  caller: Caller,
  device: PushRequest['device'],
  op: Op,
): Promise<OpAnswer> {
  return context.store.write(async (unit) => {
    const seen = await findAnswer(unit.db, device, op.seq);
    if (seen) {
      if (seen.op !== op.id) throw numbersReused((await lastAnswered(unit.db, device)) + 1);
      return seen.answer;
    }
    // Read again inside the transaction: a token revoked or a role taken away mid-batch counts from that moment.
    const actor = await caller(unit.db);
    const expected = (await lastAnswered(unit.db, device)) + 1;
    if (op.seq !== expected) throw gap(expected);
    const answer =
      (await findEarlierAnswer(unit.db, actor.id, op)) ??
      (await answerOf(unit, actor, op, await apply({ context, unit, actor }, op)));
    await saveAnswer(unit.db, device, answer);
    return answer;
  });
}

function gap(expected: number): ServerError {
  return new ServerError('gap', `The next operation of this device has number ${expected}.`, {
    expected,
  });
}

function numbersReused(expected: number): ServerError {
  return new ServerError(
    'numbers-reused',
    'This device’s numbers have been used by another copy of its profile. Sign in again as a new device; nothing is lost.',
    { expected },
  );
}

/** Answers the operations of a push in order. Throws `gap` (with `expected`) when numbers are missing. */
export async function push(
  context: ServerContext,
  caller: Caller,
  { device, ops }: PushRequest,
): Promise<PushResponse> {
  const first = ops[0]?.seq ?? 1;
  if (ops.some(({ seq }, index) => seq !== first + index))
    throw new ServerError(
      'malformed',
      'The operations of a push are numbered one after the other.',
    );
  const expected = (await lastAnswered(context.store.db, device)) + 1;
  if (first > expected) throw gap(expected);
  const answers: OpAnswer[] = [];
  for (const op of ops) answers.push(await answerOp(context, caller, device, op));
  return { answers, lastSeq: await lastAnswered(context.store.db, device) };
}
