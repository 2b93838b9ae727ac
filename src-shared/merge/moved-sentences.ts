import { canonicalJson, isTextBlock, type Block, type TextBlock } from '#shared/article';
import { boundsIn, putIn, rowIn, saidIn, takenOut, type Sentence } from './bounds.ts';
import { byId, find, put, putAhead, putAs, without, type Body } from './bodies.ts';
import { same } from './choose.ts';
import { idOf } from './ids.ts';
import { matchTokens } from './matching.ts';
import { holderOf, isGoneWithIt } from './nested.ts';
import { WORDS_TO_TELL } from './own-words.ts';
import { lettersOf, wordsOf as wordsIn, type Words } from './sentences.ts';
import { countWords, hasWords, withWords, wordsOf } from './stretches.ts';
import { isSpace, isWord, textOf, type Token } from './tokens.ts';
import { differInFigures, wordingsIn } from './wordings.ts';

/**
 * A sentence that one side moved to another paragraph has not changed a word; but to a merge by block it was taken out here
 * and written there. Where the other side changed one of the two paragraphs, one version would have the sentence twice and
 * another not at all: so the move is carried over first, to the base and to the other side, with the words that this has by
 * now. Where the other took out what the sentence went to, the move is taken back.
 */

type Bodies = readonly [base: Body, side: Body, other: Body];

/** Sentences in a row that a side took from one text to another. */
interface Move {
  from: string;
  into: string;
  row: readonly string[];
  /** The same as the side has them by now. */
  now: readonly string[];
  /** Whether the other side moved them as well, be it to another text. */
  both: boolean;
}

/** The same sentences where the words in them were changed since: what holds most of those, and nothing from beside them. */
function rewordedIn(text: TextBlock, was: TextBlock, row: Sentence): Sentence | null {
  const [before, places] = [wordsOf(was), matchTokens(wordsOf(was), wordsOf(text))];
  const homes = boundsIn(text);
  const kept = before.flatMap((token, index) => {
    const place = places[index] ?? -1;
    const home = homes.findIndex(({ start, end }) => start <= place && place < end);
    return isWord(token) && home >= 0 ? [{ index, home }] : [];
  });
  const isOfRow = ({ index }: { index: number }): boolean => row.start <= index && index < row.end;
  const own = kept.filter(isOfRow).map(({ home }) => home);
  if (own.length * 2 <= countWords(before.slice(row.start, row.end))) return null;
  const [start, end] = [Math.min(...own), Math.max(...own)];
  const [first, last] = [homes[start], homes[end]];
  const isMixed = kept.some((each) => !isOfRow(each) && each.home >= start && each.home <= end);
  return first && last && !isMixed ? { start: first.start, end: last.end } : null;
}

type Places = Map<string, TextBlock | null>;

interface Homes {
  /** The text in which each sentence stands; null where there are several. */
  homes: Places;
  /** How a sentence of the base goes there. */
  nameOf: (says: string) => string;
}

/** The sentences in the texts that a side changed, as each body has them. */
function homesOf(bodies: Bodies): [base: Homes, a: Homes, b: Homes] {
  const [inBase, inA, inB] = bodies.map((body) => byId(body)) as [
    Map<string, Block>,
    Map<string, Block>,
    Map<string, Block>,
  ];
  const isLeft = (id: string): boolean =>
    same(inBase.get(id), inA.get(id)) && same(inBase.get(id), inB.get(id));
  const [base, a, b] = bodies.map((body) => {
    const homes = new Map<string, TextBlock | null>();
    for (const text of body.filter(isTextBlock))
      if (!isLeft(idOf(text)))
        for (const says of saidIn(text)) homes.set(says, homes.has(says) ? null : text);
    return homes;
  }) as [Places, Places, Places];
  const without = (x: Places, y: Places): Map<string, Words> =>
    new Map([...x.keys()].flatMap((says) => (y.has(says) ? [] : [[says, wordsIn(says)]])));
  const named = (homes: Places): Homes => {
    const wordings = wordingsIn(bodies[0], without(base, homes), without(homes, base));
    const nameOf = (says: string): string => {
      const now = wordings.get(says);
      return now !== undefined && !differInFigures(wordsIn(says), wordsIn(now)) ? now : says;
    };
    return { homes, nameOf };
  };
  return [named(base), named(a), named(b)];
}

const textIn = (body: Body, id: string): TextBlock | null => {
  const block = find(body, id);
  return isTextBlock(block) ? block : null;
};

type Goal = Pick<Move, 'into' | 'both'>;

/** What a side moved out of texts that stand on the other side; nobody can tell of what stands twice. */
function movesOf(
  [base, side, other]: Bodies,
  [before, now, there]: readonly [Homes, Homes, Homes],
): Move[] {
  const [inBase, inSide, inOther] = [byId(base), byId(side), byId(other)];
  const goalOf = (was: TextBlock, says: string): Goal | null => {
    const [goal, theirs] = [now, there].map(({ homes, nameOf }) => homes.get(nameOf(says)));
    const isMoved = before.homes.get(says) === was && goal && idOf(goal) !== idOf(was);
    if (!isMoved || theirs === null) return null;
    return { into: idOf(goal), both: theirs !== undefined && idOf(theirs) !== idOf(was) };
  };
  const isTouched = (id: string): boolean =>
    !same(inBase.get(id), inOther.get(id)) || isGoneWithIt(base, other, id);
  return base.filter(isTextBlock).flatMap((was): Move[] => {
    const from = idOf(was);
    const left = inOther.get(from);
    if (same(inSide.get(from), was) || !isTextBlock(left)) return [];
    const moves: Move[] = [];
    const [sentences, theirs] = [saidIn(was), saidIn(left)];
    for (let at = 0; at < sentences.length;) {
      const goal = goalOf(was, sentences[at] ?? '');
      const text = goal && textIn(side, goal.into);
      const namesTo = (end: number): string[] =>
        sentences.slice(at, end).map((says) => now.nameOf(says));
      // What the other has apart by now is known sentence by sentence, and not as a row in other words.
      const isApart = (row: readonly string[]): boolean =>
        row.every((says) => theirs.includes(says)) && rowIn(left, row) === null;
      const goesOn = (end: number): boolean =>
        text !== null &&
        same(goalOf(was, sentences[end] ?? ''), goal) &&
        rowIn(text, namesTo(end + 1)) !== null &&
        !isApart(sentences.slice(at, end + 1));
      let end = at + 1;
      while (end < sentences.length && goesOn(end)) end += 1;
      const row = sentences.slice(at, end);
      const isTold = wordsIn(row.join(' ')).length > WORDS_TO_TELL;
      if (goal && isTold && [from, goal.into].some(isTouched))
        moves.push({ from, row, now: namesTo(end), ...goal });
      at = end;
    }
    return moves;
  });
}

const isIn = ({ start, end }: Sentence, at: number): boolean => start <= at && at < end;
const cutOut = (text: TextBlock, { start, end }: Sentence): readonly Token[] =>
  wordsOf(text).slice(start, end);

/** Where the words of a sentence end, and the full stop begins that it may have. */
const closeOf = (tokens: readonly Token[]): number =>
  tokens.findLastIndex((token) => !/^[.!?؟。…]$/u.test(textOf(token))) + 1;

/**
 * A sentence with the full stop, or without one, as it was moved: an item of a list and a subhead have none. Who wrote another
 * there, as a question mark, has changed it.
 */
function closedLike(
  piece: readonly Token[],
  was: readonly Token[],
  moved: readonly Token[],
): readonly Token[] {
  const [own, before, after] = [piece, was, moved].map((tokens) => tokens.slice(closeOf(tokens)));
  const textsOf = (tokens: readonly Token[] = []): string[] => tokens.map(textOf);
  return same(textsOf(own), textsOf(before))
    ? [...piece.slice(0, closeOf(piece)), ...(after ?? [])]
    : piece;
}

/** Whether a side took out what a text says, and did not move it: none of what it changed or wrote has half of those words. */
function isTakenOut(old: TextBlock, base: Body, side: Body): boolean {
  const before = byId(base);
  const words = wordsIn(lettersOf(old.children));
  return side.filter(isTextBlock).every((text) => {
    if (same(before.get(idOf(text)), text)) return true;
    const there = new Set(wordsIn(lettersOf(text.children)));
    return words.filter((word) => there.has(word)).length * 2 < words.length;
  });
}

/** The body with a text of other words, or without it where none are left and nobody left it standing. */
function reworded(
  body: Body,
  text: TextBlock,
  words: Token[],
  like: TextBlock | null,
  stands: boolean,
): Body {
  const isBlank = words.every(isSpace) && (!like || hasWords(like));
  const now = withWords(text, isBlank ? [] : words, like ? [like] : []);
  return hasWords(now) || stands ? put(body, now) : without(body, idOf(text));
}

function carry([base, side, other]: Bodies, { from, into, row, now, both }: Move): Bodies | null {
  const [was, left, goal] = [textIn(base, from), textIn(side, from), textIn(side, into)];
  if (!was || !goal || (!left && find(side, from))) return null;
  const [before, moved] = [rowIn(was, row), rowIn(goal, now)];
  if (!before || !moved) return null;
  const [said, says] = [cutOut(was, before), cutOut(goal, moved)];
  const old = textIn(base, into);
  const isOnlyThat = wordsOf(goal).every((token, at) => isIn(moved, at) || isSpace(token));
  const isInPlaceOf =
    old && isOnlyThat && same(textIn(other, into), old) && isTakenOut(old, base, side);
  // Where the side left the text, be it with other words, it is the one whose place the other may have changed.
  const takenFrom = (body: Body, text: TextBlock, sentence: Sentence): Body =>
    reworded(body, text, takenOut(text, sentence, left ?? text), left, left !== null);
  // What a side made of a sentence, and put before the text that it is from, goes along with that.
  const next = side[side.indexOf(goal) + 1];
  const isAhead = next && idOf(next) === from && holderOf(into) === holderOf(from);
  /** The body with the sentence where it went to: a new text stands behind what it stands behind in `like`. */
  const intoIt = (body: Body, piece: readonly Token[], like: Body): Body | null => {
    const text = textIn(body, into);
    const closed = closedLike(piece, said, says);
    const isTaken = [base, body].some((each) => find(each, into) !== undefined);
    if (!text && (isTaken || isGoneWithIt(base, body, into))) return null;
    const made = withWords(goal, closed, [goal]);
    if (!text) return isAhead ? putAhead(body, from, made) : putAs(body, made, like);
    const words = isInPlaceOf ? closed : putIn(text, closed, goal, moved);
    return put(body, withWords(text, words, [goal]));
  };
  const carriedBase = intoIt(base, said, side);
  if (both) {
    const theirs = textIn(other, into);
    const carried = theirs && rowIn(theirs, row) ? carriedBase : null;
    return [takenFrom(carried ?? base, was, before), side, other];
  }
  const there = textIn(other, from);
  const theirs = there && (rowIn(there, row) ?? rewordedIn(there, was, before));
  if (!there || !theirs) return null;
  // As in the base, so that the other has not moved it from there.
  const carriedOther = carriedBase && intoIt(other, cutOut(there, theirs), carriedBase);
  if (carriedBase && carriedOther)
    return [takenFrom(carriedBase, was, before), side, takenFrom(carriedOther, there, theirs)];
  if (!old && !isGoneWithIt(base, other, into)) return null;
  const piece = closedLike(says, says, said);
  const isOldEmpty = old !== null && !hasWords(old);
  const rest = reworded(side, goal, takenOut(goal, moved, old ?? goal), old, isOldEmpty);
  const back = left
    ? put(rest, withWords(left, putIn(left, piece, was, before), [was]))
    : putAs(rest, withWords(was, piece, [was]), base);
  return [base, back, other];
}

/** One move that was carried may show another, from or to a text that stands there now. */
const PASSES = 4;

/** The three bodies with each sentence that one side moved where it is now, if the other changed what it went from or to. */
export function carrySentences(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  let now: [Body, Body, Body] = [base, a, b];
  for (let pass = 0; pass < PASSES; pass += 1) {
    const before = now;
    for (const { move, isOfA } of movesIn(...now)) {
      const carried = carry(isOfA ? now : [now[0], now[2], now[1]], move);
      if (carried) now = isOfA ? [...carried] : [carried[0], carried[2], carried[1]];
    }
    if (now === before) break;
  }
  return now;
}

/** The moves of both sides in one order, whichever side is named first. */
function movesIn(base: Body, a: Body, b: Body): { move: Move; isOfA: boolean }[] {
  const places = new Map(base.map((block, at) => [idOf(block), at]));
  const [before, ofA, ofB] = homesOf([base, a, b]);
  const found = [
    ...movesOf([base, a, b], [before, ofA, ofB]).map((move) => ({ move, isOfA: true })),
    ...movesOf([base, b, a], [before, ofB, ofA]).map((move) => ({ move, isOfA: false })),
  ].map(({ move, isOfA }) => {
    const texts = [move.from, move.into].map((id) => find(isOfA ? a : b, id) ?? null);
    return { move, isOfA, at: places.get(move.from) ?? 0, tie: canonicalJson([move, texts]) };
  });
  return found.sort((x, y) => x.at - y.at || (x.tie < y.tie ? -1 : 1));
}
