import { canonicalJson, type Content, type FieldName } from '#shared/article';
import { mergeContents } from '#shared/merge';
import type { World } from '../world/world.ts';
import { brokenBlocks, isCarried, madeUp } from './breaks.ts';
import { fieldRule } from './field-rule.ts';
import { isGoneOn } from './gone-on.ts';
import { blockRule } from './merge-rules.ts';
import { misplacedIn } from './misplaced.ts';
import { isReordered } from './reordered.ts';
import { brokenSentence } from './sentences.ts';
import {
  isAskedSinceGone,
  isContestedElsewhere,
  isContestedInPlace,
  isTakenBack,
} from './taken-back.ts';
import { lineage, type Frozen, type Revisions } from './server-disk.ts';

/** How a block can come to be other than by the rule of blocks alone. */
const WAYS_ELSEWHERE = [
  isCarried,
  isTakenBack,
  isContestedElsewhere,
  isContestedInPlace,
  isAskedSinceGone,
  isGoneOn,
  isReordered,
];

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

/** The deepest revisions that both came from: several where merges met crosswise. */
function basesOf(
  disk: Revisions,
  left: Pick<Frozen, 'hash'>,
  right: Pick<Frozen, 'hash'>,
): Frozen[] {
  const ofRight = lineage(disk, [right.hash]);
  const shared = [...lineage(disk, [left.hash])].filter((hash) => ofRight.has(hash));
  const before = new Set(
    shared.flatMap((hash) => [...lineage(disk, disk.revisions.get(hash)?.parents ?? [])]),
  );
  return shared
    .filter((hash) => !before.has(hash))
    .flatMap((hash) => disk.revisions.get(hash) ?? []);
}

/** What both came from; where that is several texts, what becomes of them when they are joined, in the order of their names. */
export function commonText(disk: Revisions, left: Frozen, right: Frozen): Content {
  const [first, ...others] = basesOf(disk, left, right).sort((x, y) => (x.hash < y.hash ? -1 : 1));
  if (!first) return nothing(left);
  return others.reduce<Content>(
    (joined, other) => mergeContents(commonText(disk, first, other), joined, other).content,
    first,
  );
}

function judge(world: Pick<World, 'broken'>, disk: Revisions, merge: Frozen): void {
  const [left, right] = merge.parents.map((hash) => disk.revisions.get(hash));
  if (!left || !right) return;
  const base = commonText(disk, left, right);
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
  const cut = brokenSentence(merge, [left, right]);
  if (cut !== null)
    world.broken(3, `Merge ${merge.hash} breaks a sentence of both its sides: “${cut}”.`);
  // A break is carried over to the other side’s words; whether all words are there, is looked at in the whole article.
  const broken = [left, right].map(({ body: side }) => brokenBlocks(base.body, side));
  const bodies = { base: base.body, left: left.body, right: right.body, merged: merge.body };
  const misplaced = misplacedIn(bodies);
  if (misplaced) world.broken(7, `The body of merge ${merge.hash} is ${misplaced}.`);
  for (const id of new Set([...ofBase!.keys(), ...ofLeft!.keys(), ...ofRight!.keys()])) {
    const [was, is, other] = [ofBase!.get(id), ofLeft!.get(id), ofRight!.get(id)];
    // A twin: both wrote the same new block, and one of the two ids is enough.
    const isNew = was === undefined && (is === undefined) !== (other === undefined);
    if (isNew && !ofMerge!.has(id)) continue;
    if (broken.some((blocks) => blocks.has(id))) continue;
    const wrong = blockRule(was, is, other, ofMerge!.get(id));
    if (wrong && !WAYS_ELSEWHERE.some((isSo) => isSo(id, bodies)))
      world.broken(8, `In merge ${merge.hash}, block ${id} is ${wrong}.`);
  }
  for (const name of Object.keys(merge.fields) as FieldName[]) {
    const wrong = fieldRule(name, base, left, right, merge);
    if (wrong) world.broken(8, `In merge ${merge.hash}, the field ${name} is ${wrong}.`);
  }
}

/** Looks at every merge of the run once more. Gives how many there were, and how many left something to settle. */
export function checkMerges(
  world: Pick<World, 'broken'>,
  disk: Revisions,
): { merges: number; conflicts: number } {
  const found = [...disk.revisions.values()].filter(({ parents }) => parents.length === 2);
  for (const merge of found) judge(world, disk, merge);
  const contested = found.filter(
    ({ body, conflicts }) => conflicts.length > 0 || body.some(({ type }) => type === 'conflict'),
  );
  return { merges: found.length, conflicts: contested.length };
}
