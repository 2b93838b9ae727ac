import { z } from 'zod';
import { Hash, Id, Instant } from '#shared/article';
import { Transition, WorkflowState } from '#shared/workflow';
import {
  ArticleRecord,
  CommentEntry,
  Desk,
  InboxMessage,
  Newsroom,
  Person,
  StoredRevision,
  WorkflowEvent,
} from './entities.ts';

/** Limits of one push: whichever is reached first. A single larger operation travels alone. */
export const PUSH_MAX_OPS = 200;
export const PUSH_MAX_BYTES = 1_000_000;

/** The protocol's version, sent as `Stet-Protocol`. A client below the server's minimum gets 426 on push and can still pull. */
export const PROTOCOL_VERSION = 1;
export const PROTOCOL_HEADER = 'stet-protocol';

/** What an operation does. Every payload names all it needs: an operation can be judged without the ones before it. */
export const OpPayload = z.discriminatedUnion('kind', [
  /** Stores a revision. `base` is the head the author started from (null for a new article). */
  z.object({ kind: z.literal('revision'), revision: StoredRevision, base: Hash.nullable() }),
  z.object({
    kind: z.literal('transition'),
    article: Id,
    transition: Transition,
    revision: Hash,
    expectedState: WorkflowState,
    reason: z.string().max(2000).optional(),
    at: Instant.optional(),
  }),
  z.object({ kind: z.literal('comment'), entry: CommentEntry }),
  z.object({ kind: z.literal('bin'), article: Id, binned: z.boolean() }),
  z.object({ kind: z.literal('inbox-handled'), message: Id, handled: z.boolean() }),
]);
export type OpPayload = z.infer<typeof OpPayload>;

/** One operation of a device. `seq` starts at 1 and has no gaps; `id` makes it idempotent; `at` is for display only. */
export const Op = z.object({
  seq: z.number().int().min(1),
  id: Id,
  at: Instant,
  payload: OpPayload,
});
export type Op = z.infer<typeof Op>;

/**
 * Where a device stands in the feed: `epoch:seq:start`. A server restored from a backup has a new epoch. `start` names the
 * start of the server that told the place: one whose database was put back behind its back does not know it, or had not
 * come as far in it.
 */
export const Cursor = z.string().regex(/^[0-9a-zA-Z-]{1,64}:\d{1,16}(:[0-9a-zA-Z-]{1,64})?$/);
export type Cursor = z.infer<typeof Cursor>;

/** A place in the feed. `start` is empty in a cursor of a server that named none. */
export interface FeedPlace {
  epoch: string;
  seq: number;
  start: string;
}

export function cursorOf({ epoch, seq, start }: FeedPlace): Cursor {
  return start === '' ? `${epoch}:${seq}` : `${epoch}:${seq}:${start}`;
}

export function placeOf(cursor: Cursor): FeedPlace {
  const [epoch = '', seq = '0', start = ''] = cursor.split(':');
  return { epoch, seq: Number(seq), start };
}

/**
 * The permanent answer to an operation: asking again gives the same one.
 * - `accepted`: done; the article stands as `record` says
 * - `diverged`: the revision is stored beside the head, which is `record.head`; whoever pushed it merges
 * - `refused`: nothing changed; `code` is stable, `message` is for the person
 *
 * `record` is left out where the article is closed to the person: what the server has already it takes from anybody.
 * `cursor` is the place of the feed behind which the operation was done: a device that has read further knows `record`,
 * or a newer one, already.
 */
export const OpAnswer = z.object({
  seq: z.number().int(),
  id: Id,
  outcome: z.enum(['accepted', 'diverged', 'refused']),
  code: z.string().optional(),
  message: z.string().optional(),
  record: ArticleRecord.optional(),
  cursor: Cursor.optional(),
});
export type OpAnswer = z.infer<typeof OpAnswer>;

export const PushRequest = z.object({ device: Id, ops: z.array(Op).min(1).max(PUSH_MAX_OPS) });
export type PushRequest = z.infer<typeof PushRequest>;

/** `lastSeq` is the highest number the server has answered for this device. */
export const PushResponse = z.object({ answers: z.array(OpAnswer), lastSeq: z.number().int() });
export type PushResponse = z.infer<typeof PushResponse>;

/** One row of the feed of changes: the newest state of an entity, or an entry that never changes. */
export const Change = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('newsroom'), data: Newsroom }),
  z.object({ kind: z.literal('person'), data: Person }),
  z.object({ kind: z.literal('desk'), data: Desk }),
  z.object({ kind: z.literal('article'), data: ArticleRecord }),
  z.object({ kind: z.literal('revision'), data: StoredRevision }),
  z.object({ kind: z.literal('event'), data: WorkflowEvent }),
  z.object({ kind: z.literal('comment'), data: CommentEntry }),
  z.object({ kind: z.literal('inbox'), data: InboxMessage }),
]);
export type Change = z.infer<typeof Change>;

/**
 * `answered` is the number of the device's last operation that was done, as long as no page has been read since: a server
 * that knows of none with it has lost it. `answeredTo` is the device that sent it, where the one that asks goes under
 * another id by now; left out, it is the one that asks.
 */
export const ChangesQuery = z.object({
  cursor: Cursor.optional(),
  answered: z.coerce.number().int().min(1).optional(),
  answeredTo: Id.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(500),
});

/**
 * `reset` is true when the cursor's epoch is not the server's, or its database has never been where the device was: the
 * device re-offers what the server may have lost.
 * `readsEverything` says for which reader rows were left out of this page: false for one who sees only the articles
 * they started. A device that reads on with more rights than it had before starts over, for what it was not told.
 */
export const ChangesResponse = z.object({
  changes: z.array(Change),
  cursor: Cursor,
  more: z.boolean(),
  reset: z.boolean(),
  readsEverything: z.boolean().default(true),
});
export type ChangesResponse = z.infer<typeof ChangesResponse>;
