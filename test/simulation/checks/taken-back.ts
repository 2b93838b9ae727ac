import type { Block, Id } from '#shared/article';
import { isTextBlock, passagesOf } from '../acts/text.ts';
import { spaced, textsOf, type Merging } from './breaks.ts';
import { entriesIn, hasEntries, same } from './merge-rules.ts';
import { sentencesOf } from './sentences.ts';

type Body = readonly Block[];

export const at = (body: Body, id: Id): Block | undefined => body.find(({ $ }) => $.id === id);
const says = (block: Block | undefined, text: string): boolean =>
  block !== undefined && textsOf(block).some((each) => spaced(each).includes(spaced(text)));

/** How often these words stand in a block: a half of a sentence may stand there in others, too. */
function timesIn(block: Block | undefined, words: string): number {
  const texts = block ? textsOf(block).map(spaced) : [];
  return texts.reduce((times, text) => times + text.split(spaced(words)).length - 1, 0);
}

/** What stood before a text that a side joined to it, by its name; null where the side did no such thing. */
function joinedTo(was: Block, base: Body, side: Body): Id | null {
  if (!isTextBlock(was) || at(side, was.$.id)) return null;
  const first = base
    .slice(0, base.indexOf(was))
    .findLast((block) => at(side, block.$.id) !== undefined);
  const [words = ''] = textsOf(was);
  if (!first || !isTextBlock(first) || words.trim() === '') return null;
  return timesIn(at(side, first.$.id), words) > timesIn(first, words) ? first.$.id : null;
}

/**
 * Whether a join of one side was taken back, so that what it had joined stands by itself again: as the other side has it, if
 * that changed it, with what the joined text said behind it where that is more, and no longer in what it was joined to.
 */
export function isTakenBack(id: Id, { base, left, right, merged }: Merging): boolean {
  const [was, now] = [at(base, id), at(merged, id)];
  if (!was || !now) return false;
  return [[left, right] as const, [right, left] as const].some(([side, other]) => {
    const first = joinedTo(was, base, side);
    if (first === null) return false;
    const [words = ''] = textsOf(was);
    const before = [base, other].map((body) => timesIn(at(body, first), words));
    if (timesIn(at(merged, first), words) > Math.max(...before)) return false;
    const versions = now.type === 'conflict' ? now.versions : [now];
    const theirs = at(other, id) ?? null;
    if (same(now, theirs)) return true;
    const isJoined = (version: Block | null): boolean =>
      version !== null &&
      textsOf(version).some(
        (text) => spaced(text).includes(spaced(words)) && says(at(side, first), text),
      );
    return (
      (same(theirs, was) || versions.some((version) => same(version, theirs))) &&
      versions.every((version) => same(version, theirs) || isJoined(version))
    );
  });
}

/**
 * The names that a merge gave texts of a side again when it took a join back: of two texts, the side left one name with what
 * it says in the place of both. Under that name the merge does not have these words, but letter by letter under the other.
 */
export function namesTakenBack(side: Body, base: Body, merged: Body): Map<Id, Id> {
  const names = new Map<Id, Id>();
  let first: Block | undefined;
  for (const was of base) {
    if (at(side, was.$.id)) first = was;
    else if (first && isTextBlock(first) && isTextBlock(was)) {
      const is = at(side, first.$.id);
      const [words = ''] = is && isTextBlock(is) ? textsOf(is) : [];
      const now = at(merged, was.$.id);
      const isThere =
        now !== undefined && textsOf(now).some((text) => spaced(text) === spaced(words));
      if (words.trim() !== '' && isThere && !says(at(merged, first.$.id), words))
        names.set(first.$.id, was.$.id);
    }
  }
  return names;
}

/**
 * Whether what became of a block stands, letter for letter, among the versions of one that a side put elsewhere: cut there,
 * pasted and written on, while the other side rewrote it in its place. Both stand side by side, under the name of the new
 * one. Of a list or a table, that is what the other side put into it, and nothing where it only took out.
 */
export function isContestedElsewhere(id: Id, { base, left, right, merged }: Merging): boolean {
  const was = at(base, id);
  const rewritten = [left, right].flatMap((side) => {
    const is = at(side, id);
    return is && was && !same(is, was) ? [is] : [];
  });
  const known = new Set(base.map(({ $ }) => $.id));
  const versions = merged
    .filter(({ $ }) => !known.has($.id))
    .flatMap((block) => (block.type === 'conflict' ? block.versions : []))
    .filter((version) => version !== null);
  const stands = (is: Block): boolean =>
    versions.some((one) => same({ ...one, $: null }, { ...is, $: null })) ||
    (hasEntries(is) && versions.some((one) => one.type === is.type && holdsNewOf(is, was, one)));
  return rewritten.length > 0 && at(merged, id) === undefined && rewritten.every(stands);
}

/**
 * Whether a block is the new one of such two: it stands as its side has it, beside what the other made of the one that was
 * there before.
 */
export function isContestedInPlace(id: Id, merging: Merging): boolean {
  const { base, left, right, merged } = merging;
  const now = at(merged, id);
  if (now?.type !== 'conflict' || at(base, id)) return false;
  const own = [left, right].flatMap((side) => at(side, id) ?? []);
  return (
    own.every((is) => now.versions.some((version) => same(version, is))) &&
    base.some((was) => was.type === now.base?.type && isContestedElsewhere(was.$.id, merging))
  );
}

/** Whether a version has every entry of a list or a table that was not in it before. */
function holdsNewOf(is: Block, was: Block | undefined, version: Block): boolean {
  const [before, now, there] = [was ?? null, is, version].map(entriesIn);
  const held = [...there!.values()];
  return [...now!].every(
    ([name, entry]) => same(before!.get(name), entry) || held.some((each) => same(each, entry)),
  );
}

/**
 * Whether a merge asks about a block that one side changed, or took out, and the other left: a sentence stood there and in
 * another place, and each side took it out of one of the two. It stands nowhere but there, as it was beside what became of it.
 */
export function isAskedSinceGone(id: Id, { base, left, right, merged }: Merging): boolean {
  const [was, now] = [at(base, id), at(merged, id)];
  if (!was || now?.type !== 'conflict') return false;
  const versionsOf = (block: Block | undefined): readonly (Block | null)[] =>
    block?.type === 'conflict' ? block.versions : [block ?? null];
  const rest = merged.filter((block) => block !== now);
  return [[left, right] as const, [right, left] as const].some(([side, other]) => {
    if (!same(at(other, id), was)) return false;
    const offered = [...versionsOf(at(side, id)), ...versionsOf(was)];
    const standsIn = (body: Body, sentence: string): boolean =>
      body
        .flatMap(versionsOf)
        .flatMap((version) => (version ? passagesOf(version) : []))
        .some((passage) => spaced(passage).includes(spaced(sentence)));
    const isKept = (sentence: string): boolean =>
      standsIn(side, sentence) && !says(at(side, id), sentence) && !standsIn(rest, sentence);
    return (
      offered.every((each) => now.versions.some((version) => same(version, each))) &&
      now.versions.every((version) => offered.some((each) => same(version, each))) &&
      textsOf(was).flatMap(sentencesOf).some(isKept)
    );
  });
}
