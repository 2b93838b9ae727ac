import type { Kysely } from 'kysely';

/**
 * Every table of the publishing server, as Kysely sees it. Only TEXT and INTEGER, so that SQLite and PostgreSQL
 * hold the same: instants are RFC 3339 text, flags are 0 or 1, lists and records are JSON text.
 */
export interface Tables {
  schema_version: { version: number };
  /** One row. Every write transaction locks it first and moves it last, so that sequence order is commit order. */
  counter: { id: number; epoch: string; seq: number; start: string };
  starts: { id: string; reached: number };
  feed: { kind: string; entity: string; seq: number; desk: string | null };
  newsroom: { id: string; data: string };
  desks: { id: string; name: string; slug: string; profile: string };
  people: {
    id: string;
    login: string | null;
    password_hash: string | null;
    name: string;
    affiliation: string;
    admin: number;
    active: number;
  };
  /** In the order in which an admin gave them: `position` counts from 0. */
  memberships: { person: string; desk: string; role: string; position: number };
  devices: {
    id: string;
    person: string;
    name: string;
    token_hash: string | null;
    created_at: string;
    last_seen_at: string;
  };
  invitations: {
    code_hash: string;
    name: string;
    memberships: string;
    admin: number;
    expires_at: string;
    used_at: string | null;
  };
  answers: { device: string; seq: number; op: string; answer: string };
  articles: {
    id: string;
    desk: string | null;
    created_by: string;
    created_at: string;
    updated_at: string;
    state: string;
    head: string | null;
    approved_revision: string | null;
    published_revision: string | null;
    live: number;
    scheduled_at: string | null;
    published_at: string | null;
    binned: number;
  };
  sides: { article: string; revision: string; position: number };
  revisions: {
    hash: string;
    article: string;
    bytes: string;
    envelope: string;
    pushed_by: string;
    received_at: string;
  };
  events: { id: string; article: string; data: string };
  comments: { id: string; article: string; thread: string; data: string };
  inbox: { id: string; desk: string; data: string };
  assets: { hash: string; mime: string; size: number; stored_at: string };
  publications: {
    article: string;
    revision: string;
    section: string;
    path: string;
    published_at: string;
    updated_at: string;
    live: number;
    withdrawn_at: string | null;
    withdrawn_reason: string | null;
  };
  publication_assets: { article: string; asset: string };
  channels: {
    id: string;
    kind: string;
    name: string;
    address: string;
    account: string;
    secret: string;
    desks: string | null;
    position: number;
    added_at: string;
    attempts: number;
    retry_at: string | null;
    problem: string;
  };
  deliveries: {
    article: string;
    channel: string;
    wanted: string | null;
    wanted_at: string;
    step: string;
    standing: string;
    remote: string | null;
    url: string | null;
    live: number;
    delivered: string | null;
    delivered_at: string | null;
    baseline: string | null;
    sent: string | null;
    theirs: string | null;
    problem: string;
    attempts: number;
    next_at: string | null;
    turn: number;
  };
  remote_versions: {
    id: string;
    article: string;
    channel: string;
    seen_at: string;
    data: string;
  };
  audit: {
    n: number;
    at: string;
    actor: string | null;
    action: string;
    subject: string;
    detail: string;
    previous: string;
    hash: string;
  };
}

/** A connection or a transaction: every query function takes one. */
export type Db = Kysely<Tables>;

/** Something that keeps the server from opening or using its database, said in one sentence. */
export class StoreError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'StoreError';
  }
}
