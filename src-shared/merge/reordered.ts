import { canonicalJson, isTextBlock, type TextBlock } from '#shared/article';
import { boundsIn, type Said } from './bounds.ts';
import { byId, put, type Body } from './bodies.ts';
import { same } from './choose.ts';
import { idOf } from './ids.ts';
import { remembered } from './remembered.ts';
import { wordsOf as wordsIn } from './sentences.ts';
import { withWords, wordsOf } from './stretches.ts';
import { differInFigures, wordingsIn } from './wordings.ts';

/**
 * Who puts the sentences of a paragraph into another order has changed no word; but a merge compares the paragraph as a whole.
 * Where the other side changed it, the order is carried over first: to the base, and to the words of the other side.
 */

/** Where in a text each sentence of another stands; null where it does not. */
type Places = readonly (number | null)[];

const isPlace = (place: number | null): place is number => place !== null;

function isInOrder(places: Places): boolean {
  const found = places.filter(isPlace);
  return found.every((place, index) => place > (found[index - 1] ?? -1));
}

/** The place of each sentence by its words, be some of them others; null where two say the same, for those are not told apart. */
const placesIn = remembered((was: TextBlock, now: TextBlock): Places | null => {
  const [before, after] = [was, now].map((text) => boundsIn(text).map(({ says }) => says)) as [
    string[],
    string[],
  ];
  if ([before, after].some((each) => new Set(each).size < each.length)) return null;
  const only = (x: readonly string[], y: readonly string[]): Map<string, readonly string[]> =>
    new Map(x.filter((says) => !y.includes(says)).map((says) => [says, wordsIn(says)]));
  const [gone, fresh] = [only(before, after), only(after, before)];
  const wordings = wordingsIn([was], gone, fresh);
  return before.map((says) => {
    const is = wordings.get(says);
    const isKnown = is !== undefined && !differInFigures(wordsIn(says), wordsIn(is));
    const place = after.indexOf(isKnown ? is : says);
    return place < 0 ? null : place;
  });
});

/** The same, and where as many were written anew between two that stand there as stood there, each as what it replaced. */
function placesWithRewritten(places: Places, length: number): Places {
  const all = [...places];
  for (let start = 0; start < all.length; start += 1) {
    if (all[start] !== null) continue;
    const next = all.findIndex((place, index) => index > start && place !== null);
    const end = next < 0 ? all.length : next;
    const from = (all[start - 1] ?? -1) + 1;
    const isAsMany = (all[end] ?? length) - from === end - start;
    for (let at = start; isAsMany && at < end; at += 1) all[at] = from + at - start;
    start = end;
  }
  return all;
}

/**
 * A text with its sentences in another order: `ranks` says where each goes. One without a rank stays behind what it stands
 * behind. Null where they would not be the same sentences afterwards, as when the last has no full stop, or
 * the first is half of one.
 */
function arranged(text: TextBlock, ranks: Places, like: TextBlock): TextBlock | null {
  const sentences = boundsIn(text);
  const groups: { rank: number; own: Said[] }[] = [{ rank: -1, own: [] }];
  sentences.forEach((sentence, index) => {
    const rank = ranks[index] ?? null;
    if (rank !== null) groups.push({ rank, own: [] });
    groups.at(-1)?.own.push(sentence);
  });
  const order = groups.toSorted((x, y) => x.rank - y.rank).flatMap(({ own }) => own);
  // The rest of a sentence that begins in another paragraph stays where it is.
  if (/^\p{Ll}/u.test(sentences[0]?.says ?? '') && order[0] !== sentences[0]) return null;
  const model = boundsIn(like).length === sentences.length ? like : text;
  const [tokens, gaps] = [wordsOf(text), boundsIn(model)];
  const words = order.flatMap(({ start, end }, index) => [
    ...wordsOf(model).slice(gaps[index - 1]?.end ?? 0, gaps[index]?.start),
    ...tokens.slice(start, end),
  ]);
  const now = withWords(text, [...words, ...wordsOf(model).slice(gaps.at(-1)?.end)], [like]);
  const saidIn = (block: TextBlock): string[] => boundsIn(block).map(({ says }) => says);
  return isTextBlock(now) && same(saidIn(now).sort(), saidIn(text).sort()) ? now : null;
}

type Texts = readonly [base: TextBlock, a: TextBlock, b: TextBlock];

/** The three texts in the order that A gave them, if it gave them another and B did not. */
function orderedByA([base, a, b]: Texts): Texts | null {
  const inA = placesIn(base, a);
  if (!inA || isInOrder(inA)) return null;
  const inB = placesIn(base, b);
  // Where no sentence stands any more, there is nothing to tell by which is which.
  if (!inB?.some(isPlace)) return null;
  const newBase = arranged(base, inA, a);
  if (!newBase) return null;
  if (!isInOrder(inB)) {
    const places = placesIn(newBase, b);
    return places && isInOrder(places) ? [newBase, a, b] : null;
  }
  const all = placesWithRewritten(inB, boundsIn(b).length);
  const ranks = boundsIn(b).map((_, index) => inA[all.indexOf(index)] ?? null);
  const newB = arranged(b, ranks, a);
  return newB && [newBase, a, newB];
}

function orderedByB([base, a, b]: Texts): Texts | null {
  const [newBase, newB, newA] = orderedByA([base, b, a]) ?? [];
  return newBase && newA && newB ? [newBase, newA, newB] : null;
}

/** The three bodies with each paragraph that both changed in the order that one of them gave its sentences. */
export function carryOrders(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  const [inA, inB] = [byId(a), byId(b)];
  const found = base.flatMap((was): Texts[] => {
    const [ofA, ofB] = [inA.get(idOf(was)), inB.get(idOf(was))];
    if (!isTextBlock(was) || !isTextBlock(ofA) || !isTextBlock(ofB)) return [];
    if (same(ofA, was) || same(ofB, was) || same(ofA, ofB)) return [];
    const three = [was, ofA, ofB] as const;
    const isAFirst = canonicalJson(ofA) < canonicalJson(ofB);
    const [first, second] = isAFirst ? [orderedByA, orderedByB] : [orderedByB, orderedByA];
    const made = first(three) ?? second(three);
    return made ? [made] : [];
  });
  const [ofBase, ofA, ofB] = [0, 1, 2].map((at) => found.flatMap((texts) => texts[at] ?? []));
  return [put(base, ...(ofBase ?? [])), put(a, ...(ofA ?? [])), put(b, ...(ofB ?? []))];
}

/**
 * Each text with its sentences in the order that they had in another body, wherever a step has put them into the one that a
 * side gave them: what stood before is shown as somebody read it.
 */
export function inOrderOf(before: Body, now: Body): Body {
  const known = byId(before);
  return now.map((text) => {
    const was = known.get(idOf(text));
    if (was === text || !isTextBlock(text) || !isTextBlock(was)) return text;
    const places = placesIn(text, was);
    const ordered = places && !isInOrder(places) ? arranged(text, places, was) : null;
    return ordered ?? text;
  });
}
