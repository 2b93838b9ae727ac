import type { Status } from '#shared/contract';
import { DRAFTS, type Place } from '../workspace/index.ts';

/** Where the day begins: with what waits for a desk chief, with their drafts for everybody else. */
export function startPlace({ person }: Status): Place {
  const chief = person?.memberships.find(({ role }) => role === 'desk-chief');
  return chief
    ? { kind: 'queue', queue: { kind: 'desk', desk: chief.desk, state: 'in-review' } }
    : DRAFTS;
}
