import { emptyFields, RevisionError, type Content, type Hash, type Id } from '#shared/article';
import { StetError } from '#shared/contract';
import { mergeContents, movedBlocks, type MovedBlocks } from '#shared/merge';
import { can } from '#shared/workflow';
import { describeStoreError, type By, type Store } from '../store/index.ts';
import { titleOf, type SyncContext } from './context.ts';
import { movedWords } from './moved-words.ts';

function contentOf(store: Store, hash: Hash | null): Content {
  const revision = hash === null ? null : store.revisions.open(hash);
  if (!revision) return { fields: emptyFields(), body: [], conflicts: [] };
  return { fields: revision.fields, body: revision.body, conflicts: revision.conflicts };
}

/**
 * What both sides grew from. Where merges met crosswise that is several revisions, joined here: with only one of them, a
 * decision of one side would pass for what stood there before, and be undone by the other side without a word.
 */
function commonContent(store: Store, left: Hash, right: Hash): Content {
  const [first = null, ...others] = store.revisions.mergeBases(left, right);
  return others.reduce(
    (joined, other) =>
      mergeContents(commonContent(store, first ?? other, other), joined, contentOf(store, other))
        .content,
    contentOf(store, first),
  );
}

/** What a merge left for people to look at. */
interface Joined {
  /** How many conflicts now stand in the article. */
  conflicts: number;
  moved: MovedBlocks;
}

const NOTHING_LEFT: Joined = { conflicts: 0, moved: { apart: [], removed: [] } };

/**
 * Joins the work of this computer with the server's head into a revision of two parents, which is queued and becomes
 * the working copy. Gives what is left to look at, or null when there was nothing to join.
 */
export function mergeArticle(store: Store, article: Id, by: By): Joined | null {
  return store.transaction(() => {
    store.working.seal(article, by);
    const theirs = store.articles.serverHead(article);
    const ours = store.working.read(article)?.base ?? null;
    if (theirs === null || ours === null || theirs === ours) return null;
    if (!store.revisions.has(theirs) || store.revisions.isAncestor(theirs, ours)) return null;
    if (store.revisions.isAncestor(ours, theirs)) {
      store.working.replace(article, contentOf(store, theirs), theirs);
      return NOTHING_LEFT;
    }
    return join(store, article, { ours, theirs, head: theirs, by });
  });
}

/** Joins the text with what stands beside it on the server, whoever wrote that. Gives as {@link mergeArticle} does. */
function mergeSides(store: Store, article: Id, by: By): Joined | null {
  return store.transaction(() => {
    let conflicts: number | null = null;
    const moved: MovedBlocks = { apart: [], removed: [] };
    for (const side of sidesToJoin(store, article, by)) {
      store.working.seal(article, by);
      const ours = store.working.read(article)?.base ?? null;
      if (ours === null || store.revisions.isAncestor(side, ours)) continue;
      const joined = join(store, article, { ours, theirs: side, head: ours, by });
      ({ conflicts } = joined);
      moved.apart.push(...joined.moved.apart);
      moved.removed.push(...joined.moved.removed);
    }
    return conflicts === null ? null : { conflicts, moved };
  });
}

/** None where this computer’s own text is behind, or refused: a merge made on that would be refused as well. */
function sidesToJoin(store: Store, article: Id, by: By): Hash[] {
  const record = store.articles.serverRecord(article);
  const person = store.people.person(by.author);
  if (!record?.head || !person || !can(person, 'article.write', record)) return [];
  const base = store.working.read(article)?.base ?? null;
  const refused = store.outbox
    .pending(article)
    .some(({ state, payload }) => state === 'parked' && payload.kind === 'revision');
  if (refused || base === null || !store.revisions.isAncestor(record.head, base)) return [];
  return record.sides.filter((side) => store.revisions.has(side));
}

/** Joins two revisions into one of two parents, on top of `head`, which becomes the working copy. Gives its conflicts. */
export function join(
  store: Store,
  article: Id,
  { ours, theirs, head, by }: { ours: Hash; theirs: Hash; head: Hash; by: By },
): Joined {
  const base = commonContent(store, ours, theirs);
  const [a, b] = [contentOf(store, ours), contentOf(store, theirs)];
  const { content, conflicts } = mergeContents(base, a, b);
  const moved = movedBlocks(content.body, base.body, a.body, b.body);
  const told = movedWords(moved).map(({ words }) => words);
  store.working.commit(article, {
    content,
    parents: [ours, theirs],
    base: head,
    by: { ...by, note: ['Merged', ...told].join('. ') },
  });
  return { conflicts, moved };
}

/** What is joined, and how that is told. */
interface Joining {
  join: (store: Store, article: Id, by: By) => Joined | null;
  both: string;
  joined: string;
  safe: string;
}

const OWN_EDITS: Joining = {
  join: mergeArticle,
  both: 'you and a colleague',
  joined: 'your edits and those of a colleague',
  safe: 'Your edits are safe on this computer',
};
const SIDES: Joining = {
  join: mergeSides,
  both: 'two colleagues',
  joined: 'the text and another version, which stood beside it on the server,',
  safe: 'Both versions are safe',
};

export interface Merging {
  /** These articles may have to be merged. */
  needsMerge(articles: readonly Id[]): void;
  /** Beside the texts of these articles, others stand on the server. */
  besides(articles: readonly Id[]): void;
  /** Merges what is quiet. Gives the milliseconds until the next article may be, or null when none waits. */
  mergeQuiet(): number | null;
  /** The person is typing in this article: it is left alone for two seconds. */
  noteEdit(article: Id): void;
}

const QUIET_MS = 2000;
/**
 * Whoever sent a text that stands beside the head joins the two at once. Where that computer is lost, or signed out,
 * another does it: after so long, and not all of them together. All would make the same revision.
 */
export const LEFT_TO_SENDER_MS = 300_000;
export const SPREAD_MS = 60_000;

export function createMerging(context: SyncContext): Merging {
  const { store, timers, events, log, random } = context;
  const lastEdits = new Map<Id, number>();
  /** Null until the store has been asked, once, what was left to merge when Stet was closed. */
  let expected: Set<Id> | null = null;
  /** When another text beside an article’s was first heard of and may be joined here. Null like `expected`. */
  let beside: Map<Id, number> | null = null;

  const quietIn = (article: Id): number =>
    Math.max(0, (lastEdits.get(article) ?? -Infinity) + QUIET_MS - timers.now());

  const noteBeside = (articles: readonly Id[]): void => {
    const spread = ((random(1)[0] ?? 0) / 255) * SPREAD_MS;
    for (const article of articles)
      if (!beside?.has(article)) beside?.set(article, timers.now() + LEFT_TO_SENDER_MS + spread);
  };

  const merge = (article: Id, by: By, what: Joining = OWN_EDITS): void => {
    try {
      const joined = what.join(store, article, by);
      if (joined === null) return;
      const { conflicts, moved } = joined;
      events.working([article]);
      events.articles([article]);
      const told =
        conflicts > 0
          ? `${what.both} changed the same words. Both versions stand in the text; settle them before it is approved.`
          : `${what.joined} were joined.`;
      const places = movedWords(moved).map(({ words, advice }) => `${words}. ${advice}`);
      events.notice(
        conflicts > 0 || places.length > 0 ? 'warning' : 'info',
        `${titleOf(store, article)}: ${[told, ...places].join(' ')}`,
        article,
        // That there are versions to settle stands in the lists and in Review for as long as it is so.
        { passing: places.length === 0 },
      );
    } catch (error) {
      // What the disk refuses concerns everything; what is wrong with one article must not hold up the others.
      if (!(error instanceof StetError) && describeStoreError(error)) throw error;
      const newer = error instanceof RevisionError && error.code === 'newer-schema';
      log(newer ? 'warn' : 'error', `Article ${article} could not be merged.`, error);
      events.notice(
        'warning',
        newer
          ? `${titleOf(store, article)}: a colleague edited it with a newer version of Stet. ${what.safe}; update Stet to join them.`
          : `${titleOf(store, article)}: ${what.joined} could not be joined. Both are safe; Stet tries again when the article changes.`,
        article,
      );
    }
  };

  return {
    needsMerge(articles) {
      for (const article of articles) expected?.add(article);
    },
    noteEdit: (article) => void lastEdits.set(article, timers.now()),
    besides: noteBeside,
    mergeQuiet() {
      const by = context.by();
      if (!by) return null;
      let next: number | null = null;
      const isDue = (article: Id, wait: number): boolean => {
        const left = Math.max(wait, quietIn(article));
        if (left > 0) next = Math.min(next ?? left, left);
        return left <= 0;
      };
      expected ??= new Set(store.feed.needsMerge());
      for (const article of expected) {
        if (!isDue(article, 0)) continue;
        merge(article, by);
        expected.delete(article);
      }
      if (beside === null) {
        beside = new Map();
        noteBeside(store.articles.withSides());
      }
      for (const [article, from] of beside) {
        if (!isDue(article, from - timers.now())) continue;
        merge(article, by, SIDES);
        beside.delete(article);
      }
      return next;
    },
  };
}
