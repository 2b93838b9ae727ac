import type { CommentEntry, OpPayload } from '#shared/api';
import { canonicalJson, type Content, type Hash, type Id } from '#shared/article';
import type { Store } from '../../../src-main/core/store/index.ts';

type Begun = ReturnType<Store['unfinished']['list']>[number];

/** What the vault kept of an article; only what the checker reads of it. */
export interface Kept {
  content: Content | null;
  unfinished: readonly Begun[];
  operations: readonly { payload: OpPayload; state: 'waiting' | 'parked' }[];
}

/** How this computer stood before something was brought back. */
export interface Before {
  comments: readonly CommentEntry[];
  begun: readonly Begun[];
  waiting: ReadonlySet<Hash>;
  said: readonly CommentEntry[];
}

const waitingIn = ({ outbox }: Store, article: Id): OpPayload[] =>
  outbox.entriesOf(article).flatMap(({ op, state }) => (state === 'waiting' ? [op.payload] : []));

const revisionsAmong = (payloads: readonly OpPayload[]): Hash[] =>
  payloads.flatMap((payload) => (payload.kind === 'revision' ? [payload.revision.hash] : []));

const commentsAmong = (payloads: readonly OpPayload[]): CommentEntry[] =>
  payloads.flatMap((payload) => (payload.kind === 'comment' ? [payload.entry] : []));

export function standingBefore(store: Store, article: Id): Before {
  return {
    comments: store.comments.list(article),
    begun: store.unfinished.list(article),
    waiting: new Set(revisionsAmong(waitingIn(store, article))),
    said: commentsAmong(waitingIn(store, article)),
  };
}

const sameOf = <T>(left: readonly T[], right: readonly T[]): boolean =>
  canonicalJson(left) === canonicalJson(right);

const keyOf = ({ thread, anchor }: Begun): string =>
  canonicalJson([thread, thread ? null : anchor]);

/** The comments and replies of this person that had not been sent. */
function saidIn({ operations }: Kept, who: Id): CommentEntry[] {
  return operations.flatMap(({ payload }) =>
    payload.kind === 'comment' && payload.entry.author === who ? [payload.entry] : [],
  );
}

/**
 * In its article everything stands and waits once: what had been said, what had been begun beside what was begun since, and
 * the revisions that the server has not. Null where it is so.
 */
export function wrongInArticle(
  store: Store,
  who: Id,
  article: Id,
  kept: Kept,
  before: Before,
): string | null {
  const said = saidIn(kept, who);
  const waits = waitingIn(store, article);
  const list = store.comments.list(article);
  for (const entry of said) {
    const count = list.filter(({ id }) => id === entry.id).length;
    const wasHere = before.comments.some(({ id }) => id === entry.id);
    const sent = commentsAmong(waits).filter(({ id }) => id === entry.id);
    const should = wasHere ? before.said.filter(({ id }) => id === entry.id) : [entry];
    if (count !== 1 || !sameOf(sent, should))
      return `with ${count} of “${entry.text}”, which waits ${sent.length} times`;
  }
  const begun = store.unfinished.list(article);
  const lost = [...before.begun, ...kept.unfinished].find(
    (one) => !begun.some((each) => keyOf(each) === keyOf(one) && each.text.includes(one.text)),
  );
  if (lost) return `without “${lost.text}”, which was begun`;
  const hashes = revisionsAmong(waits);
  if (new Set(hashes).size !== hashes.length) return 'with a revision that is sent twice';
  const known = hashes.find((hash) => !before.waiting.has(hash) && store.revisions.isKnown(hash));
  return known === undefined ? null : `with ${known} to be sent, which the server has`;
}

/**
 * As a new article, on a desk of this person’s: a thread of theirs with all that they had said in it, a thread for each reply
 * to somebody else, and all that was begun, where it can still be said. Null where it is so.
 */
export function wrongInNew(
  store: Store,
  { id: who, desks }: { id: Id; desks: readonly Id[] },
  article: Id,
  kept: Kept,
): string | null {
  const { desk } = store.articles.record(article) ?? { desk: null };
  const named = store.working.read(article)?.content.fields.desk ?? null;
  if (desk === null || named !== desk || !desks.includes(desk))
    return `on the desk ${String(desk)}, in the text ${String(named)}`;
  const said = saidIn(kept, who).filter(({ text }) => text !== '');
  const list = store.comments.list(article);
  if (!sameOf(commentsAmong(waitingIn(store, article)), list))
    return 'with comments that do not wait';
  if (
    !sameOf(
      list.map(({ text }) => text),
      said.map(({ text }) => text),
    )
  )
    return 'with other comments than there were';
  const opened = new Map<Id, Id>();
  for (const [index, entry] of list.entries()) {
    const was = said[index]!;
    const thread = opened.get(was.thread) ?? entry.id;
    opened.set(was.thread, thread);
    const kind = thread === entry.id ? 'comment' : 'reply';
    const anchor = kind === 'comment' ? was.anchor : null;
    if (
      entry.thread !== thread ||
      entry.kind !== kind ||
      entry.author !== who ||
      !sameOf([entry.anchor], [anchor])
    )
      return `with “${entry.text}” elsewhere than it was said`;
  }
  const begun = store.unfinished.list(article);
  for (const { thread, anchor, text } of kept.unfinished) {
    const there = begun.filter((one) => one.text.includes(text));
    const moved = thread === null ? null : (opened.get(thread) ?? null);
    const isThere = there.some(
      (one) => one.thread === moved && (moved ?? sameOf([one.anchor], [anchor])),
    );
    if (!isThere) return `without “${text}” where it was begun`;
  }
  return null;
}
