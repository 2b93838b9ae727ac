import { describe, expect, it } from 'vitest';
import { linePairs } from '../../../src-renderer/inspector/line-pairs.ts';

describe('changed lines of a post', () => {
  it('stand beside what became of them, also where a new one stands before', () => {
    expect(
      linePairs(['Work goes on.'], ['A web editor wrote this.', 'Work goes on until May.']),
    ).toEqual([
      ['', 'A web editor wrote this.'],
      ['Work goes on.', 'Work goes on until May.'],
    ]);
  });

  it('are new or gone in their place, and otherwise go with the next in order', () => {
    expect(
      linePairs(
        ['Six cars crossed.', 'Schools stay closed.', 'It rained.', 'The end.'],
        ['Seven cars crossed.', 'A line of theirs.', 'It rained at noon.'],
      ),
    ).toEqual([
      ['Six cars crossed.', 'Seven cars crossed.'],
      ['Schools stay closed.', 'A line of theirs.'],
      ['It rained.', 'It rained at noon.'],
      ['The end.', ''],
    ]);
  });
});
