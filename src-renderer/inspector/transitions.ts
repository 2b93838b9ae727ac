import type { Input, OpenArticle } from '#shared/contract';
import { stateInWords, TRANSITIONS, type Transition } from '#shared/workflow';
import { call } from '../bridge.ts';
import { asKnown } from '../queries.ts';
import { tell, tellError } from '../ui/index.ts';
import { desk, showDialog, windowNow } from '../workspace/index.ts';

/** Transitions that ask something first: a reason, a time, a note, or whether it is really meant. */
const ASKS: readonly Transition[] = ['send-back', 'schedule', 'publish', 'correct', 'withdraw'];

/** What a transition's button says; an ellipsis where something is asked first. */
export function labelOf(transition: Transition): string {
  const asks = ASKS.includes(transition) && transition !== 'publish';
  return `${TRANSITIONS[transition].label}${asks ? '…' : ''}`;
}

/** Whether a transition can be done on an article now, as far as this computer knows. */
export function canOffer(article: OpenArticle | null, transition: Transition): boolean {
  return article?.offers.some((offer) => offer.transition === transition && offer.allowed) ?? false;
}

/** Begins a transition of the open article: asks what has to be asked, else does it. */
export function startTransition(transition: Transition): void {
  if (ASKS.includes(transition)) showDialog({ kind: 'transition', transition });
  else void carryOut(transition, {}).catch(tellError);
}

/** Begins a transition that could not be done as far as was known: what was typed since may have changed that. */
export async function tryTransition(transition: Transition): Promise<void> {
  const { open } = windowNow();
  if (!open) return;
  await desk.copy?.flush();
  const now = await call('article.open', { article: open.id });
  if (canOffer(now, transition)) startTransition(transition);
  else tell({ tone: 'info', text: whyNot(now, transition) });
}

function whyNot({ offers, record }: OpenArticle, transition: Transition): string {
  const offer = offers.find((one) => one.transition === transition);
  const state = stateInWords(record.state);
  return (
    offer?.why ??
    `“${TRANSITIONS[transition].label}” is not possible for you while the article is ${state}.`
  );
}

type Details = Pick<Input<'article.transition'>, 'reason' | 'at' | 'note'>;

/** Saves what is typed, then asks the core for the transition. Rejects with the sentence that says why not. */
export async function carryOut(transition: Transition, details: Details): Promise<void> {
  const { open } = windowNow();
  if (!open) return;
  await desk.copy?.flush();
  await call('article.transition', {
    article: open.id,
    transition,
    ...details,
    ...approvedRevision(open, transition),
  });
  await desk.copy?.refresh();
  tell({ tone: 'info', text: doneSentence(open, transition) });
}

/** Whether what stands in the article is no longer what was approved. */
export function changedSinceApproved({ record, revision, dirty }: OpenArticle): boolean {
  return record.approvedRevision !== null && (dirty || record.approvedRevision !== revision?.hash);
}

/** What goes out is the revision that was approved, also when the text has moved on since. */
function approvedRevision(open: OpenArticle, transition: Transition): { revision?: string } {
  const { approvedRevision: approved } = open.record;
  const names = transition === 'publish' || transition === 'schedule';
  return names && approved ? { revision: approved } : {};
}

function doneSentence({ fields, record }: OpenArticle, transition: Transition): string {
  const name = fields.headline || fields.slugline || 'the article';
  const done = `You ${TRANSITIONS[transition].past.replace(/\bit\b/, `“${name}”`)}.`;
  const endsSchedule = transition === 'approve' && record.state === 'scheduled';
  return asKnown(endsSchedule ? `${done} It is not scheduled any more.` : done);
}
