import type { Person, Present } from '#shared/api';
import type { Clock, Id, RandomBytes } from '#shared/article';
import type { CommandId } from '#shared/contract';
import type { By, Log, Store } from '../store/index.ts';
import type { Timers } from './timers.ts';

/** What a sentence leads to; and whether the window tells the same elsewhere, so that a warning need not stay. */
export interface NoticeMore {
  command?: CommandId;
  passing?: boolean;
}

/** What syncing tells the rest of the core. */
export interface SyncEvents {
  /** State, message or progress changed. */
  standing(): void;
  /** Records, history or comments of these articles changed. */
  articles(changed: readonly Id[]): void;
  /** Working copies of these articles changed otherwise than by typing. */
  working(changed: readonly Id[]): void;
  people(): void;
  inbox(desks: readonly Id[]): void;
  /** Others came, moved or left. */
  present(here: readonly Present[]): void;
  notice(tone: 'info' | 'warning', text: string, article: Id | null, more?: NoticeMore): void;
  /** The server no longer knows this computer's token. */
  unauthorised(message: string): void;
}

/** Reads kind and size of a picture; null when it is none that may enter. */
export type InspectImage = (bytes: Uint8Array) => {
  mime: 'image/jpeg' | 'image/png' | 'image/webp' | 'image/gif' | 'image/avif';
  width: number;
  height: number;
} | null;

export interface SyncContext {
  store: Store;
  clock: Clock;
  random: RandomBytes;
  timers: Timers;
  log: Log;
  events: SyncEvents;
  inspectImage: InspectImage;
  /** In whose name merges are made: the signed-in person at this computer. */
  by(): By | null;
}

/** Who is signed in at this computer, as it knows them; null while nobody is, or nobody it has heard of. */
export function personOf({ store, ...context }: SyncContext): Person | null {
  const author = context.by()?.author;
  return author === undefined ? null : store.people.person(author);
}

/** The headline in quotation marks, for a sentence about the article. */
export function titleOf(store: Store, article: Id): string {
  const row = store.queues.row(article);
  return `“${row?.headline.trim() ?? ''}”`.replace('“”', 'An article without a headline');
}
