import { z } from 'zod';
import { ArticleRecord, CommentEntry } from '#shared/api';
import {
  changesTo,
  Block,
  Body,
  Conflict,
  DeskProfile,
  Fields,
  Hash,
  Id,
  Instant,
  LocalId,
} from '#shared/article';
import { Transition, WorkflowState } from '#shared/workflow';

/** A queue: a named, ordered selection of articles. */
export const Queue = z.discriminatedUnion('kind', [
  /** Articles the signed-in person started. */
  z.object({ kind: z.literal('mine'), state: z.enum(['draft', 'sent-back']) }),
  z.object({ kind: z.literal('desk'), desk: Id, state: WorkflowState }),
  /** Everything that is not in the bin, newest first. */
  z.object({ kind: z.literal('archive') }),
  z.object({ kind: z.literal('bin') }),
]);
export type Queue = z.infer<typeof Queue>;

export const QueueCount = z.object({ queue: Queue, count: z.number().int() });
export type QueueCount = z.infer<typeof QueueCount>;

/** One row of a list. `marks` counts open comment threads, suggestions and conflicts. */
export const ArticleRow = z.object({
  id: Id,
  slugline: z.string(),
  headline: z.string(),
  section: z.string(),
  state: WorkflowState,
  live: z.boolean(),
  desk: z.string(),
  /** The byline as it prints, or the name of the person who started the article. */
  credit: z.string(),
  words: z.number().int(),
  marks: z.number().int(),
  conflicts: z.number().int(),
  /** Edits and decisions that are on their way to the server. */
  waiting: z.boolean(),
  /** Edits or decisions that the server refused, and the person has yet to try again or dismiss. */
  refused: z.boolean(),
  updatedAt: Instant,
  postedOn: Instant.nullable(),
  /** In the bin: whether this person may take it out. */
  mayRestore: z.boolean().optional(),
  /** Where a search matched, with the matched words between \u0002 and \u0003. */
  snippet: z.string().optional(),
});
export type ArticleRow = z.infer<typeof ArticleRow>;

/** Whether a transition would be accepted now, as far as this computer knows, and the sentence that says why not. */
export const TransitionOffer = z.object({
  transition: Transition,
  allowed: z.boolean(),
  why: z.string(),
});
export type TransitionOffer = z.infer<typeof TransitionOffer>;

/** Who wrote the versions of a conflict and when, in the order of the versions; null where this computer cannot tell. */
export const ConflictOrigins = z.object({
  /** The conflict's id; for a block, the block's. */
  conflict: LocalId,
  versions: z.array(z.object({ by: z.string(), at: Instant }).nullable()),
});
export type ConflictOrigins = z.infer<typeof ConflictOrigins>;

/** An article opened for editing: its working copy and everything the window shows around it. */
export const OpenArticle = z.object({
  id: Id,
  record: ArticleRecord,
  fields: Fields,
  body: Body,
  conflicts: z.array(Conflict),
  origins: z.array(ConflictOrigins),
  /** Goes up each time the working copy changes otherwise than by this window's own edits. */
  generation: z.number().int(),
  /** Why it cannot be edited, as a sentence; null when it can. */
  readOnly: z.string().nullable(),
  profile: DeskProfile,
  offers: z.array(TransitionOffer),
  /** The head revision this working copy came from, and how many revisions came before it. */
  revision: z.object({ hash: Hash, number: z.number().int() }).nullable(),
  /** True while the working copy holds edits that are in no revision yet. */
  dirty: z.boolean(),
  /** Text that changed since readers last saw it. */
  changedSincePublished: z.boolean(),
});
export type OpenArticle = z.infer<typeof OpenArticle>;

/**
 * An edit of the working copy: only what changed. `blocks` are new or changed blocks, whole; `placed` lists blocks that
 * are new or moved, in document order, each with the block it now follows (null for first); `removed` lists ids.
 * `generation` is the one the edit was made on: an edit on an earlier one is merged, never refused.
 */
export const WorkingEdit = z.object({
  article: Id,
  generation: z.number().int(),
  fields: changesTo(Fields).optional(),
  blocks: z.array(Block).optional(),
  placed: z.array(z.object({ id: LocalId, after: LocalId.nullable() })).optional(),
  removed: z.array(LocalId).optional(),
  /** Field and unplaced conflicts that the person has settled, by id. */
  settled: z.array(LocalId).optional(),
  /** Conflicts that the person has settled and now, on second thoughts, wants to stand again. */
  reopened: z.array(Conflict).optional(),
});
export type WorkingEdit = z.infer<typeof WorkingEdit>;

/** One line of History: a revision or an act of the workflow, newest first. */
export const HistoryEntry = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('revision'),
    hash: Hash,
    number: z.number().int(),
    by: z.string(),
    at: Instant,
    note: z.string(),
    words: z.number().int(),
    labels: z.array(z.enum(['head', 'approved', 'published', 'side', 'waiting'])),
  }),
  z.object({
    kind: z.literal('event'),
    id: Id,
    text: z.string(),
    by: z.string(),
    at: Instant,
    reason: z.string(),
    hash: Hash.nullable(),
  }),
]);
export type HistoryEntry = z.infer<typeof HistoryEntry>;

/** A comment thread as the Review tab shows it. */
export const CommentThread = z.object({
  id: Id,
  anchor: CommentEntry.shape.anchor,
  resolved: z.boolean(),
  entries: z.array(CommentEntry.extend({ authorName: z.string(), waiting: z.boolean() })),
});
export type CommentThread = z.infer<typeof CommentThread>;

/** A comment or reply (then `thread` is named) that is being written: it stays on this computer until it is given or given up. */
export const UnfinishedComment = z.object({
  thread: Id.nullable(),
  anchor: CommentEntry.shape.anchor,
  text: z.string().max(10_000),
});
export type UnfinishedComment = z.infer<typeof UnfinishedComment>;
