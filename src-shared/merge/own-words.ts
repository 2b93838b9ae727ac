import { isTextBlock, type TextBlock } from '#shared/article';
import type { Body } from './bodies.ts';
import { isWord, textOf, tokensOf } from './tokens.ts';

/** As many words from a text are not in another by chance. */
export const WORDS_TO_TELL = 3;

/** The words by which each text of a body is known again: those that no other text there has. */
export interface OwnWords {
  home: ReadonlyMap<string, TextBlock>;
  count: ReadonlyMap<TextBlock, number>;
}

/** Every break that may be carried asks this of one body. */
const known = new WeakMap<Body, OwnWords>();

export function ownWordsOf(body: Body): OwnWords {
  const before = known.get(body);
  if (before) return before;
  const homes = new Map<string, TextBlock | null>();
  for (const block of body.filter(isTextBlock))
    for (const word of new Set(tokensOf(block.children).filter(isWord).map(textOf)))
      homes.set(word, homes.has(word) ? null : block);
  const home = new Map<string, TextBlock>();
  const count = new Map<TextBlock, number>();
  for (const [word, block] of homes) {
    if (block === null) continue;
    home.set(word, block);
    count.set(block, (count.get(block) ?? 0) + 1);
  }
  const own = { home, count };
  known.set(body, own);
  return own;
}
