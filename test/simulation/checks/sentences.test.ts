import { expect, it } from 'vitest';
import type { Block } from '#shared/article';
import { paragraph } from '../../helpers/articles.ts';
import { brokenSentence } from './sentences.ts';

const sides = [
  { body: [paragraph('The crew confirmed it at noon.', 'one')] },
  { body: [paragraph('The crew', 'one'), paragraph('denied it.', 'two')] },
];
const versions = (...of: string[]): Block => ({
  type: 'conflict',
  $: { id: 'one' },
  base: null,
  versions: of.map((words) => paragraph(words, 'one')),
});

it('takes a sentence for whole that is cut by a break, also where its beginning stands in versions', () => {
  const body = [versions('The crew', 'The crew confirmed'), paragraph('it at noon.', 'two')];
  expect(brokenSentence({ body }, sides)).toBeNull();
});

it('finds one that lost its end', () => {
  const body = [versions('The crew', 'The crew confirmed'), paragraph('denied it.', 'two')];
  expect(brokenSentence({ body }, sides)).toBe('The crew confirmed');
});
