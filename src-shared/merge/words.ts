import { diffArrays } from 'diff';
import { isTextBlock, type Inline, type PlainBlock, type TextBlock } from '#shared/article';
import { choose, same } from './choose.ts';
import { carryOrders } from './reordered.ts';
import { inlinesOf, isWord, textOf, tokensOf, type Token } from './tokens.ts';

/** A stretch of the base, from `start` up to `end`, and what a side put in its place. */
interface Hunk {
  start: number;
  end: number;
  tokens: Token[];
}

/** What a side changed, found by the words: a space that is bold is not taken for one that stands elsewhere. */
function hunksOf(base: readonly Token[], side: readonly Token[]): Hunk[] {
  const hunks: Hunk[] = [];
  let [at, there] = [0, 0];
  const change = (gone: number, tokens: readonly Token[]): void => {
    const last = hunks.at(-1);
    const hunk = last?.end === at ? last : { start: at, end: at, tokens: [] };
    if (hunk !== last) hunks.push(hunk);
    hunk.tokens.push(...tokens);
    hunk.end = at += gone;
    there += tokens.length;
  };
  for (const { added, removed, count } of diffArrays(base.map(textOf), side.map(textOf))) {
    if (added) change(0, side.slice(there, there + count));
    else if (removed) change(count, []);
    else
      for (let left = count; left > 0; left -= 1) {
        const [was, is] = [base[at], side[there]];
        if (is && was?.key !== is.key) change(1, [is]);
        else [at, there] = [at + 1, there + 1];
      }
  }
  return hunks;
}

const WORDS_BETWEEN = 2;

/**
 * Whether one could be read without the other: two words stay between them, or one and the end of its clause, or the
 * sentence ends. Closer than that they make one phrase ("$4.2 million" with another figure and another unit, "not
 * charged" with both words changed), and joining them would put forward a figure or a charge that neither editor wrote.
 */
function apart(x: Hunk, y: Hunk, base: readonly Token[]): boolean {
  const [first, second] = x.start <= y.start ? [x, y] : [y, x];
  if (first.end >= second.start) return false;
  const between = base.slice(first.end, second.start);
  const words = between.filter(isWord).length;
  const text = between.map(textOf).join('');
  const isNextClause = words > 0 && /[\p{L}\p{N}]["”’)]*[,;:،؛–—]/u.test(text);
  return words >= WORDS_BETWEEN || isNextClause || /[.!?؟。]["”’)]*\s/u.test(text);
}

const without = (hunks: readonly Hunk[], others: readonly Hunk[]): Hunk[] =>
  hunks.filter((hunk) => !others.some((other) => same(hunk, other)));

/** The words with what each of these changes puts in its place. */
function taken(words: readonly Token[], hunks: readonly Hunk[]): Inline[] {
  const merged: Token[] = [];
  let at = 0;
  for (const hunk of hunks.toSorted((x, y) => x.start - y.start || x.end - y.end)) {
    merged.push(...words.slice(at, hunk.start), ...hunk.tokens);
    at = hunk.end;
  }
  merged.push(...words.slice(at));
  return inlinesOf(merged);
}

/** Whether only the look of these words is another, or where they link to. What is suggested is more than a look. */
function isLook({ start, end, tokens }: Hunk, words: readonly Token[]): boolean {
  const was = words.slice(start, end);
  const isBare = ({ node }: Token): boolean => node.type === 'text' && !node.$;
  return [...was, ...tokens].every(isBare) && same(was.map(textOf), tokens.map(textOf));
}

const textsIn = (tokens: readonly Token[]): Set<string> => new Set(tokens.map(textOf));

/** Whether one of two may have done all that the other did: it has every word that the other put there. */
function mayHold(base: readonly Token[], side: readonly Token[], other: readonly Token[]): boolean {
  const [before, there] = [textsIn(base), textsIn(side)];
  return other.map(textOf).every((text) => before.has(text) || there.has(text));
}

/** Whether all words that two took out in one place are among those that one of them wrote in others: only the other removed them. */
function isPutElsewhere(hunk: Hunk, words: readonly Token[], own: readonly Hunk[]): boolean {
  const left = textsIn(hunk.tokens);
  const there = textsIn(own.flatMap(({ tokens }) => tokens));
  const gone = words.slice(hunk.start, hunk.end).filter(isWord).map(textOf);
  const taken = gone.filter((text) => !left.has(text));
  return taken.length > 0 && taken.every((text) => there.has(text));
}

/**
 * The text of which two editors who both changed it have nothing to settle: one did all that the other did and more, well
 * apart from that; or one of them changed no word, and made others bold or a link than those that the other wrote. The
 * words are those of one of the two, whole. Null where there is something to settle.
 */
export function agreedText(
  base: readonly Inline[],
  a: readonly Inline[],
  b: readonly Inline[],
): Inline[] | null {
  const words = tokensOf(base);
  const sides = [tokensOf(a), tokensOf(b)] as const;
  if (!mayHold(words, ...sides) && !mayHold(words, sides[1], sides[0])) return null;
  const [ofA, ofB] = [hunksOf(words, sides[0]), hunksOf(words, sides[1])];
  const [fromA, fromB] = [without(ofA, ofB), without(ofB, ofA)];
  const both = ofA.filter((hunk) => !fromA.includes(hunk));
  const allLook = (hunks: readonly Hunk[]): boolean => hunks.every((hunk) => isLook(hunk, words));
  if (!allLook(fromA) && !allLook(fromB)) return null;
  const own = [...fromA, ...fromB];
  if (both.some((hunk) => isPutElsewhere(hunk, words, own))) return null;
  const isClear = (x: Hunk, y: Hunk): boolean =>
    isLook(x, words) || isLook(y, words)
      ? x.end <= y.start || y.end <= x.start
      : apart(x, y, words);
  const others = (x: Hunk): readonly Hunk[] => [...(fromA.includes(x) ? fromB : fromA), ...both];
  if (!own.every((x) => others(x).every((y) => isClear(x, y)))) return null;
  return taken(words, [...own, ...both]);
}

/**
 * A word-level merge of one text block, as a suggestion only: null unless every change of one side lies well apart from
 * every change of the other. It is never applied by itself, because two changes that do not touch can still make a
 * sentence that neither editor meant.
 */
export function suggestMerge(
  base: PlainBlock | null,
  a: PlainBlock | null,
  b: PlainBlock | null,
): PlainBlock | null {
  if (!base || !a || !b) return null;
  // Sentences are compared in the order in which both versions have them.
  const [[was], [mine], [theirs]] = carryOrders([base], [a], [b]);
  if (!isTextBlock(was) || !isTextBlock(mine) || !isTextBlock(theirs)) return null;
  const frame = ({ children: _, ...rest }: TextBlock): Omit<TextBlock, 'children'> => rest;
  const chosen = choose(frame(was), frame(mine), frame(theirs));
  if (!chosen.settled) return null;
  const words = tokensOf(was.children);
  const fromA = hunksOf(words, tokensOf(mine.children));
  const fromB = without(hunksOf(words, tokensOf(theirs.children)), fromA);
  if (fromA.some((x) => fromB.some((y) => !apart(x, y, words)))) return null;
  return { ...chosen.value, children: taken(words, [...fromA, ...fromB]) } as TextBlock;
}
