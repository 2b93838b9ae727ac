import type { Instant } from '#shared/article';
import { StetError, type Input, type OpenArticle, type Output } from '#shared/contract';
import type { SavingState } from '../types.ts';

export type EditInput = Input<'article.edit'>;

/** What the queue needs of the working copy it saves. */
export interface EditSource {
  /** Takes what is unsaved now; null when there is nothing. What is taken is the queue's until it is given back. */
  take: () => EditInput | null;
  /** The edit is on the disk. */
  stored: (answer: Output<'article.edit'>) => void;
  /** The edit could not be stored: it is unsaved again, beneath whatever was typed since. */
  giveBack: () => void;
  send: (edit: EditInput) => Promise<Output<'article.edit'>>;
  /** True when another hand changed the working copy and nobody has read it since. */
  stale: () => boolean;
  /** Null when the article is no longer on this computer. */
  reopen: () => Promise<OpenArticle | null>;
  adopt: (article: OpenArticle) => void;
  changed: (saving: SavingState) => void;
}

/** Edits leave at most this long after the key, and at most this often. */
const COALESCE_MS = 120;
const RETRY_MS = [500, 1000, 2000, 4000, 8000];

/**
 * Sends edits one at a time: the first key at once, what follows gathered while one is on its way or fresh. A failed
 * edit is kept and tried again until it is stored.
 */
export function createEditQueue(source: EditSource) {
  let busy: Promise<void> | null = null;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let lastSent = -Infinity;
  let failures = 0;
  let savedAt: Instant | null = null;
  let waiting: { resolve: () => void; reject: (error: unknown) => void }[] = [];

  const schedule = (delay: number): void => {
    if (timer !== null) clearTimeout(timer);
    timer = setTimeout(() => {
      timer = null;
      run();
    }, delay);
  };

  const settle = (error?: unknown): void => {
    const all = waiting;
    waiting = [];
    for (const { resolve, reject } of all) {
      if (error === undefined) resolve();
      else
        reject(
          error instanceof Error
            ? error
            : new Error('The text could not be saved.', { cause: error }),
        );
    }
  };

  const fail = (error: unknown): void => {
    const message =
      error instanceof StetError || error instanceof Error
        ? error.message
        : 'The text could not be saved.';
    source.changed({ state: 'failing', at: savedAt, message });
    const delay = RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 8000;
    failures += 1;
    settle(error);
    schedule(delay);
  };

  const sendOne = async (edit: EditInput): Promise<void> => {
    lastSent = performance.now();
    try {
      const answer = await source.send(edit);
      failures = 0;
      savedAt = answer.savedAt;
      source.stored(answer);
    } catch (error) {
      source.giveBack();
      throw error;
    }
  };

  const work = async (): Promise<void> => {
    const edit = source.take();
    if (edit) {
      if (failures === 0) source.changed({ state: 'saving', at: savedAt });
      await sendOne(edit);
    } else if (source.stale()) {
      const next = await source.reopen();
      if (next) source.adopt(next);
    }
  };

  const run = (): void => {
    if (busy) return;
    busy = work().then(
      () => {
        busy = null;
        next();
      },
      (error: unknown) => {
        busy = null;
        fail(error);
      },
    );
  };

  let pending: () => boolean = () => false;

  const next = (): void => {
    if (pending()) {
      if (waiting.length > 0) run();
      else schedule(Math.max(0, lastSent + COALESCE_MS - performance.now()));
      return;
    }
    source.changed({ state: 'saved', at: savedAt });
    if (source.stale()) run();
    else settle();
  };

  return {
    /** Something is to be saved or read again. */
    nudge: (): void => {
      if (busy || timer !== null) return;
      const wait = lastSent + COALESCE_MS - performance.now();
      if (wait <= 0) run();
      else schedule(wait);
    },
    /** Sends what is left without waiting; rejects with what stood in the way. */
    flush: (): Promise<void> => {
      if (!busy && !pending() && !source.stale()) return Promise.resolve();
      const done = new Promise<void>((resolve, reject) => waiting.push({ resolve, reject }));
      if (timer !== null) clearTimeout(timer);
      timer = null;
      run();
      return done;
    },
    /** Asks whether anything is unsaved. Set once, by the working copy that makes the queue. */
    watch: (isPending: () => boolean): void => {
      pending = isPending;
    },
    failing: (): boolean => failures > 0,
    idle: (): boolean => !busy && !pending(),
    stop: (): void => {
      if (timer !== null) clearTimeout(timer);
      timer = null;
    },
  };
}
