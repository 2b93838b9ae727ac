import type { Op, OpAnswer } from '#shared/api';
import type { Hash, Id } from '#shared/article';
import type { Transition } from '#shared/workflow';

/** An operation with the answer that its device got. */
export interface Answered {
  op: Op;
  answer: OpAnswer;
  /** Sends it again, as a device would that never heard the answer. */
  again: () => Promise<OpAnswer>;
}

/** What was acknowledged to somebody, and so must be there whatever is killed. */
export interface Ledger {
  answers: Answered[];
  /** Acts that must have happened exactly once. */
  acts: { article: Id; transition: Transition }[];
  pages: { path: string; words: string }[];
  pictures: { hash: Hash; bytes: Uint8Array }[];
  scheduled: { article: Id; at: number }[];
  /** Blocks that a core said were on its disk. */
  blocks: { article: Id; block: string; words: string }[];
}

export function emptyLedger(): Ledger {
  return { answers: [], acts: [], pages: [], pictures: [], scheduled: [], blocks: [] };
}

/** Counts of a ledger's entries, by kind. */
export function sizes(ledger: Ledger): Record<keyof Ledger, number> {
  const { answers, acts, pages, pictures, scheduled, blocks } = ledger;
  return {
    answers: answers.length,
    acts: acts.length,
    pages: pages.length,
    pictures: pictures.length,
    scheduled: scheduled.length,
    blocks: blocks.length,
  };
}

/** Moves everything from one ledger behind another. */
export function pour(from: Ledger, into: Ledger): void {
  into.answers.push(...from.answers.splice(0));
  into.acts.push(...from.acts.splice(0));
  into.pages.push(...from.pages.splice(0));
  into.pictures.push(...from.pictures.splice(0));
  into.scheduled.push(...from.scheduled.splice(0));
  into.blocks.push(...from.blocks.splice(0));
}
