import { canonicalJson, type Block, type Content } from '#shared/article';
import { mergeContents } from '#shared/merge';
import type { World } from '../world/world.ts';
import { brokenBlocks, madeUp } from './breaks.ts';
import { lineage, type Frozen, type ServerDisk } from './server-disk.ts';

const same = (x: unknown, y: unknown): boolean =>
  x === y || (x !== undefined && y !== undefined && canonicalJson(x) === canonicalJson(y));

const nothing = (content: Frozen): Content => ({
  fields: Object.fromEntries(
    Object.entries(content.fields).map(([name, value]) => [name, emptyLike(name, value)]),
  ) as unknown as Content['fields'],
  body: [],
  conflicts: [],
});

function emptyLike(name: string, value: unknown): unknown {
  if (Array.isArray(value)) return [];
  if (name === 'language') return 'en';
  if (name === 'direction') return 'ltr';
  return typeof value === 'string' && name !== 'desk' && name !== 'embargo' ? '' : null;
}

/** The deepest revision that both came from, and how many there are that are not before one another. */
function basesOf(disk: ServerDisk, left: Frozen, right: Frozen): Frozen[] {
  const ofRight = lineage(disk, [right.hash]);
  const shared = [...lineage(disk, [left.hash])].filter((hash) => ofRight.has(hash));
  const before = new Set(
    shared.flatMap((hash) => [...lineage(disk, disk.revisions.get(hash)?.parents ?? [])]),
  );
  return shared
    .filter((hash) => !before.has(hash))
    .flatMap((hash) => disk.revisions.get(hash) ?? []);
}

/** Every member of the block is what one side made of it, and the other had left that member alone. */
function partsOfBoth(base: Block, left: Block, right: Block, merged: Block): boolean {
  const members = (block: Block): Record<string, unknown> => {
    const { $, type, ...rest } = block;
    const { typeChanged, ...marks } = $;
    const kind = { type, tag: 'tag' in block ? block.tag : null, typeChanged };
    return { ...rest, tag: undefined, marks, kind };
  };
  const [was, is, other, now] = [members(base), members(left), members(right), members(merged)];
  return [...new Set([was, is, other, now].flatMap(Object.keys))].every(
    (name) =>
      (same(now[name], is[name]) &&
        (same(is[name], other[name]) || same(other[name], was[name]))) ||
      (same(now[name], other[name]) && same(is[name], was[name])),
  );
}

/** The rule for a single block, written once more and without regard to order. */
function blockRule(
  base: Block | undefined,
  left: Block | undefined,
  right: Block | undefined,
  merged: Block | undefined,
): string | null {
  if (same(left, right)) return same(merged, left) ? null : 'changed where both agree';
  if (same(left, base)) return same(merged, right) ? null : 'not what the one side made of it';
  if (same(right, base)) return same(merged, left) ? null : 'not what the one side made of it';
  // Who settles a conflict by removing it decides over every version that they saw.
  if (merged === undefined && base?.type === 'conflict') return null;
  if (merged === undefined) return 'gone, though both sides changed it differently';
  const sides = [left, right, merged].map((side) => side?.type ?? '');
  if (sides.some((type) => ['conflict', 'list', 'table'].includes(type))) return null;
  if (!left || !right) return 'one version only, though one side edited what the other removed';
  return base && partsOfBoth(base, left, right, merged)
    ? null
    : 'one version only, though both sides changed it';
}

/** Whether the blocks that both hold stand in one order. */
function sameOrder(x: Content, y: Content): boolean {
  const ids = (content: Content): string[] => content.body.map(({ $ }) => $.id);
  const among = (of: string[], others: Set<string>): string =>
    of.filter((id) => others.has(id)).join();
  const [ofX, ofY] = [ids(x), ids(y)];
  return among(ofX, new Set(ofY)) === among(ofY, new Set(ofX));
}

function judge(world: World, disk: ServerDisk, merge: Frozen): void {
  const [left, right] = merge.parents.map((hash) => disk.revisions.get(hash));
  if (!left || !right) return;
  const bases = basesOf(disk, left, right);
  if (bases.length > 1) return;
  const base = bases[0] ?? nothing(left);
  const there = canonicalJson(mergeContents(base, left, right).content);
  const back = canonicalJson(mergeContents(base, right, left).content);
  if (there !== back) world.broken(7, `Merging ${merge.hash} the other way round differs.`);
  const { fields, body, conflicts } = merge;
  if (canonicalJson({ fields, body, conflicts }) !== there)
    world.broken(7, `Revision ${merge.hash} is not what its parents give when they are merged.`);
  const [ofBase, ofLeft, ofRight, ofMerge] = [base, left, right, merge].map(
    (content) => new Map(content.body.map((block) => [block.$.id, block])),
  );
  if (ofMerge!.size !== merge.body.length)
    world.broken(7, `Merge ${merge.hash} holds a block twice.`);
  const strange = madeUp(merge, [base, left, right]);
  if (strange !== null)
    world.broken(3, `Merge ${merge.hash} says what no side of it says: “${strange}”.`);
  // A break is carried over to the other side’s words; whether all words are there, is looked at in the whole article.
  const broken = [left, right].map(({ body: side }) => brokenBlocks(base.body, side));
  for (const [side, other] of [
    [left, right],
    [right, left],
  ] as const)
    if (sameOrder(base, side) && !sameOrder(other, merge))
      world.broken(7, `In merge ${merge.hash}, what only one side moved stands elsewhere.`);
  for (const id of new Set([...ofBase!.keys(), ...ofLeft!.keys(), ...ofRight!.keys()])) {
    const [was, is, other] = [ofBase!.get(id), ofLeft!.get(id), ofRight!.get(id)];
    // A twin: both wrote the same new block, and one of the two ids is enough.
    const isNew = was === undefined && (is === undefined) !== (other === undefined);
    if (isNew && !ofMerge!.has(id)) continue;
    if (broken.some((blocks) => blocks.has(id))) continue;
    const wrong = blockRule(was, is, other, ofMerge!.get(id));
    if (wrong) world.broken(8, `In merge ${merge.hash}, block ${id} is ${wrong}.`);
  }
}

/** Looks at every merge of the run once more. Gives how many there were, and how many left something to settle. */
export function checkMerges(world: World, disk: ServerDisk): { merges: number; conflicts: number } {
  const found = [...disk.revisions.values()].filter(({ parents }) => parents.length === 2);
  for (const merge of found) judge(world, disk, merge);
  const contested = found.filter(
    ({ body, conflicts }) => conflicts.length > 0 || body.some(({ type }) => type === 'conflict'),
  );
  return { merges: found.length, conflicts: contested.length };
}
