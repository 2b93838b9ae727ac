import { canonicalJson, isTextBlock, type Block, type TextBlock } from '#shared/article';
import {
  blockIn,
  find,
  placed,
  put,
  putBehind,
  renamed,
  without,
  type Body,
  type StepsAt,
  type Three,
} from './bodies.ts';
import { same } from './choose.ts';
import { betweenSentences } from './cuts.ts';
import { idOf } from './ids.ts';
import { hasOwnWord, wordsIn } from './own-words.ts';
import { remembered } from './remembered.ts';
import {
  countWords,
  cutWordsOf,
  differ,
  edges,
  endsSentence,
  hasWords,
  inSentences,
  oneBehindOther,
  saidBy,
  SPACE,
  timesIn,
  trimmed,
  withWords,
  wordsOf,
  type Trimmed,
} from './stretches.ts';
import { matchTokens } from './matching.ts';
import { isGoneWithIt } from './nested.ts';
import { isSpace, isWord, textOf, type Token } from './tokens.ts';
import { isLookalike } from './wordings.ts';

/**
 * Where `lead`, the words before those found, begins in a text. A word with which sentences of both begin may have been
 * taken for one of the first, which would cut the sentence.
 */
function startOfSentence(whole: readonly Token[], found: number, lead: readonly Token[]): number {
  const start = found - lead.length;
  if (start < 0 || lead.length === 0 || endsSentence(whole.slice(0, found))) return found;
  const isLead = same(lead.map(textOf), whole.slice(start, found).map(textOf));
  return isLead && endsSentence(whole.slice(0, start)) ? start : found;
}

/** Whether what closes a sentence was taken for the beginning of the second text, of which the first words are gone. */
function isAtEnd(whole: readonly Token[], found: number): boolean {
  const [before, here] = [whole[found - 1], whole[found]];
  const isWithin = before !== undefined && isWord(before) && here !== undefined && !isWord(here);
  return isWithin && endsSentence(whole.slice(0, found + 1));
}

const startBehind = (whole: readonly Token[], at: number): number =>
  at + edges(whole.slice(at)).start;

/**
 * Where in a joined text the second of the two begins, if most of it is there at all, and not in the midst of the first. Of
 * words that stand elsewhere too, a sentence can be made that has never been there: where it has words of its own, one of
 * them is asked for, and more than one word where it has none.
 */
function seamOf(body: Body, first: TextBlock, second: TextBlock, whole: TextBlock): number | null {
  const seam = foundSeam(first, second, whole);
  if (!seam) return null;
  const isKnown =
    hasOwnWord(body, second, seam.words) ||
    (seam.words.length > 1 && !hasOwnWord(body, second, wordsIn(second)));
  return isKnown ? seam.at : null;
}

interface Seam {
  at: number;
  /** The words of the second that stand there. */
  words: readonly string[];
}

const foundSeam = remembered(
  (first: TextBlock, second: TextBlock, whole: TextBlock): Seam | null => {
    const [head, tail, tokens] = [first, second, whole].map((text) =>
      cutWordsOf(text, [first, second]),
    ) as [readonly Token[], readonly Token[], readonly Token[]];
    const places = matchTokens([...head, ...tail], tokens).slice(head.length);
    const kept = tail.filter((token, index) => !isSpace(token) && places[index] !== null);
    const [start] = kept;
    if (!start || countWords(kept) * 2 <= countWords(tail)) return null;
    const at = tail.indexOf(start);
    const behind = tokens.slice((places.findLast((place) => place !== null) ?? -1) + 1);
    if (inSentences(behind).some((sentence) => timesIn(head, sentence) > 0)) return null;
    const found = startOfSentence(tokens, places[at] ?? 0, tail.slice(0, at));
    const begin = isAtEnd(tokens, found)
      ? startBehind(tokens, betweenSentences([...head, ...tail], head.length, tokens, found))
      : found;
    // What tells of another figure in the same few words may be a sentence by itself.
    if (isLookalike(saidBy(tail), saidBy(tokens.slice(begin)))) return null;
    return { at: begin, words: kept.filter(isWord).map(textOf) };
  },
);

/** Whether the first of the two ends in the midst of a sentence, which was made whole again by joining them. */
function endsWithin({ first, second, whole, seam }: Joint): boolean {
  const head = cutWordsOf(whole, [first, second]).slice(0, seam);
  return !head.every(isSpace) && !endsSentence(head);
}

const keepsMostOf = remembered((text: TextBlock, now: TextBlock): boolean => {
  const words = wordsOf(text);
  const places = matchTokens(words, wordsOf(now));
  return countWords(words.filter((_, index) => places[index] !== null)) * 2 > countWords(words);
});

function keepsMost(text: TextBlock, now: Block | undefined): boolean {
  return isTextBlock(now) && keepsMostOf(text, now);
}

export function joinSteps({ base, side, other }: Three): StepsAt {
  const [ofSide, ofOther] = [placed(side), placed(other)];
  return (at) => {
    const second = base[at];
    if (!isTextBlock(second) || blockIn(ofSide, idOf(second))) return [];
    const stands = (block: Block): boolean => ofSide.places.has(idOf(block));
    const before = base.slice(0, at).findLastIndex(stands);
    const first = base[before];
    const whole = first && blockIn(ofSide, idOf(first));
    if (!isTextBlock(first) || !isTextBlock(whole)) return [];
    const [there, after] = [first, second].map((block) => blockIn(ofOther, idOf(block)));
    if (same(whole, first) || (same(there, first) && same(after, second))) return [];
    const seam = seamOf(base, first, second, whole);
    if (seam === null) return [];
    const both = isTextBlock(there) && !after && seamOf(base, first, second, there) !== null;
    if (both && before !== at - 1) return [];
    const three = { base, side, other };
    const joint = { first, second, whole, seam, both };
    // Taken back where the other left neither part as it was, a half of a sentence would stand alone; and so it would where
    // the other has the first in two versions, and the second as it was.
    const isContested = there?.type === 'conflict' && same(after, second);
    if (isContested && endsWithin(joint)) return [];
    const isLeft = both || same(there, first) || keepsMost(second, after);
    if (!isLeft && endsWithin(joint) && join(three, joint).base === base) return [];
    return [{ order: [0, canonicalJson(whole)], take: () => join(three, joint) }];
  };
}

interface Joint {
  first: TextBlock;
  second: TextBlock;
  whole: TextBlock;
  /** Where in `whole` the second begins. */
  seam: number;
  /** Whether the other side joined the two as well. */
  both: boolean;
}

/** Whether two texts meet in the midst of a word, each with its part of it, as those did that became one. */
function meetInWord({ first, second, whole }: Joint, left: Trimmed, right: Trimmed): boolean {
  const isCut = cutWordsOf(whole, [first, second]).length > wordsOf(whole).length;
  const seam = [wordsOf(first).at(-1), wordsOf(second)[0]];
  return [left.words.at(-1), right.words[0]].every((token, index) => {
    const was = seam[index];
    return isCut && token && was && textOf(token) === textOf(was);
  });
}

function join({ base, side, other }: Three, joint: Joint): Three {
  const { first, second, whole, seam, both } = joint;
  const tokens = cutWordsOf(whole, [first, second]);
  const [head, tail] = [tokens.slice(0, seam), tokens.slice(seam)];
  const [lead, rest] = [trimmed(head), trimmed(tail)];
  const space = lead.after;
  const joined = (body: Body, like: readonly TextBlock[]): Body | null => {
    const at = body.findIndex((block) => idOf(block) === idOf(first));
    const [start, end] = body.slice(at, at + 2);
    if (at < 0 || !isTextBlock(start) || !isTextBlock(end) || idOf(end) !== idOf(second))
      return null;
    const [left, right] = [trimmed(wordsOf(start)), trimmed(wordsOf(end))];
    // Who joined them and left no space will see it; other words, which they have not seen so, must not grow together.
    const meetSo = left.words.at(-1)?.key === lead.words.at(-1)?.key;
    const isSeen = meetSo && right.words[0]?.key === rest.words[0]?.key;
    const isKept = space.length > 0 || isSeen || meetInWord(joint, left, right);
    const words = oneBehindOther(left, isKept ? space : SPACE, right);
    return without(put(body, withWords(start, words, like)), idOf(second));
  };
  const joinedBase = joined(base, [whole]);
  if (joinedBase && both) return { base: joinedBase, side, other };
  const joinedOther =
    joinedBase && joined(other, [whole, find(joinedBase, idOf(first))].filter(isTextBlock));
  if (joinedOther) return { base: joinedBase, side, other: joinedOther };
  // Where the other took one of the two out and a sentence runs across both, what this side wrote in that part would be
  // half a sentence to choose, and so would what it wrote in the second, where the other changed that as well: the two
  // stand joined beside what is left of them.
  if (joinedBase && endsWithin(joint)) {
    const [there, after] = [find(other, idOf(first)), find(other, idOf(second))];
    const [inHead, inTail] = [differ(head, wordsOf(first)), differ(tail, wordsOf(second))];
    if (there && !after && inTail) return { base: joinedBase, side, other };
    const isContested = inTail && keepsMost(second, after) && !same(after, second);
    if (after && !there && (inHead || isContested))
      return { base: joinedBase, side, other: renamed(other, idOf(second), idOf(first)) };
  }
  const own = lead.words.length > 0 ? [...lead.before, ...lead.words] : [];
  const apart = [
    withWords(whole, [...own, ...trimmed(wordsOf(first)).after], [first]),
    withWords(second, [...trimmed(wordsOf(second)).before, ...tail], [second]),
  ] as const;
  // Where nothing of the first is left, its words were taken out.
  const isEmptied = hasWords(first) && !hasWords(apart[0]);
  // An item that the other left as it was would bring back the list that this side took out: what it wrote in place of the
  // first, however like the item, is its version of that.
  if (
    isEmptied &&
    isGoneWithIt(base, side, idOf(second)) &&
    same(find(other, idOf(second)), second)
  )
    return { base, side, other };
  const left = putBehind(put(side, apart[0]), idOf(first), apart[1]);
  return { base, side: isEmptied ? without(left, idOf(first)) : left, other };
}
