import {
  canonicalJson,
  type Block,
  type Inline,
  type ListBlock,
  type ListItem,
  type TableBlock,
} from '#shared/article';
import { isTextBlock } from '../acts/text.ts';
import { isAgreed } from './agreed.ts';
import { isRowOf, saysTheSame } from './columns.ts';
import { versionsRule, type Standing } from './versions-rule.ts';

/**
 * The rules of the merge once more, written for the checker alone and without regard to how the product goes about it.
 * Each gives what is wrong, or null.
 */
export const same = (x: unknown, y: unknown): boolean =>
  x === y || (x !== undefined && y !== undefined && canonicalJson(x) === canonicalJson(y));

/** What a block is made of; what it is, and how deep, makes one member. Space at the ends of a text is nobody’s words. */
function members(block: Block): Record<string, unknown> {
  const { $, type, ...rest } = block;
  const { typeChanged, ...marks } = $;
  const kind = { type, tag: 'tag' in block ? block.tag : null, typeChanged };
  const words = isTextBlock(block) && { children: withoutOuterSpace(block.children) };
  return { ...rest, ...words, tag: undefined, marks, kind };
}

/** What is written, without the space round it, and where it looks alike in one piece, however often somebody cut it. */
function withoutOuterSpace(children: readonly Inline[]): Inline[] {
  const isBare = (node: Inline | undefined): boolean =>
    node?.type === 'text' && node.text.trim() === '';
  const pieces = inOnePiece(children);
  const start = pieces.findIndex((node) => !isBare(node));
  const inside =
    start < 0 ? [] : pieces.slice(start, pieces.findLastIndex((node) => !isBare(node)) + 1);
  return inside.map((node, at) => {
    if (node.type !== 'text') return node;
    const text = at === 0 ? node.text.trimStart() : node.text;
    return { ...node, text: at === inside.length - 1 ? text.trimEnd() : text };
  });
}

function inOnePiece(children: readonly Inline[]): Inline[] {
  const pieces: Inline[] = [];
  for (const node of children) {
    const last = pieces.at(-1);
    const isMore =
      node.type === 'text' &&
      last?.type === 'text' &&
      same({ ...last, text: '' }, { ...node, text: '' });
    if (isMore) pieces.splice(-1, 1, { ...last, text: last.text + node.text });
    else pieces.push(node);
  }
  return pieces;
}

/** Every member of the block is what one side made of it, and the other had left that member alone. */
function partsOfBoth(base: Block, left: Block, right: Block, merged: Block): boolean {
  const [was, is, other, now] = [members(base), members(left), members(right), members(merged)];
  return [...new Set([was, is, other, now].flatMap(Object.keys))].every(
    (name) =>
      (same(now[name], is[name]) &&
        (same(is[name], other[name]) || same(other[name], was[name]))) ||
      (same(now[name], other[name]) && same(is[name], was[name])) ||
      isAgreed(was[name], is[name], other[name], now[name]),
  );
}

/** The rule for a single block, written once more and without regard to order. */
export function blockRule(
  base: Block | undefined,
  left: Block | undefined,
  right: Block | undefined,
  merged: Block | undefined,
): string | null {
  if (same(left, right)) return same(merged, left) ? null : 'changed where both agree';
  if (same(left, base)) return same(merged, right) ? null : 'not what the one side made of it';
  if (same(right, base)) return same(merged, left) ? null : 'not what the one side made of it';
  if ([base, left, right].some((side) => side?.type === 'conflict'))
    return contestedRule(base, left, right, merged);
  // Of a list or a table that is gone, nothing is left: what was right to take out is asked entry by entry.
  if (merged === undefined && hasEntries(base) && hasEntries(left) && hasEntries(right))
    return entriesRule(base, left, right, [null]);
  // Where no word stood and none was written, nothing speaks against the removal, whatever kind of text it was made.
  const isRemoved = merged === undefined && !(left && right);
  if (isRemoved && [base, left, right].every(saysNothing)) return null;
  if (merged === undefined) return 'gone, though both sides changed it differently';
  const sides = [left, right, merged].map((side) => side?.type ?? '');
  if (merged.type === 'conflict' && !same(merged.base, base ?? null))
    return 'shown beside what did not stand there';
  const versions = merged.type === 'conflict' ? merged.versions : [merged];
  if (base && left && right && 'children' in base && ['list', 'table'].includes(base.type))
    if (sides[0] === base.type && sides[1] === base.type)
      return entriesRule(base, left, right, versions);
  // A conflict is made of the two versions, which agree in what was not contested.
  if (merged.type === 'conflict') return bothStand(base, left, right, versions);
  if (!left || !right) return 'one version only, though one side edited what the other removed';
  return base && partsOfBoth(base, left, right, merged)
    ? null
    : 'one version only, though both sides changed it';
}

const saysNothing = (block: Block | undefined): boolean =>
  block === undefined || (isTextBlock(block) && withoutOuterSpace(block.children).length === 0);

/** The rule for a block that was contested before, or is on a side. */
function contestedRule(
  base: Block | undefined,
  left: Block | undefined,
  right: Block | undefined,
  merged: Block | undefined,
): string | null {
  const [was, is, other, now] = [base, left, right, merged].map((block): Standing =>
    block?.type === 'conflict'
      ? { base: block.base, versions: block.versions }
      : { versions: [block ?? null] },
  ) as [Standing, Standing, Standing, Standing];
  const from = base?.type === 'conflict' ? undefined : base;
  return versionsRule(was, is, other, now, (version, own, theirs) => {
    const [shown, mine, yours] = [version, own, theirs] as (Block | null)[];
    if (!from || !shown || !mine || !yours) return false;
    return hasEntries(from) || isVersionOf(mine, from, mine, yours, shown);
  });
}

export const hasEntries = (block: Block | undefined): block is ListBlock | TableBlock =>
  block?.type === 'list' || block?.type === 'table';

/** Both versions of what both changed stand there, each with what the other side alone did to the rest of it. */
function bothStand(
  base: Block | undefined,
  left: Block | undefined,
  right: Block | undefined,
  versions: readonly (Block | null)[],
): string | null {
  const shows = (side: Block | undefined): boolean =>
    versions.some((version) =>
      side === undefined || base === undefined || left === undefined || right === undefined
        ? same(version ?? undefined, side)
        : version !== null && isVersionOf(side, base, left, right, version),
    );
  return shows(left) && shows(right) ? null : 'without one of the two versions';
}

/** A version of one side: every member is that side’s, or what the other made of a member that this side left alone. */
function isVersionOf(side: Block, base: Block, left: Block, right: Block, version: Block): boolean {
  const [was, own, is, other, now] = [base, side, left, right, version].map(members);
  return [...new Set([was!, own!, is!, other!, now!].flatMap(Object.keys))].every(
    (name) =>
      same(now![name], own![name]) ||
      isAgreed(was![name], is![name], other![name], now![name]) ||
      (same(own![name], was![name]) &&
        (same(now![name], is![name]) || same(now![name], other![name]))),
  );
}

/** Whether what both hold stands in one order. */
function sameOrder(x: readonly string[], y: readonly string[]): boolean {
  const [ofX, ofY] = [new Set(x), new Set(y)];
  return x.filter((id) => ofY.has(id)).join() === y.filter((id) => ofX.has(id)).join();
}

/**
 * Where one side moved nothing, everything stands as the other has it. Nothing is said where both brought the same thing
 * in, as when each takes an old version of the article up again: it cannot stand in two places, nor what stands behind it.
 */
export function orderRule(
  base: readonly string[],
  left: readonly string[],
  right: readonly string[],
  merged: readonly string[],
): string | null {
  if (left.some((id) => right.includes(id) && !base.includes(id))) return null;
  const isFollowed = (side: readonly string[], other: readonly string[]): boolean =>
    !sameOrder(base, side) || sameOrder(other, merged);
  return isFollowed(left, right) && isFollowed(right, left)
    ? null
    : 'in an order that nobody gave it';
}

export type Entries = ReadonlyMap<string, unknown>;
type Orders = [string[], string[], string[], string[]];
export const idsOf = (entries: Entries): string[] => [...entries.keys()];
/** The rows of a table; of a list every line, whatever level it is on, with how deep it is. */
export function entriesIn(block: Block | null): Entries {
  const rows = block?.type === 'table' ? block.children : [];
  const lines = block?.type === 'list' ? linesIn(block, 0) : [];
  return new Map<string, unknown>([...rows.map((row) => [row.$.id, row] as const), ...lines]);
}

interface Line {
  item: ListItem;
  depth: number;
}

function linesIn({ children }: ListBlock, depth: number): [string, Line][] {
  return children.flatMap((item): [string, Line][] => {
    const [only, more] = item.children;
    return only?.type === 'list' && !more
      ? linesIn(only, depth + 1)
      : [[item.$.id, { item, depth }]];
  });
}

function entriesRule(
  base: Block,
  left: Block,
  right: Block,
  versions: readonly (Block | null)[],
): string | null {
  // Whole versions, where what would come of joining them is no table.
  if ([left, right].every((side) => versions.some((version) => same(version, side)))) return null;
  return listRule(
    entriesIn(base),
    entriesIn(left),
    entriesIn(right),
    versions.map((version) => entriesIn(version)),
  );
}

/** The rule for items, rows and credits: `versions` are the lists that stand after the merge, mostly one. */
export function listRule(
  base: Entries,
  left: Entries,
  right: Entries,
  versions: readonly Entries[],
): string | null {
  for (const id of new Set([...base.keys(), ...left.keys(), ...right.keys()])) {
    const [was, is, other] = [base.get(id), left.get(id), right.get(id)];
    const shown = versions.map((version) => version.get(id));
    const oneSided = same(is, other) || same(other, was) ? is : same(is, was) ? other : null;
    const wrong =
      oneSided === null
        ? entryRule(was, is, other, shown)
        : shown.every(
              (each) =>
                same(each, oneSided) ||
                isTwin(id, was, oneSided, versions) ||
                isRowOf(each, was, oneSided, undefined),
            )
          ? null
          : 'wrong, though only one side changed it';
    if (wrong) return `wrong in ${id}: it is ${wrong}`;
  }
  for (const version of versions) {
    const wrong = orderRule(...([base, left, right, version].map(idsOf) as Orders));
    if (wrong) return wrong;
  }
  return null;
}

/** Both wrote the same new entry, and one of the two ids is enough. */
function isTwin(id: string, was: unknown, entry: unknown, versions: readonly Entries[]): boolean {
  const bare = (one: unknown): string => canonicalJson(one).replaceAll(/"id":"[^"]*"/g, '');
  return (
    was === undefined &&
    versions.every(
      (version) =>
        !version.has(id) && [...version.values()].some((each) => bare(each) === bare(entry)),
    )
  );
}

/** The rule for one entry that both sides changed; `shown` is what became of it in each list that stands. */
function entryRule(
  was: unknown,
  is: unknown,
  other: unknown,
  shown: readonly unknown[],
): string | null {
  const sides = [is, other];
  // Who puts a line on another level changes no word of it that would speak against its removal.
  if (sides.includes(undefined) && same(itemOf(is ?? other), itemOf(was)))
    return shown.every((each) => each === undefined) ? null : 'left, though one side removed it';
  if (sides.includes(undefined) && saysTheSame(is ?? other, was))
    if (shown.every((each) => each === undefined)) return null;
  // A row has an empty cell, too, in a column that the other put in.
  const isSide = (each: unknown, side: unknown): boolean =>
    same(each, side) || isRowOf(each, was, side, undefined);
  if (sides.every((side) => shown.some((each) => isSide(each, side)))) return null;
  if (shown.some((each) => each !== undefined && !isDeepAsGiven(was, sides, each)))
    return 'on a level to which nobody put it';
  const kept = sides.every(
    (side) =>
      side !== undefined &&
      shown.some((each) => each !== undefined && textStands(was, side, each, sides)),
  );
  return kept ? null : 'without what one side made of it';
}

const itemOf = (entry: unknown): unknown => (entry as Partial<Line> | undefined)?.item ?? entry;

/** A line of a list is as deep as the side that moved it put it; where both did, as either. */
function isDeepAsGiven(was: unknown, sides: readonly unknown[], shown: unknown): boolean {
  const depthOf = (entry: unknown): number | undefined =>
    (entry as Partial<Line> | undefined)?.depth;
  const now = depthOf(shown);
  const given = sides.filter((side) => side !== undefined).map(depthOf);
  const moved = given.filter((depth) => depth !== depthOf(was));
  return (was !== undefined && moved.length > 0 ? moved : given).includes(now);
}

/** The words that a side put there, or what it left alone. */
function textStands(
  was: unknown,
  side: unknown,
  shown: unknown,
  sides: readonly unknown[],
): boolean {
  const wordsOf = (entry: unknown): unknown => {
    return (itemOf(entry) as { children?: unknown }).children ?? entry;
  };
  const isLeft = was !== undefined && same(wordsOf(side), wordsOf(was));
  const isOfBoth =
    was !== undefined &&
    sides.every((each) => each !== undefined) &&
    isAgreed(...([was, ...sides, shown].map(wordsOf) as Parameters<typeof isAgreed>));
  const beside = sides.find((each) => each !== side);
  return (
    isLeft || isOfBoth || same(wordsOf(shown), wordsOf(side)) || isRowOf(shown, was, side, beside)
  );
}
