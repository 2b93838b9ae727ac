import type { Block, Id } from '#shared/article';
import { textsOf, type Merging } from './breaks.ts';
import { same } from './merge-rules.ts';
import { sentencesOf } from './sentences.ts';
import { at } from './taken-back.ts';

/** A text that one side has under a name of its own, and the other still under the one that it had before. */
interface GoneOn {
  /** Under which the side has a new text now. */
  before: Id;
  now: Id;
  other: readonly Block[];
}

const isLike = (one: Block | null | undefined, other: Block | null | undefined): boolean =>
  Boolean(one && other) && same({ ...one, $: null }, { ...other, $: null });

/**
 * Who writes a new paragraph at the beginning of another leaves it the name, and the text goes on under a new one. Where both
 * changed that text, what each made of it stands there, beside the other, and the new paragraph as its side has it.
 */
function goneOn({ base, left, right, merged }: Merging): GoneOn[] {
  const contested = merged.flatMap((block) =>
    block.type === 'conflict' && block.base && !at(base, block.$.id) ? [block] : [],
  );
  return contested.flatMap((block) =>
    [[left, right] as const, [right, left] as const].flatMap(([side, other]): GoneOn[] => {
      const now = block.$.id;
      const was = base.find((one) => isLike(one, block.base));
      if (!was || at(other, now)) return [];
      const [own, theirs] = [at(side, now), at(other, was.$.id)];
      const bothStand = [own, theirs].every((made) =>
        block.versions.some((version) => isLike(version, made)),
      );
      const isKept = same(at(merged, was.$.id), at(side, was.$.id));
      return bothStand && isKept ? [{ before: was.$.id, now, other }] : [];
    }),
  );
}

/** Whether a block is as it is because a text went on under another name. */
export function isGoneOn(id: Id, merging: Merging): boolean {
  return goneOn(merging).some(({ before, now }) => before === id || now === id);
}

/** The names under which such texts stand in a merge, for a body that has the former ones. */
export function namesGoneOn(body: readonly Block[], merging: Merging): ReadonlyMap<Id, Id> {
  return new Map(
    goneOn(merging)
      .filter(({ other }) => body === other || body === merging.base)
      .map(({ before, now }) => [before, now]),
  );
}

/**
 * The same for a text that one side cut, so that more of it goes on under a new name than under its own: there the other
 * side's words and its place go along, and what has the old name is where its side put it. Of several new texts it is the
 * one that has most of it, and least beside that.
 */
export function namesOfMore(
  body: readonly Block[],
  { base, left, right, merged }: Merging,
): ReadonlyMap<Id, Id> {
  const sides = [[left, right] as const, [right, left] as const];
  const names = sides
    .filter(([, other]) => body === other || body === base)
    .flatMap(([side, other]) =>
      base.flatMap((was): [Id, Id][] => {
        const is = at(side, was.$.id);
        if (!is || !same(at(merged, was.$.id), is)) return [];
        const isNew = ({ $ }: Block): boolean => !at(base, $.id) && !at(other, $.id);
        const [more] = side
          .filter((block) => isNew(block) && sharedBy(was, block) > sharedBy(was, is))
          .sort((x, y) => sharedBy(was, y) - sharedBy(was, x) || saidIn(x) - saidIn(y));
        return more && at(merged, more.$.id) ? [[was.$.id, more.$.id]] : [];
      }),
    );
  return new Map(names);
}

const saidIn = (block: Block): number => textsOf(block).flatMap(sentencesOf).length;

/** How many sentences of a text stand in another one, too. */
function sharedBy(was: Block, block: Block): number {
  const [before, now] = [was, block].map((one) => textsOf(one).flatMap(sentencesOf));
  return before!.filter((each) => now!.includes(each)).length;
}
