import { isTextBlock, type TextBlock } from '#shared/article';
import type { Body } from './bodies.ts';
import { remembered } from './remembered.ts';
import { isWord, textOf, tokensOf } from './tokens.ts';

/** As many words from a text are not in another by chance. */
export const WORDS_TO_TELL = 3;

/** The different words of a text. */
export const wordsIn = remembered(
  ({ children }: TextBlock): ReadonlySet<string> =>
    new Set(tokensOf(children).filter(isWord).map(textOf)),
);

/** Whether one of these words stands in no other text of the body. */
export function hasOwnWord(body: Body, text: TextBlock, words: Iterable<string>): boolean {
  const others = body.filter((block) => isTextBlock(block) && block !== text) as TextBlock[];
  return [...words].some((word) => !others.some((other) => wordsIn(other).has(word)));
}

/** The words by which each text of a body is known again: those that no other text there has. */
export interface OwnWords {
  home: ReadonlyMap<string, TextBlock>;
  count: ReadonlyMap<TextBlock, number>;
}

export function ownWordsOf(body: Body): OwnWords {
  const homes = new Map<string, TextBlock | null>();
  for (const block of body.filter(isTextBlock))
    for (const word of wordsIn(block)) homes.set(word, homes.has(word) ? null : block);
  const home = new Map<string, TextBlock>();
  const count = new Map<TextBlock, number>();
  for (const [word, block] of homes) {
    if (block === null) continue;
    home.set(word, block);
    count.set(block, (count.get(block) ?? 0) + 1);
  }
  return { home, count };
}
