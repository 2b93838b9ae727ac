import { canonicalJson, type Block } from '#shared/article';
import { same } from './choose.ts';
import { idOf } from './ids.ts';
import { ownWords, WORDS_TO_TELL } from './own-words.ts';
import {
  inlinesOf,
  isSpace,
  isTextBlock,
  isWord,
  matchTokens,
  textOf,
  tokensOf,
  type TextBlock,
  type Token,
} from './tokens.ts';

/**
 * A paragraph that was cut in two, or two that were joined, has not changed a word; but to a merge by block its words have
 * gone somewhere else. Where the other side changed those words, the break is carried over first: to the base, and to the
 * other side, so that afterwards both sides have the same paragraphs and each word is compared with what it was. Where
 * there is no telling where the break would come, it is taken back instead: words count for more than breaks.
 */

type Body = readonly Block[];

interface Three {
  base: Body;
  /** The side that cut or joined. */
  side: Body;
  other: Body;
}

/** A change that brings two sides closer; `order` says which of several is made first, whichever side is named first. */
interface Step {
  order: readonly [at: number, cut: number, tie: string];
  take: () => Three;
}

function find(body: Body, id: string): Block | undefined {
  return body.find((block) => idOf(block) === id);
}

function put(body: Body, ...changed: readonly Block[]): Body {
  const byId = new Map(changed.map((block) => [idOf(block), block]));
  return body.map((block) => byId.get(idOf(block)) ?? block);
}

function putBehind(body: Body, id: string, added: Block): Body {
  return body.flatMap((block) => (idOf(block) === id ? [block, added] : [block]));
}

function without(body: Body, id: string): Body {
  return body.filter((block) => idOf(block) !== id);
}

function withId<B extends Block | null>(block: B, id: string): B {
  return block && { ...block, $: { ...block.$, id } };
}

/** The body with a block under another id, the versions of a contested one included. */
function renamed(body: Body, from: string, to: string): Body {
  return body.map((block) => {
    if (idOf(block) !== from) return block;
    if (block.type !== 'conflict') return withId(block, to);
    const versions = block.versions.map((version) => withId(version, to));
    return { ...withId(block, to), base: withId(block.base, to), versions };
  });
}

const wordsOf = ({ children }: TextBlock): Token[] => tokensOf(children);
const countWords = (tokens: readonly Token[]): number => tokens.filter(isWord).length;

function edges(tokens: readonly Token[]): { start: number; end: number } {
  const start = tokens.findIndex((token) => !isSpace(token));
  return start < 0
    ? { start: tokens.length, end: tokens.length }
    : { start, end: tokens.findLastIndex((token) => !isSpace(token)) + 1 };
}

function hasWords(block: Block): boolean {
  return isTextBlock(block) && !wordsOf(block).every(isSpace);
}

/** Words without the space round them, and that space. */
function trimmed(tokens: readonly Token[]): { before: Token[]; words: Token[]; after: Token[] } {
  const { start, end } = edges(tokens);
  return {
    before: tokens.slice(0, start),
    words: tokens.slice(start, end),
    after: tokens.slice(end),
  };
}

const SPACE = tokensOf([{ type: 'text', text: ' ' }]);

type Trimmed = ReturnType<typeof trimmed>;

/** Two texts in one, with `between` where there are words on both sides of it. */
function oneBehindOther(first: Trimmed, between: readonly Token[], second: Trimmed): Token[] {
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
function withWords(frame: TextBlock, tokens: readonly Token[], like: readonly TextBlock[]): Block {
  const keys = tokens.map(({ key }) => key);
  const twin = like.find((block) =>
    same(
      keys,
      wordsOf(block).map(({ key }) => key),
    ),
  );
  return { ...frame, children: twin ? twin.children : inlinesOf(tokens) };
}

/**
 * Where in a text its second part begins: the place of the first word that stands in `second`, if most of `second` is from
 * this text at all, or most of what the first part lost is there.
 */
function cutOf(whole: TextBlock, first: TextBlock, second: TextBlock): number | null {
  const tokens = wordsOf(whole);
  const head = wordsOf(first);
  const tail = wordsOf(second);
  const places = matchTokens(tokens, [...head, ...tail]);
  const kept = tokens.flatMap((token, index) =>
    !isSpace(token) && (places[index] ?? -1) >= head.length ? [index] : [],
  );
  const words = countWords(kept.flatMap((index) => tokens[index] ?? []));
  const lost = tokens.filter((_, index) => (places[index] ?? head.length) >= head.length);
  const isOfIt = words * 2 > countWords(tail);
  const isRest = words >= WORDS_TO_TELL && words * 2 > countWords(lost);
  return isOfIt || isRest ? (kept[0] ?? null) : null;
}

/**
 * Where in a joined text the second of the two begins, if most of it is there at all. Of words that stand elsewhere too,
 * a sentence can be made that has never been there: where it has words of its own, one of them is asked for.
 */
function seamOf(body: Body, first: TextBlock, second: TextBlock, whole: TextBlock): number | null {
  const head = wordsOf(first);
  const tail = wordsOf(second);
  const places = matchTokens([...head, ...tail], wordsOf(whole)).slice(head.length);
  const kept = tail.filter((token, index) => !isSpace(token) && places[index] !== null);
  const [start] = kept;
  if (!start || countWords(kept) * 2 <= countWords(tail)) return null;
  const own = ownWords(body, second);
  const isKnown = own.size === 0 || kept.some((token) => own.has(textOf(token)));
  return isKnown ? (places[tail.indexOf(start)] ?? null) : null;
}

/** Whether these are other words, or look otherwise, than those; space does not count. */
function differ(x: readonly Token[], y: readonly Token[]): boolean {
  const keys = (tokens: readonly Token[]): string[] =>
    tokens.flatMap((token) => (isSpace(token) ? [] : [token.key]));
  return !same(keys(x), keys(y));
}

function endsSentence(tokens: readonly Token[]): boolean {
  return /[.!?؟。…]["”’)\]]*\s*$/u.test(tokens.map(textOf).join(''));
}

/** Where a cut of the base comes in what another made of it; null where most was rewritten, or just there all is new. */
function carriedCut(base: readonly Token[], cut: number, run: readonly Token[]): number | null {
  const places = matchTokens(base, run);
  const words = base.filter((token, index) => isWord(token) && places[index] !== null).length;
  if (words * 2 < countWords(base)) return null;
  const behind = places[cut];
  if (behind !== null && behind !== undefined) return behind;
  const before = base.slice(0, cut).findLastIndex((token) => !isSpace(token));
  const ahead = places[before];
  return ahead === null || ahead === undefined ? null : ahead + 1;
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
  [first, second]: readonly [TextBlock, TextBlock],
  was: TextBlock,
  like: readonly TextBlock[],
): [Block, Block] {
  const tokens = wordsOf(of);
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
function cutOff(body: Body, was: TextBlock, first: TextBlock, known: Body): Cut | null {
  const start = body.findIndex((block) => idOf(block) === idOf(was)) + 1;
  for (const second of body.slice(start)) {
    if (find(known, idOf(second))) return null;
    const at = isTextBlock(second) ? cutOf(was, first, second) : null;
    if (isTextBlock(second) && at !== null) return { second, at };
  }
  return null;
}

function byId(body: Body): Map<string, Block> {
  return new Map(body.map((block) => [idOf(block), block]));
}

/** Splits of what the other side changed; or, with `removed`, of what it took out. */
function splitSteps({ base, side, other }: Three, removed = false): Step[] {
  const [inSide, inOther] = [byId(side), byId(other)];
  return base.flatMap((was, at): Step[] => {
    const [first, there] = [inSide.get(idOf(was)), inOther.get(idOf(was))];
    if (!isTextBlock(was) || !isTextBlock(first) || same(was, there)) return [];
    if (removed !== !there) return [];
    const cut = cutOff(side, was, first, base);
    if (cut === null) return [];
    const parts = [first, cut.second] as const;
    const tie = `${idOf(cut.second)} ${canonicalJson(parts)}`;
    const three = { base, side, other };
    const take = (): Three => split(three, was, parts, cut.at) ?? three;
    // Across what stands between them the two are not put together again.
    const isOpen = side[side.indexOf(first) + 1] === cut.second || take() !== three;
    return isOpen ? [{ order: [at, cut.at, tie], take }] : [];
  });
}

function split(
  { base, side, other }: Three,
  was: TextBlock,
  parts: readonly [TextBlock, TextBlock],
  cut: number,
): Three | null {
  const [first, second] = parts;
  const id = idOf(was);
  const there = find(other, id);
  const tokens = wordsOf(was);
  const isMoved = cut <= edges(tokens).start;
  const [head, tail] = halves(was, cut, parts, was, []);
  // What stood there went behind something new: its words are known by the name that they have now.
  const splitBase = isMoved
    ? renamed(base, id, idOf(second))
    : putBehind(put(base, head), id, tail);
  if (find(other, idOf(second))) return { base: splitBase, side, other };
  const theirs = isTextBlock(there) ? cutOff(other, was, there, base) : null;
  const own = theirs?.second;
  if (own && theirs.at === cut && !find(side, idOf(own))) {
    // Both cut it here: the two new blocks are one, and the smaller id is its name.
    const [kept, given] =
      idOf(second) < idOf(own) ? [idOf(second), idOf(own)] : [idOf(own), idOf(second)];
    return { base, side: renamed(side, given, kept), other: renamed(other, given, kept) };
  }
  if (isMoved) return { base: splitBase, side, other: renamed(other, id, idOf(second)) };
  // Two halves of a sentence, each with the words of another editor, would say what neither wrote, and one is no sentence.
  const isHalved = differ(tokens, parts.flatMap(wordsOf)) && !endsSentence(tokens.slice(0, cut));
  if (!there && !isHalved) return { base: splitBase, side, other };
  const run = isTextBlock(there) ? [...wordsOf(there), ...(own ? wordsOf(own) : [])] : [];
  const at = isHalved && differ(tokens, run) ? null : carriedCut(tokens, cut, run);
  if (isTextBlock(there) && at !== null && at <= wordsOf(there).length) {
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
  if (side[side.indexOf(first) + 1] !== second) return null;
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

function joinSteps({ base, side, other }: Three): Step[] {
  const [inSide, inOther] = [byId(side), byId(other)];
  let first: Block | undefined;
  return base.flatMap((second, at): Step[] => {
    if (inSide.has(idOf(second))) {
      first = second;
      return [];
    }
    const whole = first && inSide.get(idOf(first));
    if (!isTextBlock(first) || !isTextBlock(second) || !isTextBlock(whole)) return [];
    const [there, after] = [inOther.get(idOf(first)), inOther.get(idOf(second))];
    if (same(whole, first) || (same(there, first) && same(after, second))) return [];
    const seam = seamOf(base, first, second, whole);
    if (seam === null) return [];
    const both = isTextBlock(there) && !after && seamOf(base, first, second, there) !== null;
    if (both && base[at - 1] !== first) return [];
    const three = { base, side, other };
    const joint = { first, second, whole, seam, both };
    return [
      {
        order: [at, 0, canonicalJson(whole)],
        take: () => join(three, joint),
      },
    ];
  });
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

function join({ base, side, other }: Three, { first, second, whole, seam, both }: Joint): Three {
  const tokens = wordsOf(whole);
  const space = tokens.slice(edges(tokens.slice(0, seam)).end, seam);
  const joined = (body: Body, like: readonly TextBlock[], between = space): Body | null => {
    const at = body.findIndex((block) => idOf(block) === idOf(first));
    const [start, end] = body.slice(at, at + 2);
    if (at < 0 || !isTextBlock(start) || !isTextBlock(end) || idOf(end) !== idOf(second))
      return null;
    const [left, right] = [trimmed(wordsOf(start)), trimmed(wordsOf(end))];
    const words = oneBehindOther(left, between, right);
    return without(put(body, withWords(start, words, like)), idOf(second));
  };
  const joinedBase = joined(base, [whole]);
  if (joinedBase && both) return { base: joinedBase, side, other };
  const joinedOther =
    joinedBase &&
    joined(
      other,
      [whole, find(joinedBase, idOf(first))].filter(isTextBlock),
      // Who joined them and left no space will see it; in words that they have not seen, none must grow together.
      space.length > 0 ? space : SPACE,
    );
  if (joinedOther) return { base: joinedBase, side, other: joinedOther };
  const head = tokens.slice(0, seam);
  const apart = [
    withWords(
      whole,
      [...head.slice(0, edges(head).end), ...trimmed(wordsOf(first)).after],
      [first],
    ),
    withWords(second, [...trimmed(wordsOf(second)).before, ...tokens.slice(seam)], [second]),
  ] as const;
  // Where nothing of the first is left, its words were taken out.
  const isEmptied = hasWords(first) && !hasWords(apart[0]);
  const left = putBehind(put(side, apart[0]), idOf(first), apart[1]);
  return { base, side: isEmptied ? without(left, idOf(first)) : left, other };
}

function earliest(steps: readonly Step[]): Step | undefined {
  return [...steps].sort(({ order: x }, { order: y }) => {
    const [near, cut] = [x[0] - y[0], x[1] - y[1]];
    return near || cut || (x[2] < y[2] ? -1 : 1);
  })[0];
}

/** The three bodies with every break carried over, or taken back, that stands where the other side changed the words. */
export function carryBreaks(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  let now: [Body, Body, Body] = [base, a, b];
  // Each step adds a block to the base or settles one of a side; more of them than blocks there cannot be.
  for (let left = base.length + a.length + b.length; left > 0; left -= 1) {
    const [of, mine, theirs] = now;
    const steps = (list: (three: Three) => Step[]): Step[] => [
      ...list({ base: of, side: mine, other: theirs }),
      ...list({ base: of, side: theirs, other: mine }).map((step) => ({
        ...step,
        take: (): Three => {
          const { base: next, side, other } = step.take();
          return { base: next, side: other, other: side };
        },
      })),
    ];
    // What is gone may have been joined to something else: only what was not was taken out.
    const step =
      earliest(steps(splitSteps)) ??
      earliest(steps(joinSteps)) ??
      earliest(steps((three) => splitSteps(three, true)));
    if (!step) return now;
    const { base: next, side, other } = step.take();
    now = [next, side, other];
  }
  return now;
}
