import { expect, it } from 'vitest';
import type { Block } from '#shared/article';
import { paragraph } from '../../helpers/articles.ts';
import { isContestedElsewhere } from './taken-back.ts';

const base = [paragraph('The gauge was read.', 'old')];
const left = [paragraph('The gauge was read twice.', 'old')];
const right = [paragraph('The gauge was read at noon.', 'new')];
const conflict = (...versions: Block[]): Block =>
  ({ type: 'conflict', $: { id: 'new' }, base: base[0], versions }) as Block;

it('knows a rewritten block among the versions of what the other side pasted', () => {
  const merged = [
    conflict(
      paragraph('The gauge was read twice.', 'new'),
      paragraph('The gauge was read at noon.', 'new'),
    ),
  ];
  expect(isContestedElsewhere('old', { base, left, right, merged })).toBe(true);
});

it('does not, where a word of it is missing, or where it is nowhere', () => {
  const short = [
    conflict(
      paragraph('The gauge was read.', 'new'),
      paragraph('The gauge was read at noon.', 'new'),
    ),
  ];
  expect(isContestedElsewhere('old', { base, left, right, merged: short })).toBe(false);
  expect(isContestedElsewhere('old', { base, left, right, merged: right })).toBe(false);
});
