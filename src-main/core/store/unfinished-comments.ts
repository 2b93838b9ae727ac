import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import type { Id } from '#shared/article';
import { UnfinishedComment } from '#shared/contract';
import type { UnfinishedStore, ValueStore } from './types.ts';

const keyOf = (article: Id): string => `comments.unfinished.${article}`;

/** What is written of comments and replies and not given yet: a few words at a time, so one value for each article. */
export function createUnfinished(values: ValueStore): UnfinishedStore {
  const list = (article: Id): UnfinishedComment[] =>
    z.array(UnfinishedComment).safeParse(values.get(keyOf(article))).data ?? [];
  const unfinished: UnfinishedStore = {
    list,
    keep(article, comment) {
      const before = list(article);
      // Each stays in its place: the window shows them in this order.
      const isNew = !before.some((one) => speaksOfTheSame(one, comment));
      const all = before.map((one) => (speaksOfTheSame(one, comment) ? comment : one));
      const kept = [...all, ...(isNew ? [comment] : [])].filter(({ text }) => text.trim() !== '');
      if (kept.length > 0) values.set(keyOf(article), kept);
      else values.delete(keyOf(article));
    },
    join(article, comment) {
      const there = list(article).find((one) => speaksOfTheSame(one, comment))?.text ?? '';
      if (there.includes(comment.text)) return;
      const joined = { ...comment, text: [there, comment.text].filter(Boolean).join('\n\n') };
      // Longer than a comment may be: what stands there stays, and the other where it comes from.
      if (UnfinishedComment.safeParse(joined).success) unfinished.keep(article, joined);
    },
    forget: (article) => values.delete(keyOf(article)),
  };
  return unfinished;
}

/** A thread has one reply in the making, and words have one comment. */
function speaksOfTheSame(one: UnfinishedComment, other: UnfinishedComment): boolean {
  if (one.thread !== other.thread) return false;
  return one.thread !== null || isDeepStrictEqual(one.anchor, other.anchor);
}
