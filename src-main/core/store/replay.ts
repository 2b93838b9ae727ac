import type { ArticleRecord } from '#shared/api';
import type { Content, DeskProfile, Hash, Id } from '#shared/article';
import { decide, type Actor } from '#shared/workflow';
import type { StoredPayload } from './types.ts';

/** An operation of the outbox as the replay needs it: a revision's bytes stay where they are. */
export interface PendingOp {
  by: Id;
  at: string;
  payload: StoredPayload;
}

export interface ReplayFacts {
  actor(id: Id): Actor;
  profile(desk: Id | null): DeskProfile;
  /** Null when this computer cannot read the revision. */
  content(hash: Hash): Content | null;
  deskOf(hash: Hash): Id | null;
  /** Who counts as having started the article, beside whom the record names. */
  startedBy(): readonly Id[];
}

/**
 * What the record will be once the server has taken what waits, as far as this computer knows: the same decisions, made
 * here. An operation that would be refused changes nothing, so a wrong guess falls back by itself.
 */
export function replay(
  start: ArticleRecord,
  ops: readonly PendingOp[],
  facts: ReplayFacts,
): ArticleRecord {
  let record = start;
  for (const op of ops) record = step(record, op, facts);
  return record;
}

function step(record: ArticleRecord, op: PendingOp, facts: ReplayFacts): ArticleRecord {
  const { payload } = op;
  switch (payload.kind) {
    case 'revision':
      if (payload.base !== record.head)
        return {
          ...record,
          sides: [...record.sides.filter((side) => side !== payload.hash), payload.hash],
        };
      return { ...record, head: payload.hash, desk: facts.deskOf(payload.hash), updatedAt: op.at };
    case 'transition':
      return transition(record, op, payload, facts);
    case 'bin':
      return { ...record, binned: payload.binned, updatedAt: op.at };
    case 'comment':
    case 'inbox-handled':
      return record;
  }
}

function transition(
  record: ArticleRecord,
  op: PendingOp,
  request: Extract<StoredPayload, { kind: 'transition' }>,
  facts: ReplayFacts,
): ArticleRecord {
  const content = facts.content(request.revision);
  if (!content) return record;
  const published =
    record.publishedRevision === null ? null : facts.content(record.publishedRevision);
  const decision = decide(facts.actor(op.by), request, {
    ...record,
    startedBy: facts.startedBy(),
    content,
    publishedCorrections: published?.fields.corrections ?? [],
    profile: facts.profile(record.desk),
    assetsComplete: true,
    // By when it was asked for, not by when it is read: else it would come to something else with every look at the clock.
    now: Date.parse(op.at),
  });
  if (!decision.ok) return record;
  const moved = { ...record, state: decision.state, updatedAt: op.at };
  switch (request.transition) {
    case 'approve':
      return { ...moved, approvedRevision: request.revision, scheduledAt: null };
    case 'schedule':
      return { ...moved, scheduledAt: request.at ?? null };
    case 'publish':
    case 'correct':
      return {
        ...moved,
        publishedRevision: request.revision,
        live: true,
        scheduledAt: null,
        publishedAt: record.publishedAt ?? op.at,
      };
    case 'withdraw':
      return { ...moved, approvedRevision: null, live: false, scheduledAt: null };
    case 'send-back':
      return { ...moved, approvedRevision: null, scheduledAt: null };
    case 'submit':
    case 'recall':
      return { ...moved, scheduledAt: null };
  }
}
