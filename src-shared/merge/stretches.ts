import { isTextBlock, type Block, type TextBlock } from '#shared/article';
import { same } from './choose.ts';
import { wordsOf as spokenIn, type Words } from './sentences.ts';
import { cutToken, inlinesOf, isSpace, isWord, textOf, tokensOf, type Token } from './tokens.ts';

/** Texts as the words of which they are cut, and put together. */

export const wordsOf = ({ children }: TextBlock): readonly Token[] => tokensOf(children);

/** The words of a text as they are spoken: in small letters, and without what is between them. */
export const saidBy = (tokens: readonly Token[]): Words => spokenIn(tokens.map(textOf).join(''));

export const countWords = (tokens: readonly Token[]): number => tokens.filter(isWord).length;

/** A text in two. */
export type Parts = readonly [first: TextBlock, second: TextBlock];

/** The words of a text, and as two words the one through which it is cut, so that each of its parts is found again. */
export function cutWordsOf(text: TextBlock, [first, second]: Parts): readonly Token[] {
  const [left, right] = [wordsOf(first).at(-1), wordsOf(second)[0]];
  if (!left || !right || !isWord(left) || !isWord(right)) return wordsOf(text);
  const at = textOf(left).length;
  const whole = textOf(left) + textOf(right);
  return wordsOf(text).flatMap((token) =>
    textOf(token) === whole ? cutToken(token, at) : [token],
  );
}

export function edges(tokens: readonly Token[]): { start: number; end: number } {
  const start = tokens.findIndex((token) => !isSpace(token));
  return start < 0
    ? { start: tokens.length, end: tokens.length }
    : { start, end: tokens.findLastIndex((token) => !isSpace(token)) + 1 };
}

export function hasWords(block: Block): boolean {
  return isTextBlock(block) && !wordsOf(block).every(isSpace);
}

/** Words without the space round them, and that space. */
export function trimmed(tokens: readonly Token[]): {
  before: Token[];
  words: Token[];
  after: Token[];
} {
  const { start, end } = edges(tokens);
  return {
    before: tokens.slice(0, start),
    words: tokens.slice(start, end),
    after: tokens.slice(end),
  };
}

export const SPACE = tokensOf([{ type: 'text', text: ' ' }]);

export type Trimmed = ReturnType<typeof trimmed>;

/** Two texts in one, with `between` where there are words on both sides of it. */
export function oneBehindOther(
  first: Trimmed,
  between: readonly Token[],
  second: Trimmed,
): Token[] {
  const hasBoth = first.words.length > 0 && second.words.length > 0;
  return [
    ...first.before,
    ...first.words,
    ...(hasBoth ? between : []),
    ...second.words,
    ...second.after,
  ];
}

/** A block of these words, written as one that says just the same where there is one, so that nothing seems changed. */
export function withWords(
  frame: TextBlock,
  tokens: readonly Token[],
  like: readonly TextBlock[],
): Block {
  const keys = tokens.map(({ key }) => key);
  const twin = like.find((block) =>
    same(
      keys,
      wordsOf(block).map(({ key }) => key),
    ),
  );
  return { ...frame, children: twin ? twin.children : inlinesOf(tokens) };
}

/** Whether these are other words, or look otherwise, than those; space does not count. */
export function differ(x: readonly Token[], y: readonly Token[]): boolean {
  const keys = (tokens: readonly Token[]): string[] =>
    tokens.flatMap((token) => (isSpace(token) ? [] : [token.key]));
  return !same(keys(x), keys(y));
}

/** As many tokens tell whether a sentence ends: what ends it, and quotes and brackets behind that. */
const END = 6;

export function endsSentence(tokens: readonly Token[]): boolean {
  return /[.!?؟。…]["”’)\]]*\s*$/u.test(tokens.slice(-END).map(textOf).join(''));
}

/** The sentences of a text, each with the space before it. */
export function inSentences(tokens: readonly Token[]): (readonly Token[])[] {
  const ends = tokens.flatMap((token, index) => {
    if (isSpace(token)) return [];
    const end = index + 1;
    const upTo = tokens.slice(Math.max(0, end - END), end);
    return end === tokens.length || endsSentence(upTo) ? [end] : [];
  });
  return ends.map((end, index) => tokens.slice(ends[index - 1] ?? 0, end));
}

/** How many times these words stand together in a text. */
export function timesIn(text: readonly Token[], run: readonly Token[]): number {
  const withoutSpace = (of: readonly Token[]): readonly Token[] =>
    of.filter((token) => !isSpace(token));
  const [there, words] = [withoutSpace(text), withoutSpace(run)];
  const isAt = (at: number): boolean =>
    words.every(({ key }, index) => there[at + index]?.key === key);
  return there.filter((_, at) => isAt(at)).length;
}
