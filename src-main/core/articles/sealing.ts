import type { Hash, Id } from '#shared/article';
import { describeStoreError, type By, type Store } from '../store/index.ts';
import type { Later } from './types.ts';

/** Two seconds without a key make a revision. */
export const QUIET_MS = 2_000;
/** A text of many megabytes takes seconds to freeze, in which no key is saved: then the pause has to be so much longer. */
const QUIET_FOR_WORK = 10;
const RETRY_MS = 5_000;

export interface Sealing {
  /** The article was edited: it is sealed once it has been quiet. */
  touch(article: Id): void;
  /** Seals now; null when there was nothing new. */
  seal(article: Id): Hash | null;
  /** Seals everything; one article that cannot be sealed does not keep the others. */
  sealAll(): void;
  close(): void;
}

interface Parts {
  store: Store;
  /** Null while nobody is signed in: then edits wait, safe, in the working copy. */
  by: () => By | null;
  later: Later;
  sealed: (article: Id) => void;
  /** Its edits came to nothing new: there is no revision, and nothing is left to seal. */
  unchanged: () => void;
  failed: (article: Id, error: unknown) => void;
}

/** Turns working copies into revisions when their writer pauses. */
export function createSealing({ store, by, later, sealed, unchanged, failed }: Parts): Sealing {
  const planned = new Map<Id, () => void>();
  const work = new Map<Id, number>();

  const callOff = (article: Id): void => {
    planned.get(article)?.();
    planned.delete(article);
  };
  const plan = (article: Id, milliseconds: number): void => {
    callOff(article);
    planned.set(
      article,
      later(milliseconds, () => {
        planned.delete(article);
        try {
          seal(article);
        } catch (error) {
          failed(article, error);
          // A full disk may have room again in a while; the edits are safe in the working copy.
          if (describeStoreError(error)) plan(article, RETRY_MS);
        }
      }),
    );
  };
  const seal = (article: Id): Hash | null => {
    const who = by();
    if (!who) return null;
    const began = performance.now();
    const wasDirty = store.working.dirty(article);
    const hash = store.working.seal(article, who);
    work.set(article, performance.now() - began);
    callOff(article);
    if (hash !== null) sealed(article);
    else if (wasDirty) unchanged();
    return hash;
  };

  return {
    seal,
    touch: (article) =>
      plan(article, Math.max(QUIET_MS, QUIET_FOR_WORK * (work.get(article) ?? 0))),
    sealAll() {
      for (const article of store.working.dirtyArticles())
        try {
          seal(article);
        } catch (error) {
          failed(article, error);
        }
    },
    close() {
      for (const article of [...planned.keys()]) callOff(article);
    },
  };
}
