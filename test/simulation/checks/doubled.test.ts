import { expect, it } from 'vitest';
import type { Block, Content } from '#shared/article';
import { content, paragraph } from '../../shared/merge/arbitrary.ts';
import { doubledSentence, isAskedForTwice } from './doubled.ts';

const SENTENCE = 'The river confirmed zz1zz.';
const of = (...texts: string[]): Content =>
  content(texts.map((text, at) => paragraph(`para${at}`, text)));

it('a sentence that each side moved elsewhere may not stand twice, unless that is to be chosen', () => {
  const [base, left, right] = [of(SENTENCE, ''), of('', SENTENCE), of('', '', SENTENCE)];
  const merged = of('', SENTENCE, SENTENCE);
  expect(doubledSentence({ base, left, right, merged })).toBe(SENTENCE);
  const [first, second, third] = merged.body as [Block, Block, Block];
  if (third.type === 'conflict') throw new Error('It is contested already.');
  const asked: Block = { type: 'conflict', $: third.$, base: null, versions: [null, third] };
  expect(
    doubledSentence({ base, left, right, merged: content([first, second, asked]) }),
  ).toBeNull();
  // Who writes it once more wants it so.
  expect(doubledSentence({ base, left: merged, right, merged })).toBeNull();
  // Two who settle what was contested, and take a sentence out of it, did not move it.
  const before: Block = { type: 'conflict', $: first.$, base: null, versions: [null, third] };
  const contested = content([before, second]);
  expect(doubledSentence({ base: contested, left, right, merged })).toBeNull();
});

it('a block may be asked about for a sentence alone that stands elsewhere, too', () => {
  const [own, there] = [
    paragraph('new1', `A crew came zz2zz. ${SENTENCE}`),
    paragraph('two2', SENTENCE),
  ];
  const asked: Block = {
    type: 'conflict',
    $: own.$,
    base: null,
    versions: [own, paragraph('new1', 'A crew came zz2zz.')],
  };
  const merging = { base: [], left: [own], right: [there] };
  expect(isAskedForTwice('new1', { ...merging, merged: [asked, there] })).toBe(true);
  expect(isAskedForTwice('new1', { ...merging, merged: [asked] })).toBe(false);
  const more = paragraph('new1', 'A ferry sank zz3zz.');
  const other: Block = { ...asked, versions: [own, more] };
  expect(isAskedForTwice('new1', { ...merging, merged: [other, there] })).toBe(false);
  expect(isAskedForTwice('new1', { ...merging, left: [], merged: [asked, there] })).toBe(false);
});
