import type { Output, Status } from '#shared/contract';
import { DRAFTS, type Place } from '../workspace/index.ts';

/** Where the day begins: at the desk where most waits for its chief, with their drafts for everybody else. */
export function startPlace({ person }: Status, { counts }: Output<'queues.counts'>): Place {
  const waiting = (desk: string): number =>
    counts.find(
      ({ queue }) => queue.kind === 'desk' && queue.desk === desk && queue.state === 'in-review',
    )?.count ?? 0;
  const [desk] = (person?.memberships ?? [])
    .filter(({ role }) => role === 'desk-chief')
    .map((membership) => membership.desk)
    .sort((a, b) => waiting(b) - waiting(a));
  return desk ? { kind: 'queue', queue: { kind: 'desk', desk, state: 'in-review' } } : DRAFTS;
}
