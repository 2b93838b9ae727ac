import { diffArrays } from 'diff';
import { piecesOf } from '#shared/merge';

/** From this share of common words on, two texts count as one that was edited. */
const ALIKE = 0.4;

export const squashed = (text: string): string => text.replace(/\s+/g, ' ').trim();

function wordsOf(text: string): Map<string, number> {
  const words = new Map<string, number>();
  for (const piece of piecesOf(text.toLowerCase()))
    if (/[\p{L}\p{N}]/u.test(piece)) words.set(piece, (words.get(piece) ?? 0) + 1);
  return words;
}

/** How much two texts have in common, from 0 to 1: Dice's coefficient of their words. */
function likeness(x: Map<string, number>, y: Map<string, number>): number {
  const total = [...x.values(), ...y.values()].reduce((sum, count) => sum + count, 0);
  let common = 0;
  for (const [word, count] of x) common += Math.min(count, y.get(word) ?? 0);
  return total === 0 ? 0 : (2 * common) / total;
}

interface Place {
  at: number;
  text: string;
}

const placesOf = (texts: readonly string[]): Place[] =>
  texts.map((text, at) => ({ at, text: squashed(text) }));

/** What stands between the same neighbours in both sequences, and is equal to nothing there. */
interface Gap {
  from: Place[];
  to: Place[];
}

/** Pairs equal texts in their order, in `origins`; gives the gaps between them. */
function pairEqual(
  from: readonly Place[],
  to: readonly Place[],
  origins: Map<number, number>,
): Gap[] {
  const [old, now] = [[...from], [...to]];
  let gap: Gap = { from: [], to: [] };
  const gaps = [gap];
  const parts = diffArrays([...from], [...to], { comparator: (x, y) => x.text === y.text });
  for (const { added, removed, value } of parts) {
    if (added) gap.to.push(...now.splice(0, value.length));
    else if (removed) gap.from.push(...old.splice(0, value.length));
    else {
      const same = old.splice(0, value.length);
      now
        .splice(0, value.length)
        .forEach(({ at }, index) => origins.set(at, same[index]?.at ?? at));
      gap = { from: [], to: [] };
      gaps.push(gap);
    }
  }
  return gaps;
}

/**
 * For the places of one sequence of texts, which of another each of them was: equal ones in their order, then equal ones
 * that were moved, then, between the same neighbours, those that have most of their words in common. `oneForOne` pairs also
 * one text with the only one that took its place, whatever it says.
 */
export function pairTexts(
  from: readonly string[],
  to: readonly string[],
  { oneForOne = false } = {},
): Map<number, number> {
  const origins = new Map<number, number>();
  const gaps = pairEqual(placesOf(from), placesOf(to), origins);
  const taken = new Set(origins.values());
  const pair = (one: Place, other: Place): void => {
    origins.set(other.at, one.at);
    taken.add(one.at);
  };
  const free = (places: readonly Place[]): Place[] => places.filter(({ at }) => !origins.has(at));
  const everywhere = gaps.flatMap((gap) => gap.to);
  for (const one of gaps.flatMap((gap) => gap.from)) {
    const moved = free(everywhere).find(({ text }) => text !== '' && text === one.text);
    if (moved) pair(one, moved);
  }
  for (const gap of gaps) {
    const left = gap.from.filter(({ at }) => !taken.has(at));
    let there = free(gap.to);
    const [one, other] = [left[0], there[0]];
    if (oneForOne && one && other && left.length === 1 && there.length === 1) pair(one, other);
    else
      for (const each of left) {
        const best = mostAlike(each, there);
        if (!best) continue;
        pair(each, best);
        // What comes after it comes after it there as well.
        there = there.slice(there.indexOf(best) + 1);
      }
  }
  return origins;
}

/** The one that has most words in common, if it has enough of them. */
function mostAlike({ text }: Place, candidates: readonly Place[]): Place | null {
  const words = wordsOf(text);
  let best: { place: Place; likeness: number } | null = null;
  for (const place of candidates) {
    const found = likeness(words, wordsOf(place.text));
    if (found >= ALIKE && found > (best?.likeness ?? 0)) best = { place, likeness: found };
  }
  return best?.place ?? null;
}
