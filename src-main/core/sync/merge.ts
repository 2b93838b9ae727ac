import { emptyFields, RevisionError, type Content, type Hash, type Id } from '#shared/article';
import { StetError } from '#shared/contract';
import { mergeContents } from '#shared/merge';
import { describeStoreError, type By, type Store } from '../store/index.ts';
import { titleOf, type SyncContext } from './context.ts';

function contentOf(store: Store, hash: Hash | null): Content {
  const revision = hash === null ? null : store.revisions.open(hash);
  if (!revision) return { fields: emptyFields(), body: [], conflicts: [] };
  return { fields: revision.fields, body: revision.body, conflicts: revision.conflicts };
}

/**
 * Joins the work of this computer with the server's head into a revision of two parents, which is queued and becomes
 * the working copy. Gives the number of conflicts that now stand in it, or null when there was nothing to join.
 */
export function mergeArticle(store: Store, article: Id, by: By): number | null {
  return store.transaction(() => {
    store.working.seal(article, by);
    const theirs = store.articles.serverHead(article);
    const ours = store.working.read(article)?.base ?? null;
    if (theirs === null || ours === null || theirs === ours) return null;
    if (!store.revisions.has(theirs) || store.revisions.isAncestor(theirs, ours)) return null;
    if (store.revisions.isAncestor(ours, theirs)) {
      store.working.replace(article, contentOf(store, theirs), theirs);
      return 0;
    }
    const base = store.revisions.mergeBase(ours, theirs);
    const merged = mergeContents(
      contentOf(store, base),
      contentOf(store, ours),
      contentOf(store, theirs),
    );
    store.working.commit(article, {
      content: merged.content,
      parents: [ours, theirs],
      base: theirs,
      by: { ...by, note: 'Merged' },
    });
    return merged.conflicts;
  });
}

export interface Merging {
  /** These articles may have to be merged. */
  needsMerge(articles: readonly Id[]): void;
  /** Merges what is quiet. Gives the milliseconds until the next article may be, or null when none waits. */
  mergeQuiet(): number | null;
  /** The person is typing in this article: it is left alone for two seconds. */
  noteEdit(article: Id): void;
}

const QUIET_MS = 2000;

export function createMerging(context: SyncContext): Merging {
  const { store, timers, events, log } = context;
  const lastEdits = new Map<Id, number>();
  /** Null until the store has been asked, once, what was left to merge when Stet was closed. */
  let expected: Set<Id> | null = null;

  const quietIn = (article: Id): number =>
    Math.max(0, (lastEdits.get(article) ?? -Infinity) + QUIET_MS - timers.now());

  const merge = (article: Id, by: By): void => {
    try {
      const conflicts = mergeArticle(store, article, by);
      if (conflicts === null) return;
      events.working([article]);
      events.articles([article]);
      events.notice(
        conflicts > 0 ? 'warning' : 'info',
        conflicts > 0
          ? `${titleOf(store, article)}: you and a colleague changed the same words. Both versions stand in the text; settle them before it is approved.`
          : `${titleOf(store, article)}: your edits and those of a colleague were joined.`,
        article,
      );
    } catch (error) {
      // What the disk refuses concerns everything; what is wrong with one article must not hold up the others.
      if (!(error instanceof StetError) && describeStoreError(error)) throw error;
      const newer = error instanceof RevisionError && error.code === 'newer-schema';
      log(newer ? 'warn' : 'error', `Article ${article} could not be merged.`, error);
      events.notice(
        'warning',
        newer
          ? `${titleOf(store, article)}: a colleague edited it with a newer version of Stet. Your edits are safe on this computer; update Stet to join them.`
          : `${titleOf(store, article)}: your edits and those of a colleague could not be joined. Both are safe; Stet tries again when the article changes.`,
        article,
      );
    }
  };

  return {
    needsMerge(articles) {
      for (const article of articles) expected?.add(article);
    },
    noteEdit: (article) => void lastEdits.set(article, timers.now()),
    mergeQuiet() {
      const by = context.by();
      if (!by) return null;
      let next: number | null = null;
      expected ??= new Set(store.feed.needsMerge());
      for (const article of expected) {
        const wait = quietIn(article);
        if (wait > 0) {
          next = Math.min(next ?? wait, wait);
          continue;
        }
        merge(article, by);
        expected.delete(article);
      }
      return next;
    },
  };
}
