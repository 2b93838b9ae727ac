import { describe, expect, it } from 'vitest';
import { paragraph } from '../../shared/merge/arbitrary.ts';
import { madeUp } from './breaks.ts';
import { isReordered } from './reordered.ts';
import { content } from '../../shared/merge/arbitrary.ts';

const [ONE, TWO, THREE] = ['The bridge is shut.', 'The river fell.', 'Crews slept.'];
const body = (...sentences: string[]) => [paragraph('para', sentences.join(' '))];
const base = body(ONE, TWO, THREE);
const left = body(TWO, ONE, THREE);
const newer = 'The river rose.';
const right = body(ONE, newer, THREE);

const isRight = (...merged: string[]) =>
  isReordered('para', { base, left, right, merged: body(...merged) });
const strange = (...merged: string[]) =>
  madeUp(
    content(body(...merged)),
    [base, left, right].map((each) => content(each)),
  );

describe('the check of sentences in another order', () => {
  it('takes the words of one side in the order of the other', () => {
    expect(isRight(newer, ONE, THREE)).toBe(true);
    const swapped = body('The bridge was shut.', TWO, THREE);
    const merged = body(TWO, 'The bridge was shut.', THREE);
    expect(isReordered('para', { base, left, right: swapped, merged })).toBe(true);
    expect(strange(TWO, ONE, THREE)).toBeNull();
  });

  it('takes what one added behind a sentence that the other moved away', () => {
    const four = 'Buses run again.';
    const added = 'It rained.';
    const from = content(body(ONE, TWO, THREE, four));
    const adds = content(body(ONE, TWO, THREE, four, added));
    const moves = content([paragraph('new1', four), ...body(ONE, THREE, TWO)]);
    const says = (...merged: string[]) =>
      madeUp(content([paragraph('new1', four), ...body(...merged)]), [from, adds, moves]);
    expect(says(ONE, THREE, added, TWO)).toBeNull();
    expect(says(THREE, added, TWO, ONE)).not.toBeNull();
  });

  it('takes a sentence that stood before what one wrote there, and went behind what that had cut off', () => {
    const [more, last] = ['It rained.', 'Buses run again.'];
    const from = content(body(ONE, TWO));
    const cuts = content([...body(ONE, more), paragraph('new1', `${TWO} ${last}`)]);
    const swaps = content(body(TWO, ONE));
    const says = (...behind: string[]) =>
      madeUp(content([...body(more), paragraph('new1', behind.join(' '))]), [from, cuts, swaps]);
    expect(says(TWO, ONE, last)).toBeNull();
    expect(says(ONE, last, TWO)).not.toBeNull();
  });

  it('takes what one moved there from elsewhere in the midst of what the other had added', () => {
    const [moved, added] = ['It rained.', 'Buses run again.'];
    const rest = [paragraph('mid1', 'Divers slept.'), paragraph('new1', moved)];
    const from = content([...body(ONE, TWO), ...rest]);
    const swaps = content([...body(TWO, moved, ONE), ...rest.slice(0, 1)]);
    const adds = content([...body(ONE, TWO, added), ...rest]);
    const says = (...merged: string[]) => madeUp(content(body(...merged)), [from, swaps, adds]);
    expect(says(TWO, moved, added, ONE)).toBeNull();
    expect(says(added, TWO, moved, ONE)).toBeNull();
    expect(says(moved, added, ONE, TWO)).not.toBeNull();
  });

  it('takes no order that nobody gave, nor one in which words of a side are missing', () => {
    expect(isRight(THREE, ONE, newer)).toBe(false);
    expect(isRight(TWO, ONE, THREE)).toBe(false);
    expect(isRight(newer, THREE)).toBe(false);
    expect(strange(THREE, ONE, newer)).not.toBeNull();
  });
});
