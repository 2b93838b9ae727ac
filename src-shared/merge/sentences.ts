import {
  isTextBlock,
  type Block,
  type Inline,
  type ListBlock,
  type ListItem,
  type PlainBlock,
} from '#shared/article';
import { inlinesOf, isSpace, textOf, tokensOf } from './tokens.ts';

/** Sentences, as they are found again in other texts and taken out of them. */

export type Words = readonly string[];

/** One name alone is no sentence. */
const FEWEST_WORDS = 2;
/** What ends a sentence, be there a space behind it, or none before a capital letter; the points of U.S. and Ph.D. end none. */
export const SENTENCE_END =
  /(?<=[.!?؟…]["”’)\]]*)\s+|(?<=[\p{Ll}\p{N}]{2}[.!?…]["”’)\]]*)(?=[“‘([]*\p{Lu})|(?<=。["”’)\]]*)|\n/u;
const WORDS = /[\p{L}\p{M}\p{N}’']+/gu;
const OPENED = /["“‘([]*$/u;
const CLOSED = /^[.!?؟…。,;:]*["”’)\]]*\s*/u;
const BEGINS = /(?:^|[.!?؟…。\n]["”’)\]]*)\s*["“‘([]*$/u;
const ENDS = /^(?:["”’)\]]*\s*$|["”’)\]]*[.!?؟…。\n])/u;

/** Fewer words in a row may stand anywhere by chance, but not as a sentence by themselves. */
const ENOUGH_WORDS = 4;

/** A sentence to look for, as its words alone; one in other words goes by the key of what it was. */
interface Sought {
  key: string;
  words: Words;
}

/** Sentences to look for, by their first two words: in small letters, for a heading may have capitals. */
export type Wanted = ReadonlyMap<string, readonly Sought[]>;

const beginningOf = ([first = '', second = '']: Words): string => `${first} ${second}`;
export const wordsOf = (text: string): Words => text.toLowerCase().match(WORDS) ?? [];

/** These sentences, each also as it is worded elsewhere, by its key. */
export function wantedIn(
  texts: readonly string[],
  wordingsOf: (key: string) => readonly string[] = () => [],
): Wanted {
  const sought = [...wordsApart(texts)].flatMap(([key, words]) =>
    [words, ...wordingsOf(key).map(wordsOf)].map((each): Sought => ({ key, words: each })),
  );
  return Map.groupBy(sought, ({ words }) => beginningOf(words));
}

/** The words of each sentence in these texts, by its key. */
function wordsApart(texts: readonly string[]): Map<string, Words> {
  const sentences = texts
    .flatMap((text) => text.split(SENTENCE_END))
    .map(wordsOf)
    .filter((words) => words.length >= FEWEST_WORDS);
  return new Map(sentences.map((words) => [words.join(' '), words]));
}

/** A sentence that stands in a text, whatever stands before and behind it, from letter to letter. */
interface Found {
  key: string;
  start: number;
  end: number;
}

function findIn(text: string, wanted: Wanted): Found[] {
  const words = [...text.matchAll(WORDS)].map((word) => ({
    word: word[0].toLowerCase(),
    start: word.index,
    end: word.index + word[0].length,
  }));
  return words.flatMap(({ word, start }, at) =>
    (wanted.get(beginningOf([word, words[at + 1]?.word ?? ''])) ?? []).flatMap(
      ({ key, words: sentence }): Found[] => {
        const last = words[at + sentence.length - 1];
        const stands = sentence.every((each, index) => words[at + index]?.word === each);
        const isTold = (end: number): boolean =>
          sentence.length >= ENOUGH_WORDS ||
          (BEGINS.test(text.slice(0, start)) && ENDS.test(text.slice(end)));
        return stands && last && isTold(last.end) ? [{ key, start, end: last.end }] : [];
      },
    ),
  );
}

const isInline = (child: Inline | ListBlock): child is Inline => child.type !== 'list';

/** The texts in a block, wherever in a list they stand. */
function textsIn(block: Block | ListItem): Inline[][] {
  if (isTextBlock(block)) return [block.children];
  if (block.type === 'list') return block.children.flatMap(textsIn);
  if (block.type !== 'listitem') return [];
  const deeper = block.children.flatMap((child) => (isInline(child) ? [] : textsIn(child)));
  return [block.children.filter(isInline), ...deeper];
}

export function lettersOf(children: readonly Inline[]): string {
  return children
    .map((node) => {
      if (node.type === 'link') return lettersOf(node.children);
      return node.type === 'text' ? node.text : '\n';
    })
    .join('');
}

/** Every text that can be read in a block: in a list by item, in a table by cell, and what is said of a picture. */
export function textsOf(block: PlainBlock): string[] {
  if (block.type === 'image') return [block.caption, block.credit, block.alt];
  if (block.type === 'embed') return [block.title];
  if (block.type !== 'table') return textsIn(block).map(lettersOf);
  const cells = block.children.flatMap((row) => row.children);
  return cells.flatMap((cell) => cell.children.map(({ children }) => lettersOf(children)));
}

/** Which of the sentences stand in these texts, by their words. */
export function keysOf(texts: readonly string[], wanted: Wanted): string[] {
  return texts.flatMap((text) => findIn(text, wanted).map(({ key }) => key));
}

/** The words of each sentence of these blocks, by its key. */
export function wordsByKey(blocks: readonly Block[]): Map<string, Words> {
  return wordsApart(blocks.flatMap((block) => textsIn(block).map(lettersOf)));
}

/** Which of the sentences stand in a block, by their words; one that stands there twice comes twice. */
export function keysIn(block: Block, wanted: Wanted): string[] {
  return keysOf(textsIn(block).map(lettersOf), wanted);
}

/** A text without these sentences, and without what closes them and the space that would be left over. */
function textWithout(children: readonly Inline[], wanted: Wanted): Inline[] | null {
  const tokens = tokensOf(children);
  const text = lettersOf(children);
  const gone = findIn(text, wanted).map(({ start, end }) => ({
    start: start - (OPENED.exec(text.slice(0, start))?.[0].length ?? 0),
    end: end + (CLOSED.exec(text.slice(end))?.[0].length ?? 0),
  }));
  if (gone.length === 0) return [...children];
  let at = 0;
  const left = tokens.filter((token) => {
    const start = at;
    at += textOf(token).length;
    return !gone.some((sentence) => sentence.start <= start && start < sentence.end);
  });
  const first = left.findIndex((token) => !isSpace(token));
  const last = left.findLastIndex((token) => !isSpace(token));
  return first < 0 ? null : inlinesOf(left.slice(first, last + 1));
}

function listWithout(list: ListBlock, wanted: Wanted): ListBlock | null {
  const children = list.children.flatMap((item): ListItem[] => {
    const own = item.children.filter(isInline);
    const text = own.length > 0 ? textWithout(own, wanted) : [];
    const deeper = item.children.flatMap((child) =>
      isInline(child) ? [] : (listWithout(child, wanted) ?? []),
    );
    const left = [...(text ?? []), ...deeper];
    return left.length > 0 || item.children.length === 0 ? [{ ...item, children: left }] : [];
  });
  return children.length > 0 ? { ...list, children } : null;
}

/** A block without these sentences; null where nothing of it is left. */
export function without(block: PlainBlock, wanted: Wanted): PlainBlock | null {
  if (block.type === 'list') return listWithout(block, wanted);
  if (!isTextBlock(block)) return block;
  const children = textWithout(block.children, wanted);
  return children && { ...block, children };
}

/** What a block says, whatever space is in it. */
export const sayingOf = (block: PlainBlock): string =>
  textsIn(block)
    .map((text) => lettersOf(text).replaceAll(/\s+/g, ''))
    .join('\n');
