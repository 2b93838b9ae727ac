import {
  canonicalJson,
  isTextBlock,
  type Block,
  type ListBlock,
  type TableBlock,
  type TextBlock,
} from '#shared/article';
import { byId, type Body } from './bodies.ts';
import { same } from './choose.ts';
import { idOf } from './ids.ts';
import { ownWordsOf, WORDS_TO_TELL, type OwnWords } from './own-words.ts';
import { matchTokens } from './matching.ts';
import { isSpace, isWord, textOf, tokensOf, type Token } from './tokens.ts';
import { isLookalike } from './wordings.ts';

/**
 * What is cut and pasted elsewhere comes back under new ids: to a merge by id, one block was removed and another written.
 * Where the other side has changed that block, or moved it too, it goes by its new name on every side first, so that it is
 * one block that was moved.
 */

/** What a block says, whatever its ids are, and for a text whatever kind of block it is; null where that is nothing. */
function sayingOf(block: Block): string | null {
  if (block.type === 'conflict' || block.type === 'horizontalrule') return null;
  if (!isTextBlock(block)) return saidIn(block);
  const words = tokensOf(block.children).filter((token) => !isSpace(token));
  return words.length > 0 ? words.map(({ key }) => key).join() : null;
}

const saidIn = (node: Block | Entry): string => canonicalJson(renamed(node, () => ''));

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same with other ids of blocks, items, lists and rows; those of suggestions are no part of a place. */
export function renamed<T>(value: T, nameOf: (id: string) => string): T {
  if (Array.isArray(value)) return value.map((each: unknown) => renamed(each, nameOf)) as T;
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, member]) =>
    name === '$' && isObject(member) && typeof member.id === 'string'
      ? [name, { ...member, id: nameOf(member.id) }]
      : [name, renamed(member, nameOf)],
  );
  return Object.fromEntries(entries) as T;
}

export function idsIn(node: Block | Entry): string[] {
  const ids: string[] = [];
  renamed(node, (id) => {
    ids.push(id);
    return id;
  });
  return ids;
}

/** The blocks of a body by what they say; null for what two of them say. */
function bySaying(body: Body): Map<string, Block | null> {
  const found = new Map<string, Block | null>();
  for (const block of body) {
    const saying = sayingOf(block);
    if (saying !== null) found.set(saying, found.has(saying) ? null : block);
  }
  return found;
}

type Entry = ListBlock['children'][number] | TableBlock['children'][number];

const entriesOf = (block: Block): readonly Entry[] =>
  block.type === 'list' || block.type === 'table' ? block.children : [];

/** Which entries of a list or a table say what those of another say, each of them once. */
function sharedEntries(was: Block, now: Block): [was: Entry, now: Entry][] {
  const left = Map.groupBy(entriesOf(now), saidIn);
  return entriesOf(was).flatMap((entry): [Entry, Entry][] => {
    const twin = left.get(saidIn(entry))?.shift();
    return twin ? [[entry, twin]] : [];
  });
}

/** The body as it is once a block of it, and what is in it, is known by the ids of `named`, which is that block elsewhere. */
function rename(body: Body, block: Block, named: Block): Body {
  const names = new Map([[idOf(block), idOf(named)]]);
  for (const [was, now] of sharedEntries(block, named)) {
    const ids = idsIn(now);
    idsIn(was).forEach((id, index) => names.set(id, ids[index] ?? id));
  }
  return body.map((each) =>
    idOf(each) === idOf(block) ? renamed(each, (id) => names.get(id) ?? id) : each,
  );
}

/** Whether a new block is one that was removed: the same picture, or a list or a table with most of the same entries. */
function isOfIt(was: Block, now: Block): boolean {
  if (was.type === 'image' && now.type === 'image') return was.asset === now.asset;
  const most = Math.max(entriesOf(was).length, entriesOf(now).length);
  return was.type === now.type && sharedEntries(was, now).length * 2 > most;
}

const wordsOf = ({ children }: TextBlock): Token[] => tokensOf(children).filter(isWord);

/**
 * Whether a new text is one that was removed: what is left of it, or most of its words with others, also most of its own.
 */
function isWrittenOn(was: TextBlock, now: TextBlock, { home, count }: OwnWords): boolean {
  const [ofWas, ofNow] = [wordsOf(was), wordsOf(now)];
  const [before, after] = [ofWas.map(textOf), ofNow.map(textOf)];
  if (Math.min(before.length, after.length) < WORDS_TO_TELL) return false;
  if (isLookalike(before, after)) return false;
  if (after.length < before.length && ` ${before.join(' ')} `.includes(` ${after.join(' ')} `))
    return true;
  const there = new Set(after);
  const enough = (kept: number): boolean => kept * 3 >= 2 * before.length;
  if (!enough(before.filter((word) => there.has(word)).length)) return false;
  const places = matchTokens(ofWas, ofNow);
  const kept = before.filter((_, index) => places[index] !== null);
  if (kept.length < WORDS_TO_TELL) return false;
  const stand = places.filter((place) => place !== null);
  const span = (stand.at(-1) ?? 0) - (stand[0] ?? 0) + 1;
  // Scattered over what is new, they are words that anybody may use.
  if (kept.length * 2 <= span) return false;
  const keptOwn = new Set(kept.filter((word) => home.get(word) === was));
  return enough(kept.length) && keptOwn.size * 2 > (count.get(was) ?? 0);
}

/**
 * The removed texts that a new one may be, by the words that it has of their own: not where it has more of a text that still
 * stands, of which it is the rest then.
 */
function writtenOn(now: TextBlock, gone: ReadonlySet<Block>, own: OwnWords): TextBlock[] {
  const homes = wordsOf(now).flatMap((word) => own.home.get(textOf(word)) ?? []);
  const counted = [...Map.groupBy(homes, (home) => home)].map(
    ([home, { length }]) => [home, length] as const,
  );
  const standing = counted.flatMap(([home, count]) => (gone.has(home) ? [] : [count]));
  const most = Math.max(0, ...standing);
  return counted.flatMap(([was, count]) =>
    gone.has(was) && count >= most && isWrittenOn(was, now, own) ? [was] : [],
  );
}

/** What a side cut and pasted: each block of the base that is gone there, with the new one that it has become. */
export function pastedIn(base: Body, side: Body, other: Body): Map<Block, Block> {
  const [ofBase, ofSide, ofOther] = [base, side, other].map((body) => new Set(body.map(idOf)));
  const gone = base.filter((block) => !ofSide?.has(idOf(block)));
  const fresh = side.filter((block) => !ofBase?.has(idOf(block)) && !ofOther?.has(idOf(block)));
  const pasted = new Map<Block, Block>();
  if (gone.length === 0 || fresh.length === 0) return pasted;
  const [before, now] = [bySaying(base), bySaying(fresh)];
  for (const was of gone) {
    const saying = sayingOf(was);
    const block = saying !== null && before.get(saying) === was ? now.get(saying) : null;
    if (block) pasted.set(was, block);
  }
  const found = new Set(pasted.values());
  const left = new Set(gone.filter((was) => !pasted.has(was)));
  const own = ownWordsOf(base);
  const pairs = fresh.flatMap((block) => {
    if (found.has(block)) return [];
    const alike = isTextBlock(block)
      ? writtenOn(block, left, own)
      : [...left].filter((was) => isOfIt(was, block));
    return alike.map((was) => ({ was, block }));
  });
  const times = new Map<Block, number>();
  for (const each of pairs.flatMap(({ was, block }) => [was, block]))
    times.set(each, (times.get(each) ?? 0) + 1);
  // Where one may be several it is not guessed.
  for (const { was, block } of pairs)
    if (times.get(was) === 1 && times.get(block) === 1) pasted.set(was, block);
  return pasted;
}

/** The three bodies with each block that was cut and pasted under one name, where that makes a difference. */
export function carryPastes(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  const [byA, byB] = [pastedIn(base, a, b), pastedIn(base, b, a)];
  const [inA, inB] = [byId(a), byId(b)];
  let now: [Body, Body, Body] = [base, a, b];
  for (const was of base) {
    const [pastedByA, pastedByB] = [byA.get(was), byB.get(was)];
    const [ofA, ofB] = [inA.get(idOf(was)), inB.get(idOf(was))];
    const [newBase, newA, newB] = now;
    if (pastedByA && pastedByB) {
      const named = idOf(pastedByA) < idOf(pastedByB) ? pastedByA : pastedByB;
      now = [
        rename(newBase, was, named),
        rename(newA, pastedByA, named),
        rename(newB, pastedByB, named),
      ];
    } else if (pastedByA && !same(ofB, was))
      now = [rename(newBase, was, pastedByA), newA, rename(newB, was, pastedByA)];
    else if (pastedByB && !same(ofA, was))
      now = [rename(newBase, was, pastedByB), rename(newA, was, pastedByB), newB];
  }
  return now;
}
