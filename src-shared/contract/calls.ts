import { z } from 'zod';
import {
  ArticleDelivery,
  Channel,
  DeliveryAct,
  Desk,
  InboxMessage,
  Login,
  Newsroom,
  OpAnswer,
  Password,
  Person,
  Place,
  Present,
  RemoteVersion,
} from '#shared/api';
import {
  changesTo,
  Body,
  Conflict,
  DeskProfile,
  Fields,
  Hash,
  Id,
  ImageInfo,
  Instant,
  RelatedArticle,
} from '#shared/article';
import { DeskRole, Transition } from '#shared/workflow';
import {
  ArticleRow,
  CommentThread,
  HistoryEntry,
  OpenArticle,
  Queue,
  QueueCount,
  UnfinishedComment,
  WorkingEdit,
} from './articles.ts';
import { ImportProposal, ImportSource } from './import.ts';
import { Status } from './status.ts';

const Nothing = z.object({});
const Done = z.object({});
const ArticleRef = z.object({ article: Id });
const DeliveryList = z.object({ deliveries: z.array(ArticleDelivery) });
const Page = z.object({
  offset: z.number().int().min(0).default(0),
  limit: z.number().int().min(1).max(500).default(100),
});

export const Theme = z.enum(['system', 'light', 'dark']);

/** What a person has chosen on this computer. */
export const Settings = z.object({
  theme: Theme.default('system'),
  textSize: z.number().int().min(80).max(160).default(100),
  spellcheck: z.boolean().default(true),
});
export type Settings = z.infer<typeof Settings>;

/** A person of the sample newsroom who can be played. */
export const SamplePerson = z.object({
  login: z.string(),
  name: z.string(),
  title: z.string(),
  desk: z.string(),
});

/** An entry of the outbox. `parked` ones were refused: the work is kept, `message` says why. */
export const OutboxItem = z.object({
  id: Id,
  seq: z.number().int(),
  at: Instant,
  what: z.string(),
  article: Id.nullable(),
  headline: z.string(),
  state: z.enum(['waiting', 'sending', 'parked']),
  attempts: z.number().int(),
  message: z.string(),
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/**
 * Unsent work of an article that was closed to the person. `changes` says what had not been sent; `way` where it can be
 * brought back to now, and why just there.
 */
export const VaultItem = z.object({
  id: z.string(),
  at: Instant,
  headline: z.string(),
  why: z.string(),
  changes: z.array(z.string()),
  broughtBack: z.object({ article: Id, at: Instant }).nullable(),
  way: z.object({ to: z.enum(['article', 'new', 'nowhere']), why: z.string() }),
});
export type VaultItem = z.infer<typeof VaultItem>;

const VaultRef = z.object({ id: z.string().max(200) });

export const ServerInfo = z.object({
  url: z.string(),
  outbox: z.array(OutboxItem),
  cursor: z.string(),
  lastAnswer: OpAnswer.nullable(),
});

/** A name offered while typing into a byline or contributor field. */
export const NameSuggestion = z.object({
  name: z.string(),
  detail: z.string(),
  person: Id.optional(),
  desk: Id.optional(),
  affiliation: z.string().default(''),
});
export type NameSuggestion = z.infer<typeof NameSuggestion>;

/** A colleague who is in an article just now, and in which block of it. */
export const Colleague = Present.extend({ name: z.string() });
export type Colleague = z.infer<typeof Colleague>;

/** A related article offered from the archive; `why` says what it shares: "close match", "same people". */
export const RelatedSuggestion = z.object({ related: RelatedArticle, why: z.string() });
export type RelatedSuggestion = z.infer<typeof RelatedSuggestion>;

/** Everything the renderer may ask of the core. Inputs and outputs are parsed on the core's side of the wall. */
export const CALLS = {
  'app.status': { input: Nothing, output: Status },
  'app.openExternal': { input: z.object({ url: z.string().max(2048) }), output: Done },
  'settings.get': { input: Nothing, output: Settings },
  'settings.set': { input: changesTo(Settings), output: Settings },
  'store.backup': {
    input: Nothing,
    output: z.object({ name: z.string(), bytes: z.number().int() }),
  },

  'setup.samplePeople': {
    input: Nothing,
    output: z.object({ available: z.boolean(), why: z.string(), people: z.array(SamplePerson) }),
  },
  'setup.sample': { input: z.object({ login: z.string().max(100) }), output: Done },
  'setup.connect': {
    input: z.object({
      url: z.string().max(300),
      login: z.string().max(100),
      password: z.string().max(200),
    }),
    output: Done,
  },
  'setup.accept': {
    input: z.object({
      url: z.string().max(300),
      code: z.string().max(200),
      login: Login,
      password: Password,
    }),
    output: Done,
  },
  'session.signIn': { input: z.object({ password: z.string().max(200) }), output: Done },
  /** `devices` is how many others were signed out. */
  'session.changePassword': {
    input: z.object({ current: z.string().max(200), password: Password }),
    output: z.object({ devices: z.number().int() }),
  },
  'session.signOut': { input: Nothing, output: Done },
  'sample.server': { input: z.object({ running: z.boolean() }), output: Done },

  /** Where the person is now, for colleagues to see; gives who else is where. */
  'presence.move': {
    input: z.object({ place: Place.nullable() }),
    output: z.object({ here: z.array(Colleague) }),
  },
  'sync.now': { input: Nothing, output: Done },
  'sync.pause': { input: z.object({ paused: z.boolean() }), output: Done },
  'outbox.list': { input: Nothing, output: ServerInfo },
  'outbox.retry': { input: z.object({ id: Id }), output: Done },
  'outbox.dismiss': { input: z.object({ id: Id }), output: Done },
  'outbox.export': { input: Nothing, output: z.object({ name: z.string(), text: z.string() }) },

  'vault.list': { input: Nothing, output: z.object({ items: z.array(VaultItem) }) },
  /** What is kept, piece by piece, and the same as one text with the name of a file for it. */
  'vault.read': {
    input: VaultRef,
    output: z.object({
      item: VaultItem,
      parts: z.array(z.object({ label: z.string(), text: z.string() })),
      name: z.string(),
      text: z.string(),
    }),
  },
  /** Brings it back into its article, or as a new one. The vault keeps it all the same until it is discarded. */
  'vault.bringBack': { input: VaultRef, output: z.object({ article: Id, isNew: z.boolean() }) },
  'vault.discard': { input: VaultRef, output: Done },

  'queues.counts': {
    input: Nothing,
    output: z.object({
      counts: z.array(QueueCount),
      people: z.number().int(),
      inbox: z.array(z.object({ desk: Id, open: z.number().int() })),
    }),
  },
  'articles.list': {
    input: Page.extend({ queue: Queue }),
    output: z.object({ rows: z.array(ArticleRow), total: z.number().int() }),
  },
  'articles.search': {
    input: Page.extend({ text: z.string().max(500) }),
    output: z.object({ rows: z.array(ArticleRow), total: z.number().int() }),
  },

  'article.create': {
    input: z.object({
      desk: Id.nullable().default(null),
      headline: z.string().max(500).default(''),
    }),
    output: ArticleRef,
  },
  'article.open': { input: ArticleRef, output: OpenArticle },
  /** Answers when the edit is on the disk. `merged` is the new working copy when the edit had to be merged. */
  'article.edit': {
    input: WorkingEdit,
    output: z.object({
      savedAt: Instant,
      generation: z.number().int(),
      merged: OpenArticle.nullable(),
    }),
  },
  /** Turns the working copy into a revision now; `hash` is null when there was nothing new. */
  'article.seal': { input: ArticleRef, output: z.object({ hash: Hash.nullable() }) },
  'article.transition': {
    input: ArticleRef.extend({
      transition: Transition,
      reason: z.string().max(2000).optional(),
      /** For `schedule`: when, in UTC. */
      at: Instant.optional(),
      /** For `correct`: the note readers see. Stet adds it to the corrections, seals, approves and publishes. */
      note: z.string().max(2000).optional(),
      /** The revision meant, when it is not the newest: publishing the approved one while the head has moved on. */
      revision: Hash.optional(),
    }),
    output: Done,
  },
  'article.bin': { input: ArticleRef.extend({ binned: z.boolean() }), output: Done },
  'article.history': { input: ArticleRef, output: z.object({ entries: z.array(HistoryEntry) }) },
  'article.restore': { input: ArticleRef.extend({ revision: Hash }), output: Done },
  'revision.read': {
    input: ArticleRef.extend({ revision: Hash }),
    output: z.object({ fields: Fields, body: Body, conflicts: z.array(Conflict) }),
  },

  'comments.list': {
    input: ArticleRef,
    output: z.object({
      threads: z.array(CommentThread),
      unfinished: z.array(UnfinishedComment),
    }),
  },
  /** Keeps what is written of a comment, in place of what was kept for the same words or thread; without text it is given up. */
  'comments.keep': { input: ArticleRef.extend(UnfinishedComment.shape), output: Done },
  'comments.add': {
    input: ArticleRef.extend({
      thread: Id.nullable(),
      anchor: CommentThread.shape.anchor,
      kind: z.enum(['comment', 'reply', 'resolve', 'reopen']),
      text: z.string().max(10_000),
    }),
    output: Done,
  },

  'related.search': {
    input: z.object({ article: Id, text: z.string().max(500) }),
    output: z.object({ found: z.array(RelatedSuggestion), milliseconds: z.number() }),
  },
  'related.suggest': {
    input: ArticleRef,
    output: z.object({ found: z.array(RelatedSuggestion), milliseconds: z.number() }),
  },
  'related.fromUrl': {
    input: z.object({ url: z.string().max(2048) }),
    output: z.object({ related: RelatedArticle, fetched: z.boolean(), message: z.string() }),
  },

  'names.suggest': {
    input: z.object({ text: z.string().max(200) }),
    output: z.object({ found: z.array(NameSuggestion) }),
  },
  'people.list': {
    input: Nothing,
    output: z.object({ people: z.array(Person), desks: z.array(Desk), newsroom: Newsroom }),
  },
  'people.invite': {
    input: z.object({ name: z.string().min(1).max(200), desk: Id, role: DeskRole }),
    output: z.object({ code: z.string(), url: z.string(), expiresAt: Instant }),
  },
  'desks.save': {
    input: z.object({ desk: Id, name: z.string().min(1).max(200), profile: DeskProfile }),
    output: Done,
  },

  /** What the publishing server knows of the CMSs that articles go to: only while it can be reached. */
  'channels.list': { input: Nothing, output: z.object({ channels: z.array(Channel) }) },
  'deliveries.list': { input: ArticleRef, output: DeliveryList },
  'deliveries.decide': {
    input: z.object({ article: Id, channel: Id, decision: DeliveryAct }),
    output: DeliveryList,
  },
  /** Takes exactly this version into the article, joined with its text; the words stand on this computer first. */
  'deliveries.takeIn': {
    input: z.object({ article: Id, channel: Id, theirs: Hash }),
    output: DeliveryList,
  },
  /** `theirs` only tells one version from the next: the newest is what is read. */
  'deliveries.theirs': {
    input: z.object({ article: Id, channel: Id, theirs: Hash.nullable() }),
    output: RemoteVersion,
  },

  'inbox.list': {
    input: z.object({ desk: Id }),
    /** `became` is the article that was made of it, by anyone. */
    output: z.object({
      messages: z.array(InboxMessage.extend({ became: Id.nullable() })),
    }),
  },
  'inbox.handle': { input: z.object({ message: Id, handled: z.boolean() }), output: Done },
  'inbox.toArticle': { input: z.object({ message: Id }), output: ArticleRef },

  'assets.add': {
    input: z.object({ base64: z.base64().max(35_000_000), name: z.string().max(300).default('') }),
    output: ImageInfo,
  },

  'import.read': { input: ImportSource, output: ImportProposal },
  'import.adjust': {
    input: z.object({ id: z.string(), declined: z.array(z.string()), kept: z.array(z.string()) }),
    output: ImportProposal,
  },
  /** Makes a new article of the proposal, or fills the article `into` as long as nothing is written in it. */
  'import.accept': {
    input: z.object({
      id: z.string(),
      desk: Id.nullable().default(null),
      into: Id.nullable().default(null),
    }),
    output: ArticleRef,
  },
  'import.discard': { input: z.object({ id: z.string() }), output: Done },
  'jobs.cancel': { input: z.object({ job: z.string() }), output: Done },
} as const satisfies Record<string, { input: z.ZodType; output: z.ZodType }>;

export type CallName = keyof typeof CALLS;
/** What a caller passes: defaults may be left out. */
export type Input<K extends CallName> = z.input<(typeof CALLS)[K]['input']>;
/** What a handler receives: parsed, defaults filled in. */
export type Parsed<K extends CallName> = z.output<(typeof CALLS)[K]['input']>;
export type Output<K extends CallName> = z.output<(typeof CALLS)[K]['output']>;

/** Everything the core tells the renderer without being asked. */
export const EVENTS = {
  status: Status,
  /** Colleagues came to an article, moved in it or left: all who are anywhere. */
  presence: z.object({ here: z.array(Colleague) }),
  /** Something in the lists changed: counts and rows are to be read again. */
  lists: z.object({}),
  /** An article's record, history or comments changed; `working` is true when its working copy did, by another hand. */
  article: z.object({ article: Id, working: z.boolean() }),
  inbox: z.object({ desk: Id }),
  /** Long work: `total` is null while unknown; `done` is true once, at the end. */
  progress: z.object({
    job: z.string(),
    label: z.string(),
    done: z.number().int(),
    total: z.number().int().nullable(),
    finished: z.boolean(),
  }),
  /**
   * A sentence to show for a while, with the article it is about, or the command that shows more of it. A warning stays
   * until it is dismissed, unless it is `passing`: the window tells the same elsewhere.
   */
  notice: z.object({
    tone: z.enum(['info', 'warning']),
    text: z.string(),
    article: Id.nullable(),
    command: z.string().optional(),
    passing: z.boolean().optional(),
  }),
  /** The host asks for a command of the command table, from a menu or a deep link. */
  command: z.object({ command: z.string(), article: Id.nullable() }),
} as const satisfies Record<string, z.ZodType>;

export type EventName = keyof typeof EVENTS;
export type EventData<K extends EventName> = z.output<(typeof EVENTS)[K]>;
export type Emit = <K extends EventName>(name: K, data: EventData<K>) => void;
