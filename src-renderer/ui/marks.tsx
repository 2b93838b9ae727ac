import type { ReactNode } from 'react';
import { STATES, type WorkflowState } from '#shared/workflow';

export type Tone = 'neutral' | 'amber' | 'red' | 'blue' | 'green';

export function Chip({ tone, children }: { tone: Tone; children: ReactNode }) {
  return (
    <span className="chip" data-tone={tone}>
      {children}
    </span>
  );
}

/** A workflow state: a word and a colour. */
export function StateChip({ state }: { state: WorkflowState }) {
  return <Chip tone={STATES[state].tone}>{STATES[state].label}</Chip>;
}

/** A coloured point beside a word; the word carries the meaning. */
export function Dot({ tone }: { tone: Tone | 'hollow' }) {
  return <span className="dot" data-tone={tone} aria-hidden />;
}

/** What to do when there is nothing to show. */
export function Empty({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="empty">
      <h3>{title}</h3>
      {children}
    </div>
  );
}
