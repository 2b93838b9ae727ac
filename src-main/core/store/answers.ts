import { placeOf, type OpAnswer } from '#shared/api';
import type { Id } from '#shared/article';
import type { Db } from './db.ts';
import { ANSWERED, CURSOR } from './feed.ts';
import type { Inbox } from './inbox.ts';
import { articleOf, type OutboxQueue } from './outbox.ts';
import type { Records } from './records.ts';
import type { Revisions } from './revisions.ts';
import type { OutboxStore, RecordedAnswers, ValueStore } from './types.ts';
import type { Working } from './working.ts';

interface Parts {
  deviceId: () => Id;
  values: ValueStore;
  queue: OutboxQueue;
  records: Records;
  revisions: Revisions;
  working: Working;
  inbox: Inbox;
}

const LAST = 'outbox.lastAnswer';
const UNEXPLAINED =
  'The server refused this change without saying why. It is kept here; try again, or ask your newsroom admin.';

/** The outbox, with what happens when the server has answered. */
export function withAnswers(db: Db, parts: Parts): OutboxStore {
  const { queue, values } = parts;
  return {
    ...queue,
    lastAnswer: () => (values.get(LAST) as OpAnswer | null) ?? null,
    recordAnswers: (answers) =>
      db.write(() => {
        const touched = new Set<Id>();
        const result: RecordedAnswers = {
          articles: [],
          moved: [],
          needsMerge: [],
          diverged: [],
          refused: [],
        };
        for (const answer of answers) record(parts, answer, touched, result);
        for (const article of touched) {
          parts.records.refresh(article);
          const settled = parts.working.settle(article);
          if (settled === 'moved') result.moved.push(article);
          if (settled === 'needs-merge') result.needsMerge.push(article);
        }
        const last = answers[answers.length - 1];
        if (last) values.set(LAST, last);
        const done = answers.findLast(({ cursor }) => cursor !== undefined);
        if (done) values.set(ANSWERED, { device: parts.deviceId(), seq: done.seq });
        return { ...result, articles: [...touched] };
      }),
  };
}

function record(parts: Parts, answer: OpAnswer, touched: Set<Id>, result: RecordedAnswers): void {
  const { queue, records, revisions, inbox } = parts;
  const refused = answer.outcome === 'refused';
  const message = answer.message ?? UNEXPLAINED;
  const payload = refused ? queue.park(answer.id, message) : queue.remove(answer.id);
  // Answered before: a response that was lost on the way came again.
  if (!payload) return;
  const article = articleOf(payload);
  if (article) touched.add(article);
  if (payload.kind === 'inbox-handled') inbox.refresh(payload.message);
  if (refused) result.refused.push({ article, message });
  if (payload.kind === 'revision' && !refused) revisions.markKnown(payload.hash);
  if (payload.kind === 'revision' && answer.outcome === 'diverged')
    result.diverged.push({ article: payload.article, revision: payload.hash });
  if (answer.record) {
    touched.add(answer.record.id);
    if (!records.serverRecord(answer.record.id) || isNews(answer, parts.values.get(CURSOR)))
      records.putServerRecord(answer.record);
  }
}

/**
 * Whether an answer knows more than the feed has told so far. One that is stored comes again when it was lost on the
 * way, and may be older; only the server’s sequence can tell, its clock may have been set back in between.
 */
function isNews({ cursor }: OpAnswer, read: unknown): boolean {
  if (typeof read !== 'string') return true;
  const then = placeOf(cursor ?? '');
  const now = placeOf(read);
  return then.epoch === now.epoch && then.seq >= now.seq;
}
