import { z } from 'zod';

/** The workflow states in the order an article passes them. `tone` names the colour that goes with the word. */
export const STATES = {
  draft: { label: 'Draft', tone: 'neutral' },
  'in-review': { label: 'In review', tone: 'amber' },
  'sent-back': { label: 'Sent back', tone: 'red' },
  approved: { label: 'Approved', tone: 'blue' },
  scheduled: { label: 'Scheduled', tone: 'blue' },
  published: { label: 'Published', tone: 'green' },
  withdrawn: { label: 'Withdrawn', tone: 'neutral' },
} as const;

export const WorkflowState = z.enum(
  Object.keys(STATES) as [keyof typeof STATES, ...(keyof typeof STATES)[]],
);
export type WorkflowState = z.infer<typeof WorkflowState>;

/** The state as it stands in a sentence, behind “the article is”. */
export function stateInWords(state: WorkflowState): string {
  return state === 'draft' ? 'a draft' : STATES[state].label.toLowerCase();
}
