import {
  PUSH_MAX_BYTES,
  PUSH_MAX_OPS,
  type CommentEntry,
  type Op,
  type OpAnswer,
  type PushResponse,
  type StoredRevision,
} from '#shared/api';
import type { Id } from '#shared/article';
import { TRANSITIONS, type Need } from '#shared/workflow';
import { ServerError } from '../server-client/index.ts';
import type { Store } from '../store/index.ts';
import { askFurther } from './access.ts';
import type { SyncContext } from './context.ts';
import { picturesOf } from './offer.ts';
import {
  awaitReturn,
  offerAncestors,
  offerMissingPictures,
  offerSaidAgain,
  takeUpAnswers,
  takeUpRefused,
} from './refused.ts';
import type { Remote } from './remote.ts';
import { noteStaleSubmission } from './resubmit.ts';

/** Uploads that go on beside the push. */
export interface Uploads {
  /** Waits until no picture is left that may go, or one did not get through; gives what that failed from. Never rejects. */
  finish(): Promise<Error | null>;
}

export interface PushWatch {
  needsMerge(articles: readonly Id[]): void;
  /** Now it waits for a person's decision. */
  refused(op: Op, message: OpAnswer['message']): void;
}

const MAX_RENUMBERINGS = 3;

/** Codes with which the server turns down a whole request for what is in it; others speak of who asks, or when. */
const UNACCEPTABLE = new Set(['malformed', 'too-large', 'wrong-type']);

/** The number that the server expects next, from a 409; null when it does not say. */
function expectedNumber(error: ServerError): number | null {
  if (error.kind !== 'refused' || (error.code !== 'gap' && error.code !== 'numbers-reused'))
    return null;
  const { body } = error;
  const inside = typeof body === 'object' && body !== null && 'error' in body ? body.error : null;
  for (const holder of [body, inside])
    if (typeof holder === 'object' && holder !== null && 'expected' in holder)
      if (
        typeof holder.expected === 'number' &&
        Number.isInteger(holder.expected) &&
        holder.expected > 0
      )
        return holder.expected;
  return null;
}

/** The number of the last operation that the server did, as far as nothing has been read since; 0 for none. */
function lastAnswered({ feed, deviceId }: Store): number {
  const answered = feed.answered();
  return answered?.device === deviceId ? answered.seq : 0;
}

/** A store that went back to a backup skips numbers; a push must not. */
function unbroken(ops: Op[]): Op[] {
  const first = ops[0]?.seq ?? 0;
  return ops.filter(({ seq }, index) => seq === first + index);
}

/**
 * A command about pictures that are still on their way waits for them; everything before it goes first. Throws when the
 * line broke under one that the command cannot do without.
 */
async function withPictures(store: Store, ops: Op[], uploads: Uploads): Promise<Op[]> {
  const awaiting = ops.findIndex((op) => awaitsPictures(store, op));
  if (awaiting < 0) return ops;
  if (awaiting > 0) return ops.slice(0, awaiting);
  const error = await uploads.finish();
  // A picture that the server does not take holds up nothing: the server says so of the command.
  if (!(error instanceof ServerError) || error.kind !== 'network') return ops;
  const stuck = ops.findIndex((op) => needsPictures(op) && awaitsPictures(store, op));
  if (stuck === 0) throw error;
  return stuck < 0 ? ops : ops.slice(0, stuck);
}

const awaitsPictures = (store: Store, { payload }: Op): boolean =>
  payload.kind === 'transition' &&
  picturesOf(store, payload.revision).some((hash) => store.assets.get(hash)?.uploaded === false);

function needsPictures({ payload }: Op): boolean {
  if (payload.kind !== 'transition') return false;
  const needs: readonly Need[] = TRANSITIONS[payload.transition].needs;
  return needs.includes('assets');
}

function refusalOf(op: Op, error: ServerError): OpAnswer {
  return { seq: op.seq, id: op.id, outcome: 'refused', code: error.code, message: error.message };
}

/** Stores the answers, with what follows from a refusal, in one transaction; then tells of them. */
function record(
  context: SyncContext,
  ops: readonly Op[],
  answers: readonly OpAnswer[],
  watch: PushWatch,
): void {
  const { store, events } = context;
  const byId = new Map(ops.map((op) => [op.id, op]));
  const parked: [Op, OpAnswer][] = [];
  const recorded = store.transaction(() => {
    const result = store.outbox.recordAnswers(answers);
    const there: StoredRevision[] = [];
    const said: CommentEntry[] = [];
    for (const answer of answers) {
      const op = byId.get(answer.id);
      if (!op) continue;
      if (answer.outcome !== 'refused') {
        if (op.payload.kind === 'revision') there.push(op.payload.revision);
        if (op.payload.kind === 'comment') said.push(op.payload.entry);
        continue;
      }
      const mended =
        offerMissingPictures(store, op, answer) ||
        awaitReturn(store, op, answer) ||
        askFurther(context, op, answer) ||
        offerAncestors(store, op, answer) ||
        noteStaleSubmission(store, op, answer);
      if (!mended) parked.push([op, answer]);
    }
    takeUpRefused(store, there);
    for (const { hash, article } of there)
      if (store.revisions.parents(hash).length === 0) offerSaidAgain(store, article);
    takeUpAnswers(store, said);
    return result;
  });
  if (recorded.moved.length > 0) events.working(recorded.moved);
  if (recorded.articles.length > 0) events.articles(recorded.articles);
  // What was taken behind it may have been what was missing: then it is on its way again.
  for (const [op, { message }] of parked) if (store.outbox.find(op.id)) watch.refused(op, message);
  watch.needsMerge(recorded.needsMerge);
}

/**
 * Offers what waits in the outbox until nothing does, or the server turns out to have lost what it did. Gives whether there
 * is something to hear of by now. Throws a ServerError when the server cannot be reached or answers nothing of use; what was
 * answered before that is recorded.
 */
export async function pushAll(
  context: SyncContext,
  remote: Remote,
  uploads: Uploads,
  watch: PushWatch,
  cancel: AbortSignal,
): Promise<boolean> {
  const { store } = context;
  let isAnswered = false;
  let renumberings = 0;
  let most = PUSH_MAX_OPS;
  for (;;) {
    const waiting = unbroken(store.outbox.nextBatch(most, PUSH_MAX_BYTES));
    if (waiting.length === 0) return isAnswered;
    const ops = await withPictures(store, waiting, uploads);
    cancel.throwIfAborted();
    store.outbox.markAttempt(ops.map(({ seq }) => seq));
    let response: PushResponse;
    try {
      response = await remote.push({ device: store.deviceId, ops }, cancel);
    } catch (error) {
      cancel.throwIfAborted();
      if (!(error instanceof ServerError) || error.kind !== 'refused') throw error;
      const expected = expectedNumber(error);
      // Under a number that was given before, the next would hide from the server that it lost what had that number.
      if (expected !== null && expected <= lastAnswered(store)) return true;
      if (expected !== null && renumberings < MAX_RENUMBERINGS) {
        renumberings += 1;
        store.outbox.renumber(expected - 1);
      } else if (!UNACCEPTABLE.has(error.code)) {
        throw error;
      } else if (ops.length > 1) {
        // One of them makes the whole request unacceptable: find it by going one at a time.
        most = 1;
      } else {
        const refusals = ops.map((op) => refusalOf(op, error));
        record(context, ops, refusals, watch);
        isAnswered = true;
      }
      continue;
    }
    cancel.throwIfAborted();
    const numbers = new Map(ops.map(({ id, seq }) => [id, seq]));
    const answers = response.answers.filter(({ id, seq }) => numbers.get(id) === seq);
    if (answers.length === 0)
      throw new ServerError(
        'nonsense',
        'The publishing server did not answer what was sent. Stet tries again.',
      );
    record(context, ops, answers, watch);
    isAnswered = true;
    most = PUSH_MAX_OPS;
  }
}
