import { canonicalJson, type Inline } from '#shared/article';

/** Words that two changed who had nothing to settle, told by counting them, without regard to where they stand. */

/** The words of a text, each with how it looks and where it links to. */
function wordsOf(children: readonly Inline[], url = ''): string[] {
  return children.flatMap((node) => {
    if (node.type === 'link') return wordsOf(node.children, node.url);
    if (node.type !== 'text') return [];
    const { text, ...look } = node;
    const words = text.match(/[\p{L}\p{M}\p{N}’']+/gu) ?? [];
    return words.map((word) => `${word} ${url} ${canonicalJson(look)}`);
  });
}

function lettersOf(children: readonly Inline[]): string {
  return children
    .map((node) => {
      if (node.type === 'link') return lettersOf(node.children);
      return node.type === 'text' ? node.text : '\n';
    })
    .join('')
    .trim();
}

/** How much more often each word stands in `to` than in `from`; less often where that is below nothing. */
function difference(from: readonly string[], to: readonly string[]): (word: string) => number {
  const more = new Map<string, number>();
  for (const word of to) more.set(word, (more.get(word) ?? 0) + 1);
  for (const word of from) more.set(word, (more.get(word) ?? 0) - 1);
  return (word) => more.get(word) ?? 0;
}

function isInline(children: unknown): children is readonly Inline[] {
  return (
    Array.isArray(children) &&
    (children as { type: string }[]).every(({ type }) =>
      ['text', 'link', 'linebreak'].includes(type),
    )
  );
}

/** Whether the words that stand are those of one side, whole, with all that either side put there, took out or made bold. */
export function isAgreed(was: unknown, is: unknown, other: unknown, now: unknown): boolean {
  if (!isInline(was) || !isInline(is) || !isInline(other) || !isInline(now)) return false;
  const before = wordsOf(was);
  const [byOne, byOther, inAll] = [is, other, now].map((side) => difference(before, wordsOf(side)));
  const isHeld = (word: string): boolean => {
    const [x, y, both] = [byOne!(word), byOther!(word), inAll!(word)];
    // What both did may be one thing or two; what one put there and the other took out is two.
    if (x * y <= 0) return both === x + y;
    return (
      Math.abs(both) >= Math.max(Math.abs(x), Math.abs(y)) && Math.abs(both) <= Math.abs(x + y)
    );
  };
  const isOfOne = [is, other].some((side) => lettersOf(side) === lettersOf(now));
  return isOfOne && [was, is, other, now].flatMap((text) => wordsOf(text)).every(isHeld);
}
