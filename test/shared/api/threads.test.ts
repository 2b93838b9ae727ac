import { openThreads, type CommentEntry } from '#shared/api';
import { describe, expect, it } from 'vitest';
import { anId } from '../../helpers/articles.ts';

const article = anId();
const thread = anId();
const [rim, slot] = [anId(), anId()];

function entry(kind: CommentEntry['kind'], author: string, more: Partial<CommentEntry> = {}) {
  const id = kind === 'comment' ? thread : anId();
  const at = '2026-11-14T12:00:00.000Z';
  return { id, article, thread, kind, anchor: null, text: 'Words.', author, at, ...more };
}

const opening = entry('comment', slot);
const isOpen = (...entries: CommentEntry[]): boolean =>
  openThreads([opening, ...entries]).has(thread);

describe('a thread', () => {
  it('is open until it is resolved, and again when it is reopened', () => {
    const resolve = entry('resolve', rim, { after: opening.id });
    expect(isOpen()).toBe(true);
    expect(isOpen(resolve)).toBe(false);
    expect(isOpen(resolve, entry('reopen', slot))).toBe(true);
  });

  it('stays open when an answer and its resolving crossed, whichever arrived first', () => {
    const answer = entry('reply', slot);
    const resolve = entry('resolve', rim, { after: opening.id });
    expect(isOpen(answer, resolve)).toBe(true);
    expect(isOpen(resolve, answer)).toBe(true);
    expect(isOpen(answer, entry('resolve', rim, { after: answer.id }))).toBe(false);
  });

  it('is resolved over one’s own answers, over other threads, and by a Stet that tells of no answer read', () => {
    const own = entry('reply', rim);
    const elsewhere = entry('reply', slot, { thread: anId() });
    expect(isOpen(own, elsewhere, entry('resolve', rim, { after: opening.id }))).toBe(false);
    expect(isOpen(entry('reply', slot), entry('resolve', rim))).toBe(false);
    const first = entry('comment', rim);
    expect(openThreads([first, entry('resolve', rim, { after: null })]).size).toBe(0);
  });
});
