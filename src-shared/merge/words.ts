import { diffArrays } from 'diff';
import { isTextBlock, type PlainBlock, type TextBlock } from '#shared/article';
import { choose, same } from './choose.ts';
import { inlinesOf, isWord, textOf, tokensOf, type Token } from './tokens.ts';

/** A stretch of the base, from `start` up to `end`, and what a side put in its place. */
interface Hunk {
  start: number;
  end: number;
  tokens: Token[];
}

function hunksOf(base: readonly Token[], side: readonly Token[]): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: Hunk | null = null;
  for (const part of diffArrays([...base], [...side], { comparator: (x, y) => x.key === y.key })) {
    if (!part.added && !part.removed) {
      at += part.value.length;
      open = null;
      continue;
    }
    if (!open) hunks.push((open = { start: at, end: at, tokens: [] }));
    if (part.added) open.tokens.push(...part.value);
    else open.end = at += part.value.length;
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
  if (!isTextBlock(base) || !isTextBlock(a) || !isTextBlock(b)) return null;
  const frame = ({ children: _, ...rest }: TextBlock): Omit<TextBlock, 'children'> => rest;
  const chosen = choose(frame(base), frame(a), frame(b));
  if (!chosen.settled) return null;
  const words = tokensOf(base.children);
  const fromA = hunksOf(words, tokensOf(a.children));
  const fromB = hunksOf(words, tokensOf(b.children)).filter(
    (hunk) => !fromA.some((other) => same(hunk, other)),
  );
  if (fromA.some((x) => fromB.some((y) => !apart(x, y, words)))) return null;
  const merged: Token[] = [];
  let at = 0;
  for (const hunk of [...fromA, ...fromB].sort((x, y) => x.start - y.start)) {
    merged.push(...words.slice(at, hunk.start), ...hunk.tokens);
    at = hunk.end;
  }
  merged.push(...words.slice(at));
  return { ...chosen.value, children: inlinesOf(merged) } as TextBlock;
}
