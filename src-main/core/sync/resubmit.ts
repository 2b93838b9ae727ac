import type { Op, OpAnswer, OpPayload } from '#shared/api';
import { openConflicts, RevisionError, type Hash, type Id } from '#shared/article';
import { TRANSITIONS, type WorkflowState } from '#shared/workflow';
import type { Store } from '../store/index.ts';
import { titleOf, type SyncContext } from './context.ts';

/** Refused submissions whose article had changed meanwhile, by the operation's id. */
const STALE = 'sync.stale-submissions';

function staleSubmissions(store: Store): Id[] {
  return (store.values.get(STALE) ?? []) as Id[];
}

/** Remembers a submission that was refused only because a colleague's edit had come first. Gives whether it is one. */
export function noteStaleSubmission(store: Store, { id, payload }: Op, answer: OpAnswer): boolean {
  if (answer.code !== 'head' || payload.kind !== 'transition' || payload.transition !== 'submit')
    return false;
  store.values.set(STALE, [...staleSubmissions(store), id]);
  return true;
}

/**
 * Submits again what had been submitted offline, once the edits of both are one text in which nothing is left to
 * settle: a submission hands the article over, it vouches for no wording. No other command is ever repeated by itself.
 */
export function resubmitMerged({ store, events }: SyncContext): void {
  for (const id of staleSubmissions(store)) {
    const entry = store.outbox.entries().find(({ op }) => op.id === id);
    const next = entry ? submissionAfter(store, entry.op) : 'done';
    if (next === 'wait') continue;
    store.transaction(() => {
      store.values.set(
        STALE,
        staleSubmissions(store).filter((other) => other !== id),
      );
      if (!entry || next === 'leave') return;
      store.outbox.dismiss(id);
      if (next !== 'done') store.outbox.add(next, entry.by);
    });
    if (entry?.article && next === 'leave')
      events.notice(
        'warning',
        `${titleOf(store, entry.article)} was not submitted: a colleague changed it first. Look at the text as it stands now, then submit it again.`,
        entry.article,
      );
  }
}

/** `wait` until the merge is at the server, `done` when someone has submitted it, `leave` it to the person. */
function submissionAfter(store: Store, { payload }: Op): OpPayload | 'done' | 'leave' | 'wait' {
  if (payload.kind !== 'transition') return 'done';
  const record = store.articles.serverRecord(payload.article);
  if (!record?.head || !store.revisions.isAncestor(payload.revision, record.head)) return 'wait';
  const from: readonly WorkflowState[] = TRANSITIONS.submit.from;
  if (record.state === 'in-review') return 'done';
  if (!from.includes(record.state) || !isSettled(store, record.head)) return 'leave';
  return { ...payload, revision: record.head, expectedState: record.state };
}

/** Whether nothing is left to settle in a revision; a later Stet's, which cannot be read here, may hold anything. */
function isSettled(store: Store, hash: Hash): boolean {
  try {
    const revision = store.revisions.open(hash);
    return revision !== null && openConflicts(revision) === 0;
  } catch (error) {
    if (error instanceof RevisionError) return false;
    throw error;
  }
}
