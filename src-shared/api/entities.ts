import { z } from 'zod';
import { DeskProfile, Envelope, Hash, Id, Instant, LocalId } from '#shared/article';
import { Membership, Transition, WorkflowState } from '#shared/workflow';

/** A person of the newsroom. `login` is null for someone who is credited but never signs in. */
export const Person = z.object({
  id: Id,
  login: z.string().max(100).nullable(),
  name: z.string().min(1).max(200),
  affiliation: z.string().max(200).default(''),
  admin: z.boolean().default(false),
  memberships: z.array(Membership).default([]),
  active: z.boolean().default(true),
});
export type Person = z.infer<typeof Person>;

/** A desk: a group that owns work, with its profile. */
export const Desk = z.object({
  id: Id,
  name: z.string().min(1).max(200),
  slug: z.string().min(1).max(100),
  profile: DeskProfile,
});
export type Desk = z.infer<typeof Desk>;

/** A section of the publication; `slug` is its place in the public address. */
export const Section = z.object({
  name: z.string().min(1).max(100),
  slug: z.string().min(1).max(100),
});
export type Section = z.infer<typeof Section>;

/** The newsroom: its publication and what the public site needs to know. */
export const Newsroom = z.object({
  id: Id,
  name: z.string().min(1).max(200),
  /** Where readers find the public site: an absolute http or https address without a closing slash. */
  siteUrl: z.string().max(300),
  language: z.string().max(35).default('en'),
  timeZone: z.string().max(60).default('UTC'),
  sections: z.array(Section).default([]),
  donationsUrl: z.string().max(2048).default(''),
});
export type Newsroom = z.infer<typeof Newsroom>;

/** What the server knows of an article beside its revisions. */
export const ArticleRecord = z.object({
  id: Id,
  desk: Id.nullable(),
  createdBy: Id,
  createdAt: Instant,
  updatedAt: Instant,
  state: WorkflowState,
  head: Hash.nullable(),
  /** Revisions that were pushed beside the head and wait for a merge, oldest first. */
  sides: z.array(Hash).default([]),
  approvedRevision: Hash.nullable(),
  publishedRevision: Hash.nullable(),
  live: z.boolean(),
  scheduledAt: Instant.nullable(),
  publishedAt: Instant.nullable(),
  publicUrl: z.string().nullable(),
  binned: z.boolean(),
});
export type ArticleRecord = z.infer<typeof ArticleRecord>;

/** One act of the workflow: append-only, what History shows. `by` is null for the scheduler. */
export const WorkflowEvent = z.object({
  id: Id,
  article: Id,
  transition: z.union([Transition, z.enum(['create', 'bin', 'unbin'])]),
  from: WorkflowState,
  to: WorkflowState,
  revision: Hash.nullable(),
  by: Id.nullable(),
  at: Instant,
  reason: z.string().max(2000).optional(),
});
export type WorkflowEvent = z.infer<typeof WorkflowEvent>;

/**
 * One entry of a comment thread: append-only. The opening entry's id names the thread; `resolve` and `reopen` entries
 * change its standing. `anchor` ties the thread to a block and the words it quotes; null speaks of the whole article.
 */
export const CommentEntry = z.object({
  id: Id,
  article: Id,
  thread: Id,
  kind: z.enum(['comment', 'reply', 'resolve', 'reopen']),
  anchor: z
    .object({ block: LocalId, quote: z.string().max(1000), offset: z.number().int().min(0) })
    .nullable(),
  text: z.string().max(10_000),
  author: Id,
  at: Instant,
  /** Of a `resolve`: the last entry of somebody else that its author had read; null when there was none. */
  after: Id.nullable().optional(),
});
export type CommentEntry = z.infer<typeof CommentEntry>;

/** A message from a reader through the public form, in the inbox of a desk. */
export const InboxMessage = z.object({
  id: Id,
  desk: Id,
  kind: z.enum(['comment', 'update', 'suggestion', 'story']),
  name: z.string().max(200),
  email: z.string().max(320),
  subject: z.string().max(300),
  text: z.string().max(50_000),
  article: Id.nullable(),
  at: Instant,
  handledBy: Id.nullable(),
});
export type InboxMessage = z.infer<typeof InboxMessage>;

/** An entry of the audit log. `actor` is null for the server itself; `subject` is what it was done to. */
export const AuditRecord = z.object({
  n: z.number().int().min(1),
  at: Instant,
  actor: Id.nullable(),
  action: z.string(),
  subject: z.string(),
  detail: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditRecord = z.infer<typeof AuditRecord>;

/** A revision as it travels: exact bytes as text, their hash and the envelope. */
export const StoredRevision = z.object({
  hash: Hash,
  article: Id,
  bytes: z.string(),
  envelope: Envelope,
});
export type StoredRevision = z.infer<typeof StoredRevision>;
