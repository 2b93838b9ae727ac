import { canonicalJson, type Content, type FieldName } from '#shared/article';
import { mergeContents } from '#shared/merge';
import { rehearse, type Rehearsal } from '../acts/rehearsal.ts';
import { NOON } from '../../helpers/clock-and-random.ts';
import { diceOf } from '../world/dice.ts';
import { PEOPLE } from '../world/newsroom.ts';
import type { World } from '../world/world.ts';
import { brokenBlocks, isCarried, madeUp } from './breaks.ts';
import { fieldRule } from './field-rule.ts';
import { doubledSentence, isAskedForTwice } from './doubled.ts';
import { isGoneOn } from './gone-on.ts';
import type { Invariant } from './invariants.ts';
import { blockRule } from './merge-rules.ts';
import { lostWord } from './lost-words.ts';
import { misplacedIn } from './misplaced.ts';
import { isPasted } from './pasted.ts';
import { isReordered } from './reordered.ts';
import { brokenSentence } from './sentences.ts';
import { unsound, type Joining } from './sound.ts';
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
  isPasted,
  isAskedForTwice,
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

type Breach = [promise: Invariant, what: string];

/** The promises that a merge breaks whatever was done in its texts, each with what is wrong. */
function brokenByWords(joining: Joining): Breach[] {
  const { base, left, right, merged } = joining;
  const found: Breach[] = [];
  const there = canonicalJson(mergeContents(base, left, right).content);
  const back = canonicalJson(mergeContents(base, right, left).content);
  if (there !== back) found.push([7, 'it differs the other way round']);
  const { fields, body, conflicts } = merged;
  if (canonicalJson({ fields, body, conflicts }) !== there)
    found.push([7, 'it is not what its parents give when they are merged']);
  if (new Set(body.map(({ $ }) => $.id)).size !== body.length)
    found.push([7, 'it holds a block twice']);
  const cut = brokenSentence(merged, [left, right]);
  if (cut !== null) found.push([3, `it breaks a sentence of both its sides: “${cut}”`]);
  const wrong = unsound(joining);
  if (wrong !== null) found.push([8, wrong]);
  const lost = lostWord(joining);
  if (lost !== null) found.push([2, `“${lost}” is gone, which nobody took out`]);
  const doubled = doubledSentence(joining);
  if (doubled !== null) found.push([8, `“${doubled}” stands twice in it`]);
  for (const name of Object.keys(fields) as FieldName[]) {
    const ill = fieldRule(name, base, left, right, merged);
    if (ill) found.push([8, `the field ${name} is ${ill}`]);
  }
  return found;
}

/** Those and the promises that it breaks block by block. */
export function brokenBy(joining: Joining): Breach[] {
  const { base, left, right, merged } = joining;
  const found = brokenByWords(joining);
  const strange = madeUp(merged, [base, left, right]);
  if (strange !== null) found.push([3, `it says what no side of it says: “${strange}”`]);
  const [ofBase, ofLeft, ofRight, ofMerge] = [base, left, right, merged].map(
    (content) => new Map(content.body.map((block) => [block.$.id, block])),
  );
  // A break is carried over to the other side’s words; whether all words are there, is looked at in the whole article.
  const halved = [left, right].map(({ body: side }) => brokenBlocks(base.body, side));
  const bodies = { base: base.body, left: left.body, right: right.body, merged: merged.body };
  const misplaced = misplacedIn(bodies);
  if (misplaced) found.push([7, `its body is ${misplaced}`]);
  for (const id of new Set([...ofBase!.keys(), ...ofLeft!.keys(), ...ofRight!.keys()])) {
    const [was, is, other] = [ofBase!.get(id), ofLeft!.get(id), ofRight!.get(id)];
    // A twin: both wrote the same new block, and one of the two ids is enough.
    const isNew = was === undefined && (is === undefined) !== (other === undefined);
    if (isNew && !ofMerge!.has(id)) continue;
    if (halved.some((blocks) => blocks.has(id))) continue;
    const wrong = blockRule(was, is, other, ofMerge!.get(id));
    if (wrong && !WAYS_ELSEWHERE.some((isSo) => isSo(id, bodies)))
      found.push([8, `block ${id} is ${wrong}`]);
  }
  return found;
}

const wrongIn = (rehearsal: Rehearsal): Breach[] =>
  rehearsal.isRearranged ? brokenByWords(rehearsal) : brokenBy(rehearsal);

function judge({ broken }: Pick<World, 'broken'>, disk: Revisions, merged: Frozen): void {
  const [left, right] = merged.parents.map((hash) => disk.revisions.get(hash));
  if (!left || !right) return;
  const base = commonText(disk, left, right);
  for (const [invariant, what] of brokenBy({ base, left, right, merged }))
    broken(invariant, `Of the merge ${merged.hash}, ${what}.`);
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

/** How many texts of a run are tried, and how often each. */
const REHEARSED_TEXTS = 6;
const REHEARSALS = 4;

/**
 * What people would still make of some texts, far from everybody: a day brings few merges, and of the rare ones hardly any.
 * Nothing of it comes into the run.
 */
export function checkRehearsals(world: World, disk: Revisions): void {
  const { seed, words, broken } = world;
  const now = new Date(NOON).toISOString();
  const texts = [...disk.revisions.values()].filter(({ schema }) => schema === 1);
  for (let at = 0; at < REHEARSED_TEXTS && texts.length > 0; at += 1) {
    const { hash, fields, body, conflicts } = diceOf(seed, 41, at).pick(texts);
    for (let times = 0; times < REHEARSALS; times += 1) {
      const dice = diceOf(seed, 42, at, times);
      const hand = { dice, words, who: dice.pick(PEOPLE).id, now };
      for (const rehearsal of rehearse({ fields, body, conflicts }, hand))
        for (const [promise, what] of wrongIn(rehearsal))
          broken(promise, `Of a merge that ${hash} was tried with (${at}.${times}), ${what}.`);
    }
  }
}
