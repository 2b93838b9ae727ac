import type { Block, PlainBlock } from '#shared/article';
import { mergePlain } from './block.ts';
import { carryBreaks } from './breaks.ts';
import { choose, same } from './choose.ts';
import { idOf, withoutId } from './ids.ts';
import { mergeOrder, movedApart, type Slot } from './order.ts';
import { carryPastes } from './pasted.ts';
import { carryLists } from './relisted.ts';
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

function mergeVersions(base: Version, x: Version, y: Version): readonly Version[] {
  return base && x && y ? mergePlain(base, x, y) : [x, y];
}

function resolve({ base, a, b }: Slot<Block>): Block | null {
  const choice = choose(base, a, b);
  if (choice.settled) return choice.value ?? null;
  const merged = mergeStanding(standing(base), standing(a), standing(b), mergeVersions);
  const [first = null, ...others] = merged.versions;
  const holder = a ?? b;
  if (others.length === 0 || !holder) return first;
  return {
    type: 'conflict',
    $: { id: idOf(holder) },
    base: merged.base,
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
  const [before, ofA, ofB] = carryBreaks(...carryLists(...carryPastes(base, a, b)));
  return mergeOrder(before, ofA, ofB, idOf, sayTheSame)
    .map(resolve)
    .filter((block) => block !== null);
}

/**
 * Which blocks of a merged body each side had moved, and not to the same place. They stand in one of the two: no word is
 * contested, but somebody should look.
 */
export function movedTwice(
  merged: readonly Block[],
  base: readonly Block[],
  a: readonly Block[],
  b: readonly Block[],
): Block[] {
  const apart = new Set(movedApart(...carryPastes(base, a, b), idOf));
  return merged.filter((block) => apart.has(idOf(block)));
}
