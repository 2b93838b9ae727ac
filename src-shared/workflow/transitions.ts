import { z } from 'zod';
import type { WorkflowState } from './states.ts';

/** Something that must hold before a transition; the sentence in NEEDS says what is missing. */
export type Need =
  | 'head'
  | 'headline'
  | 'complete'
  | 'no-suggestions'
  | 'no-conflicts'
  | 'assets'
  | 'other-author'
  | 'approved-revision'
  | 'embargo-passed'
  | 'reason'
  | 'future-time'
  | 'after-embargo'
  | 'live'
  | 'correction';

export interface TransitionRule {
  label: string;
  /** Who: `desk-chief` or any `member` of the article's desk; `author` is the person who started the article. */
  by: readonly ('member' | 'desk-chief' | 'author')[];
  from: readonly WorkflowState[];
  to: WorkflowState;
  /** Where it leads when readers can already see an earlier revision, if that differs. */
  toWhenLive?: WorkflowState;
  needs: readonly Need[];
  /** What History says: "Jonah Okafor submitted it". */
  past: string;
  /** One sentence for tooltips, the command palette and the docs. */
  means: string;
}

/** The workflow: read by the server (which decides), the core, the interface and the docs. */
export const TRANSITIONS = {
  submit: {
    label: 'Submit',
    by: ['member', 'author'],
    from: ['draft', 'sent-back', 'published', 'withdrawn'],
    to: 'in-review',
    needs: ['head', 'headline'],
    past: 'submitted it',
    means: 'Hand the article to the desk chief for review.',
  },
  recall: {
    label: 'Recall',
    by: ['author', 'desk-chief'],
    from: ['in-review'],
    to: 'draft',
    toWhenLive: 'published',
    needs: [],
    past: 'recalled it',
    means: 'Take the article back from review.',
  },
  'send-back': {
    label: 'Send back',
    by: ['desk-chief'],
    from: ['in-review', 'approved', 'scheduled'],
    to: 'sent-back',
    needs: ['reason'],
    past: 'sent it back',
    means: 'Return the article to its author with a reason.',
  },
  approve: {
    label: 'Approve',
    by: ['desk-chief'],
    from: ['in-review', 'approved', 'scheduled', 'published'],
    to: 'approved',
    needs: ['head', 'other-author', 'complete', 'no-suggestions', 'no-conflicts', 'assets'],
    past: 'approved it',
    means: 'Approve exactly this revision, word for word.',
  },
  schedule: {
    label: 'Schedule',
    by: ['desk-chief'],
    from: ['approved', 'scheduled'],
    to: 'scheduled',
    needs: ['approved-revision', 'future-time', 'after-embargo'],
    past: 'scheduled it',
    means: 'Publish the approved revision at a set time.',
  },
  publish: {
    label: 'Publish',
    by: ['desk-chief'],
    from: ['approved', 'scheduled'],
    to: 'published',
    needs: ['approved-revision', 'embargo-passed'],
    past: 'published it',
    means: 'Put the approved revision before readers now.',
  },
  correct: {
    label: 'Publish correction',
    by: ['desk-chief'],
    from: ['approved'],
    to: 'published',
    needs: ['live', 'approved-revision', 'embargo-passed', 'correction'],
    past: 'published a correction',
    means: 'Replace what readers see with the approved revision and its correction note.',
  },
  withdraw: {
    label: 'Withdraw',
    by: ['desk-chief'],
    from: ['published', 'in-review', 'sent-back', 'approved', 'scheduled'],
    to: 'withdrawn',
    needs: ['live', 'reason'],
    past: 'withdrew it',
    means: 'Take the published article down and say so where it stood.',
  },
} as const satisfies Record<string, TransitionRule>;

export const Transition = z.enum(
  Object.keys(TRANSITIONS) as [keyof typeof TRANSITIONS, ...(keyof typeof TRANSITIONS)[]],
);
export type Transition = z.infer<typeof Transition>;

/** What is missing, as a person reads it. */
export const NEEDS: Record<Need, string> = {
  head: 'The article has changed since. Look at the newest revision first.',
  headline: 'The article needs a headline first.',
  complete: 'Required fields are missing.',
  'no-suggestions': 'Suggestions are still open. Accept or reject each one first.',
  'no-conflicts': 'More than one version still stands in the text. Choose between them first.',
  assets: 'A picture has not reached the publishing server yet. Try again when it has.',
  'other-author': 'Nobody approves their own article on this desk. Ask another desk chief.',
  'approved-revision': 'Only an approved revision can go out. Approve this one first.',
  'embargo-passed': 'The embargo has not passed yet.',
  reason: 'Say why, so that the author knows what to do.',
  'future-time': 'Choose a time that lies ahead.',
  'after-embargo': 'The time lies before the embargo ends.',
  live: 'Readers cannot see this article, so there is nothing to change for them.',
  correction: 'A correction needs its note, so that readers know what changed.',
};
