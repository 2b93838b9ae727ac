import type { Block, Id, PlainBlock } from '#shared/article';
import { areAlike, isStretch, mayBe, spaced, textsOf, type Merging } from './breaks.ts';
import { blockRule } from './merge-rules.ts';
import { at } from './taken-back.ts';

type Body = readonly Block[];

function named<B extends Block | PlainBlock | null>(block: B, id: Id): B {
  if (block === null) return block;
  const own = { ...block, $: { ...block.$, id } };
  if (own.type !== 'conflict') return own;
  const versions = own.versions.map((version) => named(version, id));
  return { ...own, base: named(own.base, id), versions };
}

/** What was pasted, also with the rest of a sentence behind it that was cut there. */
function withItsRest(is: Block, now: Block, side: Body): Block[] {
  const [begun = ''] = textsOf(is);
  const isWhole = (version: Block): boolean =>
    textsOf(version).some(
      (text) => spaced(text).startsWith(spaced(begun)) && isStretch(text, { body: [...side] }),
    );
  const versions = now.type === 'conflict' ? now.versions : [now];
  return [
    is,
    ...versions.filter((version) => version?.type === is.type && isWhole(version)),
  ].filter((each) => each !== null);
}

/**
 * Whether a block is one that a side cut, pasted under this name and changed, or the one that it was: under its new name it
 * became, by the rule of blocks, what it would have become under its own.
 */
export function isPasted(id: Id, { base, left, right, merged }: Merging): boolean {
  const isSo = (was: Block, is: Block, side: Body, other: Body): boolean => {
    const name = is.$.id;
    const [now, theirs] = [at(merged, name), at(other, was.$.id)];
    const isNew = [base, other].every((body) => !at(body, name));
    const isGone = [side, merged].every((body) => !at(body, was.$.id));
    const isLike = mayBe(was, is) && (areAlike(was, is) || areAlike(is, was));
    if (!now || !isNew || !isGone || !isLike) return false;
    return withItsRest(is, now, side).some(
      (each) => blockRule(named(was, name), each, theirs && named(theirs, name), now) === null,
    );
  };
  return base.some((was) =>
    [[left, right] as const, [right, left] as const].some(([side, other]) =>
      side.some((is) => [was.$.id, is.$.id].includes(id) && isSo(was, is, side, other)),
    ),
  );
}
