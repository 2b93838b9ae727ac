import type { Person } from '#shared/api';
import type { Clock, Hash, Id, RandomBytes } from '#shared/article';
import type { Emit, Handlers } from '#shared/contract';
import type { By, Log, Store } from '../store/index.ts';

/** Runs work after so many milliseconds; gives a function that calls it off. */
export type Later = (milliseconds: number, work: () => void) => () => void;

export interface ArticleDeps {
  store: Store;
  emit: Emit;
  /** The signed-in person; throws a StetError when there is none. */
  person: () => Person;
  clock: Clock;
  random: RandomBytes;
  /** Something waits in the outbox: time to sync. */
  wake: () => void;
  /** What the status bar tells may have changed. */
  statusChanged: () => void;
  /** The address of the publishing server, empty when there is none. */
  serverUrl: () => string;
  /** Hears of what went wrong beside any call. */
  log?: Log;
  /** Timers of the machine unless a test brings its own. */
  later?: Later;
}

/** What the handlers share: the dependencies and what is said after a change. */
export interface Context extends ArticleDeps {
  by: (note?: string) => By;
  /** Tells window, status bar and sync that an article changed here. */
  changed: (article: Id, options?: { working?: boolean }) => void;
  seal: (article: Id) => Hash | null;
  touch: (article: Id) => void;
}

export type ArticleCall =
  | 'queues.counts'
  | 'articles.list'
  | 'articles.search'
  | 'article.create'
  | 'article.open'
  | 'article.edit'
  | 'article.seal'
  | 'article.transition'
  | 'article.bin'
  | 'article.history'
  | 'article.restore'
  | 'revision.read'
  | 'comments.list'
  | 'comments.add'
  | 'comments.keep'
  | 'related.search'
  | 'related.suggest'
  | 'names.suggest'
  | 'people.list'
  | 'inbox.list'
  | 'inbox.handle'
  | 'inbox.toArticle'
  | 'outbox.list'
  | 'outbox.retry'
  | 'outbox.dismiss'
  | 'outbox.export'
  | 'settings.get'
  | 'settings.set'
  | 'store.backup';

export type ArticleHandlers = Pick<Handlers, ArticleCall>;

export interface Articles {
  handlers: ArticleHandlers;
  /** For the status bar: when the last edit reached the disk, and why edits cannot be written now. */
  saved(): { at: string | null; failing: string | null };
  /** Seals what an earlier run left unsealed; to be called once a person is signed in. */
  resume(): void;
  /** Seals everything now: before the database is closed. */
  sealAll(): void;
  /** Calls off what is planned. */
  close(): void;
}
