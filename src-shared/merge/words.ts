import { diffArrays } from 'diff';
import type { Inline, LinkNode, PlainBlock, TextNode } from '#shared/article';
import { choose, same } from './choose.ts';

type TextBlock = Extract<
  PlainBlock,
  { type: 'paragraph' | 'heading' | 'quote' | 'pullquote' | 'note' }
>;

/** A word, a run of space or punctuation, or a line break, with everything that makes it look and link as it does. */
interface Token {
  node: Exclude<Inline, LinkNode>;
  url: string | null;
  key: string;
}

/** A stretch of the base, from `start` up to `end`, and what a side put in its place. */
interface Hunk {
  start: number;
  end: number;
  tokens: Token[];
}

const PIECES =
  /[\p{L}\p{M}\p{N}’']+(?:(?<=\p{N})[.,:٫٬]\p{N}[\p{L}\p{M}\p{N}’']*)*|\s+|[^\s\p{L}\p{M}\p{N}’']/gu;

/** The pieces in which texts are compared: words, spaces, punctuation, and a figure or a time of day (4.2, 04:20) whole. */
export function piecesOf(text: string): string[] {
  return text.match(PIECES) ?? [];
}

function isTextBlock(block: PlainBlock | null): block is TextBlock {
  return (
    block !== null && ['paragraph', 'heading', 'quote', 'pullquote', 'note'].includes(block.type)
  );
}

function tokensOf(children: readonly Inline[], url: string | null = null): Token[] {
  return children.flatMap((node): Token[] => {
    if (node.type === 'link') return tokensOf(node.children, node.url);
    if (node.type === 'linebreak') return [{ node, url, key: `\n|${url ?? ''}` }];
    const { text, ...look } = node;
    return piecesOf(text).map((piece) => ({
      node: { ...look, text: piece },
      url,
      key: JSON.stringify([piece, look, url]),
    }));
  });
}

function inlinesOf(tokens: readonly Token[]): Inline[] {
  const inlines: Inline[] = [];
  for (const { node, url } of tokens) {
    const before = inlines.at(-1);
    let target: Inline[] = inlines;
    if (url !== null) {
      const link: LinkNode =
        before?.type === 'link' && before.url === url
          ? before
          : { type: 'link', url, children: [] };
      if (link !== before) inlines.push(link);
      target = link.children;
    }
    const last = target.at(-1);
    if (node.type === 'text' && last?.type === 'text' && sameLook(last, node))
      last.text += node.text;
    else target.push({ ...node });
  }
  return inlines;
}

function sameLook({ text: _x, ...x }: TextNode, { text: _y, ...y }: TextNode): boolean {
  return same(x, y);
}

function hunksOf(base: Token[], side: Token[]): Hunk[] {
  const hunks: Hunk[] = [];
  let at = 0;
  let open: Hunk | null = null;
  for (const part of diffArrays(base, side, { comparator: (x, y) => x.key === y.key })) {
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
  const between = base.slice(first.end, second.start).map(textOf);
  const words = between.filter((piece) => /[\p{L}\p{N}]/u.test(piece)).length;
  const text = between.join('');
  const isNextClause = words > 0 && /[\p{L}\p{N}]["”’)]*[,;:،؛–—]/u.test(text);
  return words >= WORDS_BETWEEN || isNextClause || /[.!?؟。]["”’)]*\s/u.test(text);
}

function textOf({ node }: Token): string {
  return node.type === 'text' ? node.text : '\n';
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
