import type { CommentEntry } from './entities.ts';

/**
 * The threads that are open, of the entries of an article in the order of the server. An answer opens a thread again that
 * somebody resolved without having read it, whichever of the two arrived first: nobody's words are put away unread.
 */
export function openThreads(entries: readonly CommentEntry[]): Set<CommentEntry['thread']> {
  const open = new Set<CommentEntry['thread']>();
  entries.forEach((entry, index) => {
    if (entry.kind !== 'resolve' || hasUnread(entries.slice(0, index), entry))
      open.add(entry.thread);
    else open.delete(entry.thread);
  });
  return open;
}

/** Whether somebody else had said something that the author of a `resolve` did not know. One of an older Stet does not tell. */
function hasUnread(
  before: readonly CommentEntry[],
  { thread, author, after }: CommentEntry,
): boolean {
  if (after === undefined) return false;
  const read = before.findIndex(({ id }) => id === after);
  return before
    .slice(read + 1)
    .some(
      (entry) =>
        entry.thread === thread &&
        entry.author !== author &&
        (entry.kind === 'comment' || entry.kind === 'reply'),
    );
}
