import { blockText, isTextBlock, type Block, type PlainBlock } from '#shared/article';
import { byId, put, type Body } from './bodies.ts';
import { mergePlain } from './block.ts';
import { carryBreaks } from './breaks.ts';
import { choose, distinct, same } from './choose.ts';
import { carryColumns } from './columns.ts';
import { contestDoubled } from './doubled.ts';
import { idOf, withoutId } from './ids.ts';
import { inAllTexts } from './nested.ts';
import { contestedMoves, mergeOrder, type Slot } from './order.ts';
import { carryItems } from './moved-items.ts';
import { carrySentences } from './moved-sentences.ts';
import { carryOverlaps } from './overlapping-lists.ts';
import { carryPastes } from './pasted.ts';
import { carryPastedItems } from './pasted-items.ts';
import { carryOrders, inOrderOf } from './reordered.ts';
import { carryLists } from './relisted.ts';
import { hasWords } from './stretches.ts';
import { mergeStanding, type Standing } from './versions.ts';

type Version = PlainBlock | null;

/** New blocks say the same when they differ in ids alone, those of list items and table rows included. */
function sayTheSame(x: Block, y: Block): boolean {
  const bare = (block: Block): unknown => {
    if (block.type === 'list')
      return { ...block, $: null, children: block.children.map(withoutId) };
    if (block.type === 'table')
      return { ...block, $: null, children: block.children.map(withoutId) };
    return withoutId(block);
  };
  return x.type === y.type && same(bare(x), bare(y));
}

function standing(block: Block | undefined): Standing<Version> {
  if (block?.type === 'conflict') return { base: block.base, versions: block.versions };
  return { base: block ?? null, versions: [block ?? null] };
}

/** A list or a table of which each side took out what the other left: between them they removed it. */
function isEmptied(block: PlainBlock): boolean {
  return (block.type === 'list' || block.type === 'table') && block.children.length === 0;
}

/** A text without a word, or none: nothing in it speaks against its removal. */
const saysNothing = (version: Version): boolean =>
  version === null || (isTextBlock(version) && !hasWords(version));

function mergeVersions(base: Version, x: Version, y: Version): readonly Version[] {
  if ([base, x, y].every(saysNothing) && (!x || !y)) return [null];
  if (!base || !x || !y) return [x, y];
  return mergePlain(base, x, y).map((version) => (isEmptied(version) ? null : version));
}

/** What becomes of a block; `shown` is what stands for its base where a person is asked. */
function resolve({ base, a, b }: Slot<Block>, shown: Block | undefined): Block | null {
  const choice = choose(base, a, b);
  if (choice.settled) return choice.value ?? null;
  const merged = mergeStanding(standing(base), standing(a), standing(b), mergeVersions);
  const [first = null, ...others] = merged.versions;
  const holder = a ?? b;
  if (others.length === 0 || !holder) return first;
  return {
    type: 'conflict',
    $: { id: idOf(holder) },
    base: merged.base === base ? standing(shown).base : merged.base,
    versions: [...merged.versions],
  };
}

/**
 * Merges two bodies that came from one. A block changed on one side is taken from there; one that both changed merges
 * part by part (its kind, its text, a caption, a list's items), and where both changed one part, or one side edited what
 * the other removed, it becomes a conflict block with every version. Moves are recognised by id.
 */
export function mergeBodies(
  base: readonly Block[],
  a: readonly Block[],
  b: readonly Block[],
): Block[] {
  const pasted = carryPastes(base, a, b);
  const listed = carryLists(...carryOverlaps(...carryColumns(...pasted)));
  const turned = carryItems(...carryPastedItems(...listed));
  const { before, ofA, ofB, shown } = inAllTexts(turned, (...bodies) => {
    const broken = carryBreaks(...bodies);
    const ordered = carryOrders(...broken);
    // What was moved into a paragraph shows that others of its sentences were put into another order.
    const [before, ofA, ofB] = carryOrders(...carrySentences(...ordered));
    return { before, ofA, ofB, shown: inOrderOf(broken[0], before) };
  });
  // Nobody has read a table with a column before it was put in.
  const tables = pasted[0].filter(({ type }) => type === 'table');
  const stood = byId(put(shown, ...tables));
  const merged = mergeOrder(before, ofA, ofB, idOf, sayTheSame)
    .map((slot) => resolve(slot, stood.get(slot.id) ?? slot.base))
    .filter((block) => block !== null);
  const [, pastedA, pastedB] = pasted;
  return contestDoubled(merged, base, a, b).flatMap(
    (block) => withoutEmptied(block, pastedA, pastedB) ?? [],
  );
}

/**
 * A block without the texts out of which all was taken, part of it elsewhere, so that an empty one would stand there, or be
 * put to the choice, though nobody left one.
 */
function withoutEmptied(block: Block, ...sides: readonly Body[]): Block | null {
  const versionsOf = (one: Block): readonly Version[] => standing(one).versions;
  const isEmpty = (version: Version): boolean => version !== null && saysNothing(version);
  const stands = sides.flatMap((side) => side.filter((each) => idOf(each) === idOf(block)));
  if (!versionsOf(block).some(isEmpty) || stands.flatMap(versionsOf).some(isEmpty)) return block;
  const left = distinct(versionsOf(block).map((version) => (isEmpty(version) ? null : version)));
  const [first = null, ...others] = left;
  return others.length > 0 && block.type === 'conflict' ? { ...block, versions: left } : first;
}

/** Moves that a merge could not do both justice to: no word is contested, but somebody should look. */
export interface MovedBlocks {
  /** Moved by each side, and not to the same place: each stands in one of the two. */
  apart: Block[];
  /** Moved by one side and removed by the other: gone, since no word of it was new. */
  removed: Block[];
}

/** Which blocks two sides had moved to two places, or one had moved and the other removed; as they stand, or stood. */
export function movedBlocks(
  merged: readonly Block[],
  base: readonly Block[],
  a: readonly Block[],
  b: readonly Block[],
): MovedBlocks {
  const carried = carryPastes(base, a, b);
  const moves = contestedMoves(...carried, idOf);
  const [apart, removed] = [new Set(moves.apart), new Set(moves.removed)];
  const stands = new Set(merged.map(idOf));
  // Joined to another, or an item of a list by now, it is not gone.
  const texts = merged.map((block) => blockText(block));
  const isGone = (block: Block): boolean => {
    const text = blockText(block).trim();
    return !stands.has(idOf(block)) && (text === '' || !texts.some((each) => each.includes(text)));
  };
  return {
    apart: merged.filter((block) => apart.has(idOf(block))),
    removed: carried[0].filter((block) => removed.has(idOf(block)) && isGone(block)),
  };
}
