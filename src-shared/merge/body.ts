import type { Block, ConflictBlock, PlainBlock } from '#shared/article';
import { idOf, mergePlain, withoutId } from './block.ts';
import { choose, distinct, same } from './choose.ts';
import { mergeOrder, type Slot } from './order.ts';

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

function versionsOf(block: Block | undefined): Version[] {
  if (!block) return [null];
  return block.type === 'conflict' ? block.versions : [block];
}

function mergeVersions(base: Version, x: Version, y: Version): readonly Version[] {
  if (!base || !x || !y || same(x, base) || same(y, base)) return [x, y];
  return mergePlain(base, x, y);
}

/** What stands when a side met a text in which several versions stood already: each is merged with the new one. */
function versionsFrom(base: Version, a: Block | undefined, b: Block | undefined): Version[] {
  const [ofA, ofB] = [versionsOf(a), versionsOf(b)];
  if (ofA.length > 1 && ofB.length > 1) return [...ofA, ...ofB];
  return ofA.flatMap((x) => ofB.flatMap((y) => mergeVersions(base, x, y)));
}

/** A side that settled a conflict decided over the versions it saw, not over those the other side met since. */
function versionsAfter(
  standing: ConflictBlock,
  a: Block | undefined,
  b: Block | undefined,
): Version[] {
  const unseen = ({ versions }: ConflictBlock): Version[] =>
    versions.filter((version) => !standing.versions.some((seen) => same(seen, version)));
  if (a?.type === 'conflict' && b?.type !== 'conflict') return [...versionsOf(b), ...unseen(a)];
  if (b?.type === 'conflict' && a?.type !== 'conflict') return [...versionsOf(a), ...unseen(b)];
  return [...versionsOf(a), ...versionsOf(b)];
}

function resolve({ id, base, a, b }: Slot<Block>): Block | null {
  const choice = choose(base, a, b);
  if (choice.settled) return choice.value ?? null;
  const before = base?.type === 'conflict' ? base.base : (base ?? null);
  const versions = distinct(
    base?.type === 'conflict' ? versionsAfter(base, a, b) : versionsFrom(before, a, b),
  );
  if (versions.length < 2) return versions[0] ?? null;
  return { type: 'conflict', $: { id }, base: before, versions };
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
  return mergeOrder(base, a, b, idOf, sayTheSame)
    .map(resolve)
    .filter((block) => block !== null);
}
