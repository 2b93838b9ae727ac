import type {
  ArticleRecord,
  Change,
  CommentEntry,
  Desk,
  InboxMessage,
  Newsroom,
  Op,
  OpAnswer,
  OpPayload,
  Person,
  StoredRevision,
  WorkflowEvent,
} from '#shared/api';
import type {
  Clock,
  Content,
  Envelope,
  Hash,
  Id,
  ImageType,
  Instant,
  RandomBytes,
  Revision,
} from '#shared/article';
import type {
  ArticleRow,
  OutboxItem,
  Queue,
  QueueCount,
  Settings,
  UnfinishedComment,
  WorkingEdit,
} from '#shared/contract';
import type { TextPart } from '#shared/render';
import type { KeptWork } from './kept-work.ts';

export type Log = (level: 'info' | 'warn' | 'error', message: string, error?: unknown) => void;

export interface StoreOptions {
  /** The folder of one profile; made when missing. */
  dir: string;
  clock: Clock;
  random: RandomBytes;
  log: Log;
  /** Hears of what is found after opening: damage seen by the background check. */
  onNotice?: (sentence: string) => void;
}

/** Who acts, on which computer: what a revision's envelope says. */
export interface By {
  author: Id;
  device: Id;
  note?: string | undefined;
}

/** Small values of the core itself, as JSON: session, device, server address. */
export interface ValueStore {
  /** Null when it was never set. */
  get(key: string): unknown;
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

export interface SettingsStore {
  get(): Settings;
  patch(changes: { [K in keyof Settings]?: Settings[K] | undefined }): Settings;
}

export interface PeopleStore {
  person(id: Id): Person | null;
  persons(): Person[];
  putPerson(person: Person): void;
  desk(id: Id): Desk | null;
  desks(): Desk[];
  putDesk(desk: Desk): void;
  newsroom(): Newsroom | null;
  putNewsroom(newsroom: Newsroom): void;
  /** Active people and desks whose name has words that begin with the words of `text`, at most `limit` of each. */
  suggest(text: string, limit: number): { persons: Person[]; desks: Desk[] };
  /** Affiliations and names used in bylines and contributor lines of the archive, most used first. */
  credits(text: string, limit: number): { name: string; affiliation: string; uses: number }[];
}

export interface ArticleStore {
  /** Starts an article here: an empty draft that the server does not know yet. */
  create(article: { id: Id; desk: Id | null; createdBy: Id; at: Instant }): void;
  exists(article: Id): boolean;
  /** What the server last said; null while it does not know the article. */
  serverRecord(article: Id): ArticleRecord | null;
  /** The record with the operations that wait in the outbox replayed over it: what the person sees. */
  record(article: Id): ArticleRecord | null;
  /** Stores the server's record and works out the effective one. */
  putServerRecord(record: ArticleRecord): void;
  /** What the server last said of every article it knows. */
  serverRecords(): ArticleRecord[];
  /** Articles of which the feed has told revisions or comments, and no record yet. */
  halfTold(): Id[];
  /** The server's newest revision of the article, whatever waits here. */
  serverHead(article: Id): Hash | null;
  /** Articles beside whose head other revisions stand on the server. */
  withSides(): Id[];
}

/** A working copy as it stands. */
export interface WorkingCopy {
  article: Id;
  content: Content;
  /** The revision it started from; null before the first. */
  base: Hash | null;
  generation: number;
  /** Whether it holds edits that are in no revision. */
  dirty: boolean;
  /**
   * Whether it can be edited: not when a later Stet wrote the revision it stands on, nor when that revision is none at
   * all, nor while it has yet to arrive. `content` is then as much as can be read.
   */
  standing: 'editable' | 'newer-schema' | 'unreadable' | 'missing';
}

export interface AppliedEdit {
  generation: number;
  /** True when the edit was made on an earlier generation and had to be merged in. */
  merged: boolean;
  /** True when this edit is the first since the last revision. */
  becameDirty: boolean;
}

export interface WorkingStore {
  /** Null when the article is unknown here. */
  read(article: Id): WorkingCopy | null;
  /** A window shows the article as it stands: whatever it does not see from here on is merged with what it writes. */
  handOut(article: Id): void;
  /** Whether edits wait for a revision, without reading them. */
  dirty(article: Id): boolean;
  /** Articles whose working copy holds edits that are in no revision. */
  dirtyArticles(): Id[];
  /** Writes an edit: only the rows it changes. An edit on an earlier generation is merged, never dropped. */
  apply(edit: WorkingEdit): AppliedEdit;
  /** Puts other content in place, as of revision `base`; what stood there must be sealed already. Gives the new generation. */
  replace(article: Id, content: Content, base: Hash | null): number;
  /**
   * Turns the working copy into a revision and queues it for the server, in one transaction.
   * Null when it says the same as its base.
   */
  seal(article: Id, by: By): Hash | null;
  /**
   * Stores `content` as a revision of `parents`, queues it for the server on top of `base`, and makes it the working
   * copy. For merges and restored revisions; the working copy must be sealed first. Without `parents` and `base` it
   * follows what the working copy started from.
   */
  commit(
    article: Id,
    change: { content: Content; parents?: Hash[]; base?: Hash | null; by: By },
  ): Hash;
}

export interface RevisionStore {
  has(hash: Hash): boolean;
  /** Stores exact bytes. Throws a RevisionError `wrong-hash` when they do not match. */
  put(revision: StoredRevision): void;
  get(hash: Hash): StoredRevision | null;
  /** Whether the server has, or had, the revision. */
  isKnown(hash: Hash): boolean;
  /** The parsed revision; throws a RevisionError (`newer-schema`) when this Stet cannot read it. */
  open(hash: Hash): Revision | null;
  envelope(hash: Hash): Envelope | null;
  parents(hash: Hash): Hash[];
  /** The desk that the revision names. */
  deskOf(hash: Hash): Id | null;
  isAncestor(ancestor: Hash, of: Hash): boolean;
  /**
   * The common ancestors that lie before no other, for a three-way merge: one as a rule, none when nothing is shared,
   * several when merges met crosswise. In an order that does not depend on which is named first.
   */
  mergeBases(left: Hash, right: Hash): Hash[];
  /** Every stored revision of an article, oldest first; `number` counts from 1. */
  list(article: Id): StoredRevisionInfo[];
  /** How many revisions of the article lie at or before this one, by parents. */
  numberOf(hash: Hash): number;
}

export interface StoredRevisionInfo {
  hash: Hash;
  number: number;
  words: number;
  envelope: Envelope;
  parents: Hash[];
}

export interface CommentStore {
  put(entry: CommentEntry): void;
  list(article: Id): CommentEntry[];
}

export interface UnfinishedStore {
  list(article: Id): UnfinishedComment[];
  /** Takes the place of what was kept for the same words or thread; without text that is given up. */
  keep(article: Id, comment: UnfinishedComment): void;
  /** Puts it behind what is kept for the same words or thread, if that does not hold it yet. */
  join(article: Id, comment: UnfinishedComment): void;
  forget(article: Id): void;
}

export interface EventStore {
  put(event: WorkflowEvent): void;
  /** Oldest first. */
  list(article: Id): WorkflowEvent[];
}

export interface InboxStore {
  put(message: InboxMessage): void;
  get(id: Id): InboxMessage | null;
  /** Newest first, with what waits in the outbox already applied. */
  list(desk: Id): InboxMessage[];
  openCounts(): { desk: Id; open: number }[];
}

export interface Asset {
  hash: Hash;
  mime: ImageType;
  bytes: number;
  width: number;
  height: number;
  uploaded: boolean;
}

export interface AssetStore {
  add(
    bytes: Uint8Array,
    about: { mime: ImageType; width: number; height: number; uploaded?: boolean },
  ): Asset;
  get(hash: Hash): Asset | null;
  read(hash: Hash): Promise<{ bytes: Uint8Array; mime: ImageType } | null>;
  /** Pictures that have yet to reach the server, oldest first. */
  pendingUploads(): Asset[];
  markUploaded(hash: Hash): void;
  /** The server has lost the picture, or may have: it is sent again if it is not there. */
  offerAgain(hash: Hash): void;
  /** As {@link offerAgain}, for the pictures that came to this computer last. */
  offerNewestAgain(limit: number): void;
  /** Pictures that stored revisions show and this computer does not have, newest first. */
  missing(limit: number): Hash[];
  /** How many of the two there are. */
  counts(): { toSend: number; toCome: number };
}

/** A payload as the outbox keeps it: a revision's bytes stay with the revisions. */
export type StoredPayload =
  | Exclude<OpPayload, { kind: 'revision' }>
  | { kind: 'revision'; article: Id; hash: Hash; base: Hash | null };

/** An operation of the outbox without the bytes it would carry. */
export interface PendingChange {
  id: Id;
  at: Instant;
  by: Id;
  payload: StoredPayload;
  state: 'waiting' | 'parked';
  message: string;
  /** Whether it was refused once for want of something, and what it needs was offered before it. */
  withNeeds: boolean;
}

export interface OutboxEntry {
  op: Op;
  article: Id | null;
  by: Id;
  state: 'waiting' | 'parked';
  attempts: number;
  message: string;
}

export interface OutboxStore {
  /** Queues an operation; it is durable when the surrounding transaction is. */
  add(payload: OpPayload, by: Id): Op;
  /** The next operations to offer, in order; a single larger one travels alone. */
  nextBatch(maxOps: number, maxBytes: number): Op[];
  /** Counts an attempt, for display. */
  markAttempt(seqs: readonly number[]): void;
  recordAnswers(answers: readonly OpAnswer[]): RecordedAnswers;
  entries(): OutboxEntry[];
  entriesOf(article: Id): OutboxEntry[];
  /** Like `entriesOf`, without reading the bytes of revisions. */
  pending(article: Id): PendingChange[];
  /** Whether the revision is on its way to the server. */
  isWaiting(revision: Hash): boolean;
  /** One of them, wherever it belongs; null when it is not in the outbox. */
  find(id: Id): PendingChange | null;
  list(): OutboxItem[];
  counts(): { waiting: number; parked: number };
  /**
   * Gives a refused operation a new number at the end; a refused revision that it names goes before it. With
   * `withNeeds` it is noted that what it needs goes before it: what a revision builds on, the pictures of a command.
   */
  retry(id: Id, how?: { withNeeds: boolean }): void;
  /** Lets a refused operation go. The work it carried stays in the article. */
  dismiss(id: Id): void;
  /** Takes a refused operation out, with all that it brings still here: it is to be offered anew some time. */
  setAside(id: Id): void;
  /** Everything that waits, as JSON text a person can keep. */
  export(): string;
  lastAnswer(): OpAnswer | null;
  /** After a restored backup: numbers what waits from `lastSeq + 1`, as the server expects. */
  renumber(lastSeq: number): void;
}

export interface RecordedAnswers {
  /** Articles whose record or standing changed. */
  articles: Id[];
  /** Articles whose working copy moved on to a new head. */
  moved: Id[];
  /** Articles whose working copy holds work that the server's head does not: to be merged. */
  needsMerge: Id[];
  /** Articles whose pushed revision stands beside the head and waits for a merge. */
  diverged: { article: Id; revision: Hash }[];
  refused: { article: Id | null; message: string }[];
}

export interface FeedApplied {
  articles: Id[];
  /** Articles whose working copy moved on to the new head. */
  moved: Id[];
  /** Articles whose working copy holds work that the new head does not: to be merged. */
  needsMerge: Id[];
  /** Articles of which the server says that other revisions stand beside the head. */
  besides: Id[];
  inboxDesks: Id[];
  people: boolean;
  /** Articles of which a revision came with other bytes than its name says: it is asked for again later. */
  damaged: Id[];
}

/** An operation that the server did: its number among those of the device that sent it. */
export interface Answered {
  device: Id;
  seq: number;
}

export interface FeedStore {
  cursor(): string | null;
  /** The last operation that the server did, by its number and the device that sent it, when nothing has been read since. */
  answered(): Answered | null;
  /** Rows and cursor in one transaction. */
  applyChanges(changes: readonly Change[], cursor: string): FeedApplied;
  /** Lets the next pull go back to where a damaged revision came from, and ask for it again; not too often. */
  askAgain(): void;
  /** Lets the next pull go back to the start of the feed, which changes nothing that is known already. */
  reset(): void;
  /** Goes back, if the next pull was to, now that the server has said that it was not restored. Gives whether it did. */
  goBack(): boolean;
  /** Articles where the server's head and the working copy have parted. */
  needsMerge(): Id[];
}

/** Articles that the server does not have any more, and that are left to whoever started them. */
export interface AwaitedStore {
  has(article: Id): boolean;
  /** Those that came to be awaited behind a number, oldest first; all of them behind 0. */
  since(number: number): { number: number; article: Id }[];
  add(articles: Iterable<Id>): void;
  remove(article: Id): void;
  /** Awaits these and no others. */
  replace(articles: Iterable<Id>): void;
}

export interface VaultStore {
  /**
   * Takes the copy of an article away. Work in it that has not reached the server is first written to the profile's
   * vault, as JSON and as plain text; gives the path of the text, or null when there was none.
   */
  evict(article: Id): string | null;
  /** What the vault holds, newest first. */
  list(): VaultEntry[];
  get(id: string): VaultEntry | null;
  /** Deletes an entry for good. */
  discard(id: string): void;
}

/** One file of the vault, by its name. */
export interface VaultEntry {
  id: string;
  at: Instant;
  /** Null when the file cannot be read: `text` is then what there is of it. */
  kept: KeptWork | null;
  /** As a person reads it. */
  parts: TextPart[];
  text: string;
}

export interface SearchStore {
  /** Articles that hold all the words, the last as the beginning of a word; the bin is left out. */
  search(text: string, offset: number, limit: number): { rows: ArticleRow[]; total: number };
  /** In how many articles a word stands, as it is indexed. */
  documents(word: string): number;
  /** Articles that share people, places or subjects, with how many they share; at most `limit` for each term. */
  sharing(
    kind: TermKind,
    terms: readonly string[],
    options: { except: Id; limit: number },
  ): SearchHit[];
  /** Articles that share any of the terms, best first. A term of several words is a phrase. */
  matchAny(terms: readonly string[], options: { except: Id; limit: number }): SearchHit[];
}

export type TermKind = 'person' | 'place' | 'subject';

export interface SearchHit {
  article: Id;
  score: number;
}

export interface QueueStore {
  counts(person: { id: Id; desks: readonly Id[] }): QueueCount[];
  list(
    queue: Queue,
    person: Id,
    offset: number,
    limit: number,
  ): { rows: ArticleRow[]; total: number };
  row(article: Id): ArticleRow | null;
  /** A sentence or two that say what the article is about. */
  teaser(article: Id): string;
}

export interface Store {
  /** True when a later Stet wrote the database: everything can be seen, nothing changed. */
  readonly readOnly: boolean;
  /** What opening found, in sentences. */
  readonly notices: readonly string[];
  /** By which the server knows this copy of the profile. */
  readonly deviceId: Id;
  /** Takes a new one, under which everything that waits is numbered from 1. */
  renewDevice(): void;
  /** Runs work in one transaction; inside another it joins that one. */
  transaction<T>(work: () => T): T;
  values: ValueStore;
  settings: SettingsStore;
  people: PeopleStore;
  articles: ArticleStore;
  working: WorkingStore;
  revisions: RevisionStore;
  comments: CommentStore;
  /** Comments that are being written. */
  unfinished: UnfinishedStore;
  events: EventStore;
  inbox: InboxStore;
  assets: AssetStore;
  outbox: OutboxStore;
  feed: FeedStore;
  awaited: AwaitedStore;
  vault: VaultStore;
  search: SearchStore;
  queues: QueueStore;
  /** When the last edit reached the disk. */
  savedAt(): Instant | null;
  /** Writes a backup beside the database, by SQLite's online backup. */
  backup(): Promise<{ name: string; bytes: number }>;
  /** What `PRAGMA quick_check` finds wrong: empty when all is well. */
  quickCheck(): Promise<string[]>;
  close(): void;
}
