import type { CommentEntry, Person } from '#shared/api';
import {
  canonicalJson,
  newId,
  type Clock,
  type Content,
  type Hash,
  type Id,
  type RandomBytes,
} from '#shared/article';
import { StetError } from '#shared/contract';
import type { By, KeptWork, Store } from '../store/index.ts';
import { isQueued, putBeside, takeInBeside } from '../sync/index.ts';
import { deskFor, tipOf, waitingRevisions, wayBack } from './way-back.ts';

interface Bringing {
  store: Store;
  person: Person;
  by: By;
  clock: Clock;
  random: RandomBytes;
}

/**
 * Brings work of the vault back where {@link wayBack} says. Everything comes in one transaction, in which the caller
 * notes it; the vault keeps its file.
 */
export function bringBack(bringing: Bringing, kept: KeptWork): Id {
  const { store, person } = bringing;
  const way = wayBack(store, person, kept);
  if (way.to === 'nowhere' || !kept.content) throw new StetError('refused', way.why);
  if (way.to === 'new') return asNew(bringing, kept, kept.content);
  intoArticle(bringing, kept, kept.content);
  return kept.article;
}

/** The revisions go out as they were made, what was written on them or refused as one more; then both lines are joined. */
function intoArticle(bringing: Bringing, kept: KeptWork, content: Content): void {
  const { store, person, by, clock } = bringing;
  const { article } = kept;
  if (!store.articles.exists(article)) startAgain(store, kept);
  store.working.seal(article, { author: by.author, device: by.device });
  const there = isQueued(store, article);
  const waiting = waitingRevisions(kept);
  for (const { payload } of kept.operations) {
    if (payload.kind !== 'revision' || !waiting.has(payload.revision.hash)) continue;
    const { hash } = payload.revision;
    store.revisions.put(payload.revision);
    if (!store.revisions.isKnown(hash) && !there.has(hash)) store.outbox.add(payload, person.id);
  }
  let tip = tipOf(store, kept);
  // Where what was refused is passed over, its words are in the text alone, also when that was sealed.
  const holdsMore = kept.dirty || tip !== kept.base;
  if (tip !== null && holdsMore && !says(store, tip, content))
    tip = putBeside(store, article, { content, parent: tip, by, clock });
  if (tip !== null) takeInBeside(store, article, tip, by);
  for (const entry of commentsOf(kept, person)) {
    const isHere = store.comments.list(article).some(({ id }) => id === entry.id);
    if (!isHere) send(bringing, entry);
  }
  // What was begun since the article was closed is nowhere else.
  for (const comment of kept.unfinished) store.unfinished.join(article, comment);
}

/** The server had lost the article: it is begun here as it once was, and its revisions follow with their pictures. */
function startAgain(store: Store, kept: KeptWork): void {
  const { article, operations } = kept;
  const waiting = waitingRevisions(kept);
  for (const { payload } of operations) {
    const revision = payload.kind === 'revision' ? waiting.get(payload.revision.hash) : undefined;
    if (payload.kind !== 'revision' || !revision) continue;
    for (const picture of revision.assets) store.assets.offerAgain(picture);
    if (revision.parents.length > 0 || store.articles.exists(article)) continue;
    const { author, at } = payload.revision.envelope;
    store.articles.create({ id: article, desk: revision.fields.desk, createdBy: author, at });
  }
}

function says(store: Store, hash: Hash, { fields, body, conflicts }: Content): boolean {
  const sealed = store.revisions.open(hash);
  if (!sealed) return false;
  const text = (of: Content): string =>
    canonicalJson({ fields: of.fields, body: of.body, conflicts: of.conflicts });
  return text(sealed) === text({ fields, body, conflicts });
}

function asNew(bringing: Bringing, kept: KeptWork, content: Content): Id {
  const { store, person, by, clock, random } = bringing;
  const desk = deskFor(person, kept) ?? null;
  const article = newId(clock, random);
  const at = new Date(clock()).toISOString();
  store.articles.create({ id: article, desk, createdBy: person.id, at });
  store.working.commit(article, {
    content: { ...content, fields: { ...content.fields, desk } },
    by,
  });
  const threads = new Map<Id, Id>();
  for (const { thread, anchor, text } of commentsOf(kept, person)) {
    if (text === '') continue;
    const id = newId(clock, random);
    // A reply to a thread that stayed with the article opens one of its own.
    const opening = threads.get(thread);
    if (opening === undefined) threads.set(thread, id);
    const entry = { id, article, thread: opening ?? id, text, author: person.id, at };
    send(
      bringing,
      opening === undefined
        ? { ...entry, kind: 'comment', anchor }
        : { ...entry, kind: 'reply', anchor: null },
    );
  }
  keepUnfinished(store, article, kept, threads);
  return article;
}

/** Replies to threads that stayed with the article have no place of their own in the new one: they become one comment on it. */
function keepUnfinished(
  store: Store,
  article: Id,
  { unfinished }: KeptWork,
  threads: ReadonlyMap<Id, Id>,
): void {
  for (const { thread, anchor, text } of unfinished) {
    const opened = thread ? threads.get(thread) : undefined;
    store.unfinished.join(article, { thread: opened ?? null, anchor, text });
  }
}

/** Only one's own: the server takes a comment from whoever signed it. */
function commentsOf({ operations }: KeptWork, { id }: Person): CommentEntry[] {
  return operations.flatMap(({ payload }) =>
    payload.kind === 'comment' && payload.entry.author === id ? [payload.entry] : [],
  );
}

function send({ store, person }: Bringing, entry: CommentEntry): void {
  store.comments.put(entry);
  store.outbox.add({ kind: 'comment', entry }, person.id);
}
