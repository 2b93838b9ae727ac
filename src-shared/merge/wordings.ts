import { diffArrays } from 'diff';
import type { Body } from './bodies.ts';
import { wordsByKey, type Words } from './sentences.ts';

/** Sentences known again in other words. */

/** Fewer words tell nothing of where a sentence comes from: “The council denied it” and “The mayor denied it” are two. */
const FEWEST_WORDS = 6;

/** How many words two sentences have in common, in their order; 0 where that is less than two thirds of either. */
function likeness(x: Words, y: Words): number {
  const isEnough = (count: number): boolean => count * 3 >= 2 * Math.max(x.length, y.length);
  const there = new Set(y);
  if (!isEnough(x.filter((word) => there.has(word)).length)) return 0;
  const kept = diffArrays([...x], [...y])
    .filter(({ added, removed }) => !added && !removed)
    .reduce((count, { value }) => count + value.length, 0);
  return isEnough(kept) ? kept : 0;
}

const FIGURE = /\p{N}/u;

/** Whether one says another figure where the other has its own: results, sums and years are told in the same words. */
export function differInFigures(x: Words, y: Words): boolean {
  const hasOther = (these: Words, those: Words): boolean =>
    these.some((word) => FIGURE.test(word) && !those.includes(word));
  return hasOther(x, y) && hasOther(y, x);
}

/** Whether two texts may be alike by chance: one tells of another figure in the same few words. */
export function isLookalike(x: Words, y: Words): boolean {
  return Math.min(x.length, y.length) < FEWEST_WORDS && differInFigures(x, y);
}

interface Pair {
  was: string;
  is: string;
  likeness: number;
}

/** Of all pairs with the same `side`, the one that is most alike; none where two are equally so. */
function bestBy(pairs: readonly Pair[], side: 'was' | 'is'): Set<Pair> {
  const groups = [...Map.groupBy(pairs, (pair) => pair[side]).values()];
  return new Set(
    groups.flatMap((group) => {
      const [first, second] = group.toSorted((x, y) => y.likeness - x.likeness);
      return first && first.likeness > (second?.likeness ?? 0) ? [first] : [];
    }),
  );
}

/** Of these words, those by which a sentence of a body is known again: no other one there has them. */
function ownWords(body: Body, words: ReadonlySet<string>): Set<string> {
  const [once, more] = [new Set<string>(), new Set<string>()];
  const sentences = wordsByKey(body.filter((block) => block.type !== 'conflict'));
  for (const each of sentences.values())
    for (const word of new Set(each)) if (words.has(word)) (once.has(word) ? more : once).add(word);
  return new Set([...once].filter((word) => !more.has(word)));
}

/**
 * As which of the sentences that are `fresh` those stand that are `gone`, all of them by their keys. Each is looked for by
 * words that no other sentence of the base had, and where one may be several alike it is not guessed.
 */
export function wordingsIn(
  base: Body,
  gone: ReadonlyMap<string, Words>,
  fresh: ReadonlyMap<string, Words>,
): Map<string, string> {
  const there = new Set([...fresh.values()].flat());
  const sought = [...gone].filter(([, words]) => words.length >= FEWEST_WORDS);
  const shared = new Set(sought.flatMap(([, words]) => words.filter((word) => there.has(word))));
  if (shared.size === 0) return new Map();
  const own = ownWords(base, shared);
  const homes = new Map(
    sought.flatMap((each) => each[1].filter((word) => own.has(word)).map((word) => [word, each])),
  );
  const pairs = [...fresh].flatMap(([is, words]) =>
    [...new Set(words.map((word) => homes.get(word)))].flatMap((each): Pair[] => {
      const alike = each ? likeness(each[1], words) : 0;
      return each && alike > 0 ? [{ was: each[0], is, likeness: alike }] : [];
    }),
  );
  const best = bestBy(pairs, 'is');
  const told = [...bestBy(pairs, 'was')].filter((pair) => best.has(pair));
  return new Map(told.map(({ was, is }) => [was, is]));
}
