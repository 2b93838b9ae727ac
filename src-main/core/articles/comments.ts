import { openThreads, type CommentEntry } from '#shared/api';
import { newId, type Id } from '#shared/article';
import { StetError, type CommentThread } from '#shared/contract';
import { can } from '#shared/workflow';
import { nameOf } from './names.ts';
import { recordOf } from './opening.ts';
import type { ArticleHandlers, Context } from './types.ts';

/** Comment threads: read, and added to. */
export function commentHandlers(
  context: Context,
): Pick<ArticleHandlers, 'comments.list' | 'comments.add' | 'comments.keep'> {
  const { store, clock, random } = context;
  return {
    'comments.list': ({ article }) => ({
      threads: threadsOf(context, article),
      unfinished: store.unfinished.list(article),
    }),
    'comments.keep': ({ article, thread, anchor, text }) => {
      recordOf(context, article);
      store.unfinished.keep(article, { thread, anchor, text });
      return {};
    },
    'comments.add': ({ article, thread, anchor, kind, text }) => {
      const person = context.person();
      const action = kind === 'comment' || kind === 'reply' ? 'comment.write' : 'comment.resolve';
      if (!can(person, action, recordOf(context, article)))
        throw new StetError(
          'forbidden',
          'This article belongs to another desk, so its comments are theirs to write.',
        );
      if (action === 'comment.write' && text.trim() === '')
        throw new StetError('bad-input', 'Write something first.');
      const standing = store.comments.list(article);
      const opening = standing.find(({ id }) => id === thread);
      if ((kind === 'comment') !== (thread === null) || (thread !== null && !opening))
        throw new StetError('not-found', 'This comment is no longer there.');
      const id = newId(clock, random);
      const entry: CommentEntry = {
        id,
        article,
        thread: thread ?? id,
        kind,
        anchor: kind === 'comment' ? anchor : null,
        text: text.trim(),
        author: person.id,
        at: new Date(clock()).toISOString(),
        ...(kind === 'resolve' && { after: lastOfOthers(standing, thread, person.id) }),
      };
      // The words that it speaks of go first: a server that has never heard of the article refuses the comment.
      context.seal(article);
      store.transaction(() => {
        store.comments.put(entry);
        store.outbox.add({ kind: 'comment', entry }, person.id);
        if (action === 'comment.write')
          store.unfinished.keep(article, { thread, anchor, text: '' });
      });
      context.changed(article);
      return {};
    },
  };
}

/** What is read of a thread, for those who meet a `resolve`: one's own entries need no reading. */
function lastOfOthers(
  entries: readonly CommentEntry[],
  thread: Id | null,
  own: Id,
): CommentEntry['id'] | null {
  return entries.findLast((one) => one.thread === thread && one.author !== own)?.id ?? null;
}

function threadsOf(context: Context, article: Id): CommentThread[] {
  const waiting = new Set(
    context.store.outbox
      .pending(article)
      .map(({ payload }) => (payload.kind === 'comment' ? payload.entry.id : '')),
  );
  const entries = context.store.comments.list(article);
  const open = openThreads(entries);
  const threads = new Map<Id, CommentThread>();
  for (const entry of entries) {
    const thread = threads.get(entry.thread) ?? {
      id: entry.thread,
      anchor: entry.anchor,
      resolved: !open.has(entry.thread),
      entries: [],
    };
    threads.set(entry.thread, thread);
    if (entry.id === entry.thread) thread.anchor = entry.anchor;
    thread.entries.push({
      ...entry,
      authorName: nameOf(context, entry.author),
      waiting: waiting.has(entry.id),
    });
  }
  return [...threads.values()];
}
