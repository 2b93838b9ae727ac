import { expect } from 'vitest';
import { canonicalJson, type Block } from '#shared/article';
import { mergeContents } from '#shared/merge';
import { content } from './arbitrary.ts';

/** Merges both ways round, and gives the body both ways agree on. */
export function merge(base: Block[], a: Block[], b: Block[]): Block[] {
  const there = mergeContents(content(base), content(a), content(b));
  const back = mergeContents(content(base), content(b), content(a));
  expect(canonicalJson(back)).toBe(canonicalJson(there));
  return there.content.body;
}
