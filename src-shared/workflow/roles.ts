import { z } from 'zod';
import { Id } from '#shared/article';

/** What a person is on a desk. */
export const DeskRole = z.enum(['copy-editor', 'desk-chief']);
export type DeskRole = z.infer<typeof DeskRole>;

export const ROLE_LABELS: Record<DeskRole | 'admin', string> = {
  'copy-editor': 'copy editor',
  'desk-chief': 'desk chief',
  admin: 'newsroom admin',
};

export const Membership = z.object({ desk: Id, role: DeskRole });
export type Membership = z.infer<typeof Membership>;

/** Who acts: a person with a role on each of their desks; `admin` runs the newsroom. */
export interface Actor {
  id: Id;
  admin: boolean;
  memberships: readonly Membership[];
}

/** The actor's role on a desk, or null when they do not belong to it. A desk of null is an article without a desk. */
export function roleOn(actor: Actor, desk: Id | null): DeskRole | null {
  return actor.memberships.find((membership) => membership.desk === desk)?.role ?? null;
}

/** The highest role the actor has anywhere, as one word for the title bar. */
export function titleOf(actor: Pick<Actor, 'admin' | 'memberships'>): string {
  if (actor.memberships.some(({ role }) => role === 'desk-chief')) return ROLE_LABELS['desk-chief'];
  if (actor.memberships.length > 0) return ROLE_LABELS['copy-editor'];
  return actor.admin ? ROLE_LABELS.admin : 'reader';
}
