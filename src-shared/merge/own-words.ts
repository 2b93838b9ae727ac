import type { Block } from '#shared/article';
import { idOf } from './ids.ts';
import { isTextBlock, isWord, textOf, tokensOf, type TextBlock } from './tokens.ts';

/** As many words from a text are not in another by chance. */
export const WORDS_TO_TELL = 3;

/** The words that stand in this block and in no other text of the body: by them it is known again. */
export function ownWords(body: readonly Block[], block: TextBlock): Set<string> {
  const wordsOf = ({ children }: TextBlock): string[] =>
    tokensOf(children).filter(isWord).map(textOf);
  const own = new Set(wordsOf(block));
  for (const other of body)
    if (isTextBlock(other) && idOf(other) !== idOf(block))
      for (const word of wordsOf(other)) own.delete(word);
  return own;
}
