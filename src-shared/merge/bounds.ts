import type { TextBlock } from '#shared/article';
import { remembered } from './remembered.ts';
import { lettersOf, SENTENCE_END } from './sentences.ts';
import { edges, SPACE, wordsOf } from './stretches.ts';
import { isSpace, textOf, type Token } from './tokens.ts';

/** Where in a text its sentences begin and end, and how one comes into it, or out of it. */

/** A sentence in a text, or several in a row, from token to token, without the space round it. */
export interface Sentence {
  start: number;
  end: number;
}

export interface Said extends Sentence {
  says: string;
}

/** The sentences of a text one after the other. */
export const saidIn = remembered((text: TextBlock): readonly string[] =>
  lettersOf(text.children)
    .split(SENTENCE_END)
    .map(says)
    .filter((each) => each !== ''),
);

const says = (letters: string): string => letters.trim().replaceAll(/\s+/g, ' ');

export const boundsIn = remembered((text: TextBlock): readonly Said[] => {
  const tokens = wordsOf(text);
  const letters = lettersOf(text.children);
  const ends = [...letters.matchAll(new RegExp(SENTENCE_END, 'gu'))].map(({ index }) => index);
  const bounds: Said[] = [];
  let [from, start, offset] = [0, 0, 0];
  tokens.forEach((token, index) => {
    offset += textOf(token).length;
    if (offset < (ends[0] ?? letters.length)) return;
    const own = edges(tokens.slice(from, index + 1));
    if (own.start < own.end)
      bounds.push({
        start: from + own.start,
        end: from + own.end,
        says: says(letters.slice(start, offset)),
      });
    [from, start] = [index + 1, offset];
    while ((ends[0] ?? letters.length) <= offset && ends.length > 0) ends.shift();
  });
  return bounds;
});

/** Where these sentences stand in a text one behind the other. */
export function rowIn(text: TextBlock, row: readonly string[]): Sentence | null {
  const sentences = boundsIn(text);
  const at = sentences.findIndex((_, index) =>
    row.every((says, by) => sentences[index + by]?.says === says),
  );
  const [first, last] = [sentences[at], sentences[at + row.length - 1]];
  return first && last ? { start: first.start, end: last.end } : null;
}

const spaceBehind = (tokens: readonly Token[], at: number): readonly Token[] => {
  const behind = tokens.slice(at);
  return behind.slice(0, edges(behind).start);
};

/** The words of a text without a sentence; what is left is as far apart as in `like`, where it stands so. */
export function takenOut(text: TextBlock, { start, end }: Sentence, like: TextBlock): Token[] {
  const tokens = wordsOf(text);
  const [left, right] = [tokens.slice(0, start), tokens.slice(end)];
  const [head, tail] = [left.slice(0, edges(left).end), right.slice(edges(right).start)];
  if (head.length === 0 || tail.length === 0) return [...head, ...tail];
  const sentences = boundsIn(text);
  const ahead = sentences.findLast((each) => each.end <= start)?.says;
  const behind = sentences.find((each) => each.start >= end)?.says;
  const place = rowIn(
    like,
    [ahead, behind].flatMap((says) => says ?? []),
  );
  const first = boundsIn(like).find((each) => each.start === place?.start);
  const given = first ? spaceBehind(wordsOf(like), first.end) : left.slice(head.length);
  return [...head, ...(given.length > 0 ? given : SPACE), ...tail];
}

/**
 * The words of a text with a sentence put in: behind the one, or before the one, beside which it stands in `model`, and as
 * far apart from them.
 */
export function putIn(
  text: TextBlock,
  piece: readonly Token[],
  model: TextBlock,
  at: Sentence,
): Token[] {
  const [tokens, ofModel] = [wordsOf(text), wordsOf(model)];
  const [sentences, around] = [boundsIn(text), boundsIn(model)];
  const [ahead, behind] = [
    around.filter(({ end }) => end <= at.start),
    around.filter(({ start }) => start >= at.end),
  ];
  const find = (row: readonly Said[]): Said | undefined =>
    row
      .flatMap(({ says }) => {
        const [one, more] = sentences.filter((each) => each.says === says);
        return one && !more ? [one] : [];
      })
      .at(0);
  const after = find(ahead.toReversed());
  const before = after ? undefined : find(behind);
  const isFirst = ahead.length === 0 && behind.length > 0;
  const place = after?.end ?? before?.start ?? (isFirst ? 0 : tokens.length);
  const [left, right] = [tokens.slice(0, place), tokens.slice(place)];
  const [head, tail] = [left.slice(0, edges(left).end), right.slice(edges(right).start)];
  const last = ahead.at(-1);
  const gaps = [
    last ? spaceBehind(ofModel, last.end) : SPACE,
    behind.length > 0 ? spaceBehind(ofModel, at.end) : SPACE,
  ] as const;
  const hasWords = (part: readonly Token[]): boolean => !part.every(isSpace);
  return [
    ...(hasWords(head) ? [...head, ...gaps[0]] : []),
    ...piece,
    ...(hasWords(tail) ? [...gaps[1], ...tail] : []),
  ];
}
