import type { Membership } from '#shared/workflow';

/**
 * The workflow and its permissions once more, written down for the checker alone: a mistake in the product’s own table
 * would otherwise agree with itself.
 */
type State =
  'draft' | 'in-review' | 'sent-back' | 'approved' | 'scheduled' | 'published' | 'withdrawn';

interface Rule {
  by: readonly ('author' | 'copy-editor' | 'desk-chief')[];
  from: readonly State[];
  to: State;
  toWhenLive?: State;
  needsLive?: true;
}

export const RULES: Readonly<Record<string, Rule>> = {
  submit: {
    by: ['author', 'copy-editor', 'desk-chief'],
    from: ['draft', 'sent-back', 'published', 'withdrawn'],
    to: 'in-review',
  },
  recall: {
    by: ['author', 'desk-chief'],
    from: ['in-review'],
    to: 'draft',
    toWhenLive: 'published',
  },
  'send-back': {
    by: ['desk-chief'],
    from: ['in-review', 'approved', 'scheduled'],
    to: 'sent-back',
  },
  approve: {
    by: ['desk-chief'],
    from: ['in-review', 'approved', 'scheduled', 'published'],
    to: 'approved',
  },
  schedule: { by: ['desk-chief'], from: ['approved', 'scheduled'], to: 'scheduled' },
  publish: { by: ['desk-chief'], from: ['approved', 'scheduled'], to: 'published' },
  correct: { by: ['desk-chief'], from: ['approved'], to: 'published', needsLive: true },
  withdraw: {
    by: ['desk-chief'],
    from: ['published', 'in-review', 'sent-back', 'approved', 'scheduled'],
    to: 'withdrawn',
    needsLive: true,
  },
};

/** Who asks, and for what: the desk that owns the article, and who started it. */
export interface Standing {
  person: string;
  memberships: readonly Membership[];
  desk: string | null;
  author: string;
}

function roleOf({ memberships, desk }: Standing): 'copy-editor' | 'desk-chief' | null {
  return memberships.find((membership) => membership.desk === desk)?.role ?? null;
}

export function mayTransit(transition: string, standing: Standing): boolean {
  const role = roleOf(standing);
  const by = RULES[transition]?.by ?? [];
  return (
    (role !== null && by.includes(role)) ||
    (by.includes('author') && standing.person === standing.author)
  );
}

export function mayWrite(standing: Standing): boolean {
  // An article that no desk owns is open to whoever works on any.
  const role = standing.desk === null ? standing.memberships[0] : roleOf(standing);
  return (role ?? null) !== null || standing.person === standing.author;
}

/** Whoever works on a desk starts articles on it. */
export function mayStart({ memberships, desk }: Standing): boolean {
  return memberships.some((membership) => desk === null || membership.desk === desk);
}

export function mayBin(standing: Standing): boolean {
  return roleOf(standing) === 'desk-chief' || standing.person === standing.author;
}

/** A reader’s message is for the people of its desk. */
export function mayHandle(memberships: readonly Membership[], desk: string): boolean {
  return memberships.some((membership) => membership.desk === desk);
}
