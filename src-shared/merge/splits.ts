import { canonicalJson, isTextBlock, type Block, type TextBlock } from '#shared/article';
import {
  blockIn,
  find,
  placed,
  put,
  putBehind,
  renamed,
  without,
  type Placed,
  type StepsAt,
  type Three,
} from './bodies.ts';
import { same } from './choose.ts';
import { betweenSentences } from './cuts.ts';
import { idOf } from './ids.ts';
import { WORDS_TO_TELL } from './own-words.ts';
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
  type Parts,
} from './stretches.ts';
import { matchTokens } from './matching.ts';
import { isSpace, isWord, textOf, type Token } from './tokens.ts';
import { isLookalike } from './wordings.ts';

const isKept = (place: number | null): place is number => place !== null;

interface Found {
  /** Where in the text its second part begins. */
  at: number;
  /** It tells of another figure in the same few words: it may be another text. */
  isLookalike: boolean;
}

/**
 * Where in a text its second part begins: the place of the first word that stands in `second`, if most of `second` is from
 * this text at all, or most of what the first part lost is there; or where the sentence of that word begins, if only words
 * that stand in neither come before it there.
 */
const cutOf = remembered((whole: TextBlock, first: TextBlock, second: TextBlock): Found | null => {
  const [tokens, head, tail] = [whole, first, second].map((text) =>
    cutWordsOf(text, [first, second]),
  ) as [readonly Token[], readonly Token[], readonly Token[]];
  const places = matchTokens(tokens, [...head, ...tail]);
  const kept = tokens.flatMap((token, index) =>
    !isSpace(token) && (places[index] ?? -1) >= head.length ? [index] : [],
  );
  const count = countWords(kept.flatMap((index) => tokens[index] ?? []));
  const lost = tokens.filter((_, index) => (places[index] ?? head.length) >= head.length);
  const span = countWords(tokens.slice(kept[0], (kept.at(-1) ?? -1) + 1));
  const there = kept.map((index) => places[index] ?? 0);
  const spanThere = countWords([...head, ...tail].slice(there[0], (there.at(-1) ?? -1) + 1));
  // Scattered over one of the two, or some words of a few, they are words that anybody may use in a new text.
  const isClose = count * 2 > span && count * 2 > spanThere;
  const isOfIt = count * 2 > countWords(tail) && isClose;
  const isRest = count >= WORDS_TO_TELL && count * 2 > countWords(lost) && count * 2 > spanThere;
  const isTold = count >= WORDS_TO_TELL || count === countWords(tail);
  const [start] = kept;
  if (start === undefined || !isTold || !(isOfIt || isRest)) return null;
  const words = tokens.flatMap((token, index) => (isSpace(token) ? [] : [index]));
  const left = words.findLast((index) => index < start && isKept(places[index] ?? null)) ?? -1;
  const sentence = words.find((index) => index > left && endsSentence(tokens.slice(0, index)));
  const cut = sentence === undefined ? start : Math.min(sentence, start);
  const [before, rest] = [tokens.slice(0, cut), tokens.slice(cut)];
  // A part that was cut off may have another figure since; where nothing else is left, it may be another text.
  const stands = countWords(before.filter((_, index) => isKept(places[index] ?? null)));
  const isAlone = stands * 2 <= countWords(before);
  const found: Found = { at: cut, isLookalike: isLookalike(saidBy(rest), saidBy(tail)) };
  if (isAlone && found.isLookalike) return null;
  // Each sentence of which words are there still stands in the first part, be they in another order: what stands behind that
  // only says something like it.
  const isLeft = (run: readonly Token[]): boolean => timesIn(head, run) >= timesIn(tokens, run);
  let end = cut;
  const source = inSentences(rest).filter((sentence) => {
    const begin = end;
    end += sentence.length;
    return kept.some((index) => begin <= index && index < end);
  });
  return source.every(isLeft) ? null : found;
});

/**
 * Where a cut of the base comes in what another made of it; null where most was rewritten, or just there all is new. What is
 * left of a text that lost more than half of its words is not rewritten.
 */
function carriedCut(base: readonly Token[], cut: number, run: readonly Token[]): number | null {
  const found = foundCut(base, cut, run);
  const isBetween = endsSentence(base.slice(0, cut));
  if (found === null || !isBetween || endsSentence(run.slice(0, found))) return found;
  return betweenSentences(base, cut, run, found);
}

/**
 * Whether a sentence from before the cut of a text stands behind that of another, or the other way round: in the new order
 * nobody cut it. What is written in one of the halves would come to stand in the midst of the other.
 */
function isCrossed(
  base: readonly Token[],
  cut: number,
  run: readonly Token[],
  at: number,
): boolean {
  const [before, behind] = [base.slice(0, cut), base.slice(cut)];
  const whole = [
    inSentences(before).filter(endsSentence),
    inSentences(behind).slice(endsSentence(before) ? 0 : 1),
  ] as const;
  // Whoever suggests a sentence for removal, or sets it in bold, may have moved it as well.
  const spoken = (tokens: readonly Token[]): string => ` ${saidBy(tokens).join(' ')} `;
  const [head, tail] = [run.slice(0, at), run.slice(at)].map(spoken) as [string, string];
  const isOnlyIn = (there: string, here: string) => (sentence: readonly Token[]) =>
    there.includes(spoken(sentence)) && !here.includes(spoken(sentence));
  return whole[0].some(isOnlyIn(tail, head)) || whole[1].some(isOnlyIn(head, tail));
}

function foundCut(base: readonly Token[], cut: number, run: readonly Token[]): number | null {
  const places = matchTokens(base, run);
  const words = base.filter((token, index) => isWord(token) && places[index] !== null).length;
  const enough = Math.min(countWords(base), countWords(run)) / 2;
  // What has just half of them, be it one word, or in its one sentence, may be another, and would be cut in two.
  const isWithin = !endsSentence(base.slice(0, cut));
  const isOther = words === enough && (isWithin || words === 1);
  if (words === 0 || words < enough || isOther) return null;
  const behind = places[cut];
  if (behind !== null && behind !== undefined) return behind;
  const before = base.slice(0, cut).findLastIndex((token) => !isSpace(token));
  const ahead = places[before];
  if (typeof ahead === 'number') return ahead + 1;
  const [left, right] = [places.slice(0, cut).findLast(isKept), places.slice(cut).find(isKept)];
  const start = left === undefined ? 0 : left + 1;
  return run.slice(start, right).every(isSpace) ? start : null;
}

/** What kind of block it is: a heading with its level. */
function kindOf(block: TextBlock): object {
  return block.type === 'heading' ? { type: block.type, tag: block.tag } : { type: block.type };
}

/** The second part as a text cut elsewhere would have it: of the kind of the first, where it was so for who cut. */
function frameOf(second: TextBlock, cutFrom: TextBlock, now: TextBlock): TextBlock {
  if (!same(kindOf(second), kindOf(cutFrom))) return second;
  const { type: _, ...rest } = second;
  const { tag: _tag, ...bare } = rest as typeof rest & { tag?: string };
  return { ...bare, ...kindOf(now) } as TextBlock;
}

/** The two parts of a text, with the space at the cut as who made it left it. */
function halves(
  of: TextBlock,
  at: number,
  [first, second]: Parts,
  was: TextBlock,
  like: readonly TextBlock[],
): [Block, Block] {
  const tokens = cutWordsOf(of, [first, second]);
  const head = tokens.slice(0, at);
  const tail = tokens.slice(at);
  return [
    withWords(
      of,
      [...head.slice(0, edges(head).end), ...trimmed(wordsOf(first)).after],
      [first, ...like],
    ),
    withWords(
      frameOf(second, was, of),
      [...trimmed(wordsOf(second)).before, ...tail.slice(edges(tail).start)],
      [second, ...like],
    ),
  ];
}

interface Cut {
  second: TextBlock;
  /** Where in the text that was cut the second part begins. */
  at: number;
}

/** The part that was cut off a text: new, and behind it with nothing but what is new between the two, as a subhead. */
function cutOff(side: Placed, was: TextBlock, first: TextBlock, known: Placed): Cut | null {
  const start = (side.places.get(idOf(was)) ?? -1) + 1;
  for (let index = start; index < side.body.length; index += 1) {
    const second = side.body[index];
    if (!second || known.places.has(idOf(second))) return null;
    const found = isTextBlock(second) ? cutOf(was, first, second) : null;
    const isChance = found?.isLookalike === true && index > start;
    if (isTextBlock(second) && found && !isChance) return { second, at: found.at };
  }
  return null;
}

/** Splits of what the other side changed; or, with `removed`, of what it took out. */
export function splitSteps({ base, side, other }: Three, removed = false): StepsAt {
  const [ofBase, ofSide, ofOther] = [placed(base), placed(side), placed(other)];
  return (at) => {
    const was = base[at];
    if (!isTextBlock(was)) return [];
    const [first, there] = [blockIn(ofSide, idOf(was)), blockIn(ofOther, idOf(was))];
    if (!isTextBlock(first) || removed !== !there || same(was, there)) return [];
    const cut = cutOff(ofSide, was, first, ofBase);
    if (cut === null) return [];
    const parts = [first, cut.second] as const;
    const three = { base, side, other };
    const own = isTextBlock(there) ? cutOff(ofOther, was, there, ofBase) : null;
    const take = (): Three => split(three, was, parts, cut.at, own) ?? three;
    // Across what stands between them the two are not put together again.
    const isBehind =
      ofSide.places.get(idOf(cut.second)) === (ofSide.places.get(idOf(was)) ?? 0) + 1;
    if (!isBehind && take() === three) return [];
    return [{ order: [cut.at, `${idOf(cut.second)} ${canonicalJson(parts)}`], take }];
  };
}

const lettersBefore = (at: number, tokens: readonly Token[]): number =>
  tokens.slice(0, at).reduce((letters, token) => letters + textOf(token).length, 0);

function split(
  { base, side, other }: Three,
  was: TextBlock,
  parts: Parts,
  cut: number,
  theirs: Cut | null,
): Three | null {
  const [first, second] = parts;
  const id = idOf(was);
  const there = find(other, id);
  const cutWords = (text: TextBlock): readonly Token[] => cutWordsOf(text, parts);
  const tokens = cutWords(was);
  const isMoved = cut <= edges(tokens).start;
  const [head, tail] = halves(was, cut, parts, was, []);
  // What stood there went behind something new: its words are known by the name that they have now.
  const splitBase = isMoved
    ? renamed(base, id, idOf(second))
    : putBehind(put(base, head), id, tail);
  if (find(other, idOf(second))) return { base: splitBase, side, other };
  const own = theirs?.second;
  const isSameCut =
    isTextBlock(there) &&
    theirs !== null &&
    lettersBefore(cut, tokens) ===
      lettersBefore(theirs.at, cutWordsOf(was, [there, theirs.second]));
  if (own && isSameCut && !find(side, idOf(own))) {
    // Both cut it here: the two new blocks are one, and the smaller id is its name.
    const [kept, given] =
      idOf(second) < idOf(own) ? [idOf(second), idOf(own)] : [idOf(own), idOf(second)];
    return { base, side: renamed(side, given, kept), other: renamed(other, given, kept) };
  }
  if (isMoved) return { base: splitBase, side, other: renamed(other, id, idOf(second)) };
  // Two halves of a sentence, each with the words of another editor, would say what neither wrote, and one is no sentence.
  const isHalved = differ(tokens, parts.flatMap(cutWords)) && !endsSentence(tokens.slice(0, cut));
  if (!there && !isHalved) return { base: splitBase, side, other };
  const run = isTextBlock(there) ? [...cutWords(there), ...(own ? cutWords(own) : [])] : [];
  const isBehind = side[side.indexOf(first) + 1] === second;
  const at = isHalved && differ(tokens, run) ? null : carriedCut(tokens, cut, run);
  const isTold = at !== null && !(isBehind && isCrossed(tokens, cut, run, at));
  if (isTextBlock(there) && isTold && at <= cutWords(there).length) {
    const like = [head, tail].filter(isTextBlock);
    const [left, right] = halves(there, at, parts, was, like);
    // A half of which nothing is left was removed.
    const stand = [left, right].filter(hasWords);
    return {
      base: splitBase,
      side,
      other: other.flatMap((block) => (idOf(block) === id ? stand : [block])),
    };
  }
  if (!isBehind) return null;
  const space = tokens.slice(edges(tokens.slice(0, cut)).end, cut);
  const [start, end] = [trimmed(wordsOf(first)), trimmed(wordsOf(second))];
  const isAsItWas =
    start.words.at(-1)?.key === tokens[cut - 1]?.key && end.words[0]?.key === tokens[cut]?.key;
  const between = space.length > 0 || isAsItWas ? space : SPACE;
  return {
    base,
    side: without(
      put(side, withWords(first, oneBehindOther(start, between, end), [was])),
      idOf(second),
    ),
    other,
  };
}
