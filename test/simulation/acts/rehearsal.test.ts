import { expect, it } from 'vitest';
import { canonicalJson, type Content } from '#shared/article';
import { content, paragraph } from '../../shared/merge/arbitrary.ts';
import { list, table } from '../../shared/merge/newsroom.ts';
import { diceOf } from '../world/dice.ts';
import { createWords, marksIn } from '../world/words.ts';
import { rearranged, WAYS } from './rearranging.ts';
import { rehearse } from './rehearsal.ts';

const words = createWords();
const say = (): string => words.sentence();
const article: Content = content([
  paragraph('para1', `${say()} ${say()}`),
  paragraph('para2', say()),
  list('list1', `one1 ${say()} ${say()}`, `two2 ${say()}`),
  list('list2', `three3 ${say()}`, `four4 ${say()}`),
  table(['row1', say(), say()], ['row2', say(), say()]),
]);
const handOf = (seed: number) => {
  return { dice: diceOf(seed), words, who: 'somebody', now: '2026-11-14T12:00:00.000Z' };
};

it.each(WAYS)('the way to rearrange a text called “%s” changes it', (way) => {
  const made = Array.from({ length: 40 }, (_, seed) =>
    rearranged({ ...handOf(seed), content: article }, way),
  );
  expect(made.some((each) => canonicalJson(each) !== canonicalJson(article))).toBe(true);
  // Only what somebody empties, or a column taken out, takes words along.
  const before = marksIn(article);
  const isWhole = (each: Content): boolean => [...before].every((mark) => marksIn(each).has(mark));
  if (way !== 'empty' && way !== 'moveColumn') expect(made.every(isWhole)).toBe(true);
});

it('a rehearsal is the same for the same dice', () => {
  const played = [1, 1, 2].map((seed) => {
    const { dice, who, now } = handOf(seed);
    return canonicalJson(rehearse(article, { dice, words: createWords(), who, now }));
  });
  expect(played[1]).toBe(played[0]);
  expect(played[2]).not.toBe(played[0]);
});
