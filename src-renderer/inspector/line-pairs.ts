import { wordsOf } from '#shared/merge';

type Pair = readonly [from: string, to: string];

/**
 * Lines that were changed beside what became of them, '' for what is new or gone. A line is known by half of its words;
 * between those that are, one goes with the next in order: a new line does not read as what the one below it became.
 */
export function linePairs(before: readonly string[], after: readonly string[]): Pair[] {
  const pairs: Pair[] = [];
  let [from, to] = [0, 0];
  const upTo = (i: number, j: number): void => {
    const [gone, come] = [before.slice(from, i), after.slice(to, j)];
    const many = Math.max(gone.length, come.length);
    for (let at = 0; at < many; at += 1) pairs.push([gone[at] ?? '', come[at] ?? '']);
    [from, to] = [i, j];
  };
  for (const [i, j] of known(before, after)) {
    upTo(i, j);
    upTo(i + 1, j + 1);
  }
  upTo(before.length, after.length);
  return pairs;
}

/** Places of lines and of what became of them, in order, so that they share as many words as they can. */
function known(before: readonly string[], after: readonly string[]): [number, number][] {
  const [were, are] = [before.map(wordsOf), after.map(wordsOf)];
  const shared = were.map((x) => are.map((y) => sharedWords(x, y)));
  // The most words that the lines from here on can share.
  const most: number[][] = [];
  const at = (table: readonly number[][], i: number, j: number): number => table[i]?.[j] ?? 0;
  for (let i = were.length - 1; i >= 0; i -= 1) {
    const row: number[] = (most[i] = []);
    for (let j = are.length - 1; j >= 0; j -= 1) {
      const own = at(shared, i, j);
      const both = own > 0 ? own + at(most, i + 1, j + 1) : 0;
      row[j] = Math.max(at(most, i + 1, j), at(most, i, j + 1), both);
    }
  }
  const places: [number, number][] = [];
  let [i, j] = [0, 0];
  while (i < were.length && j < are.length) {
    const own = at(shared, i, j);
    if (own > 0 && at(most, i, j) === own + at(most, i + 1, j + 1)) places.push([i++, j++]);
    else if (at(most, i, j) === at(most, i + 1, j)) i += 1;
    else j += 1;
  }
  return places;
}

/** How many words two lines share; 0 unless that is half of the longer one. */
function sharedWords(x: readonly string[], y: readonly string[]): number {
  const left = new Set(y);
  const many = x.filter((word) => left.delete(word)).length;
  return many * 2 >= Math.max(x.length, y.length) ? many : 0;
}
