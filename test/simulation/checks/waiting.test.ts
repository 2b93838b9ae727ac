import { describe, expect, it } from 'vitest';
import { withWaiting } from './waiting.ts';

const ARTICLE = 'an article';
const NOTHING = { head: null, sides: [], binned: false };
const revision = (hash: string, base: string | null, state: 'waiting' | 'parked' = 'waiting') => ({
  payload: { kind: 'revision', article: ARTICLE, hash, base } as const,
  state,
});
const bin = (binned: boolean) => ({
  payload: { kind: 'bin', article: ARTICLE, binned } as const,
  state: 'waiting' as const,
});

describe('what waits for an article', () => {
  it('follows one revision upon the other', () => {
    const { head } = withWaiting(null, [revision('a', null), revision('b', 'a')]);
    expect(head).toBe('b');
  });

  it('stands beside the head where it does not build on it', () => {
    const there = { ...NOTHING, head: 'theirs' };
    expect(withWaiting(there, [revision('mine', 'before')])).toEqual({ ...there, sides: ['mine'] });
  });

  it('leaves out what was refused', () => {
    expect(withWaiting(null, [revision('a', null, 'parked')])).toEqual(NOTHING);
  });

  it('ends with the last that was done with the bin', () => {
    expect(withWaiting(null, [bin(true), bin(false)]).binned).toBe(false);
    expect(withWaiting(null, [bin(false), bin(true)]).binned).toBe(true);
  });
});
