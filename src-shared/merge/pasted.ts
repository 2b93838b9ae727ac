import { canonicalJson, type Block } from '#shared/article';
import { same } from './choose.ts';
import { idOf } from './ids.ts';
import { isSpace, isTextBlock, tokensOf } from './tokens.ts';

/**
 * What is cut and pasted elsewhere comes back under new ids: to a merge by id, one block was removed and another written.
 * Where the other side has changed that block, or moved it too, it goes by its new name on every side first, so that it is
 * one block that was moved.
 */

type Body = readonly Block[];

/** What a block says, whatever its ids are, and for a text whatever kind of block it is; null where that is nothing. */
function sayingOf(block: Block): string | null {
  if (block.type === 'conflict' || block.type === 'horizontalrule') return null;
  if (!isTextBlock(block)) return canonicalJson(renamed(block, () => ''));
  const words = tokensOf(block.children).filter((token) => !isSpace(token));
  return words.length > 0 ? words.map(({ key }) => key).join() : null;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The same with other ids of blocks, items, lists and rows; those of suggestions are no part of a place. */
function renamed<T>(value: T, nameOf: (id: string) => string): T {
  if (Array.isArray(value)) return value.map((each: unknown) => renamed(each, nameOf)) as T;
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([name, member]) =>
    name === '$' && isObject(member) && typeof member.id === 'string'
      ? [name, { ...member, id: nameOf(member.id) }]
      : [name, renamed(member, nameOf)],
  );
  return Object.fromEntries(entries) as T;
}

function idsIn(block: Block): string[] {
  const ids: string[] = [];
  renamed(block, (id) => {
    ids.push(id);
    return id;
  });
  return ids;
}

/** The blocks of a body by what they say; null for what two of them say. */
function bySaying(body: Body): Map<string, Block | null> {
  const found = new Map<string, Block | null>();
  for (const block of body) {
    const saying = sayingOf(block);
    if (saying !== null) found.set(saying, found.has(saying) ? null : block);
  }
  return found;
}

/** The bodies as they are once a block of each is known by the ids of `named`, which says what `block` says. */
function rename(body: Body, block: Block, named: Block): Body {
  const names = new Map(idsIn(block).map((id, index) => [id, idsIn(named)[index] ?? id]));
  return body.map((each) =>
    idOf(each) === idOf(block) ? renamed(each, (id) => names.get(id) ?? id) : each,
  );
}

/** The three bodies with each block that was cut and pasted under one name, where that makes a difference. */
export function carryPastes(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  const ids = new Set(base.map(idOf));
  const [inA, inB] = [a, b].map((side) => new Map(side.map((block) => [idOf(block), block])));
  const gone = base.filter((block) => !inA?.has(idOf(block)) || !inB?.has(idOf(block)));
  if (gone.length === 0) return [base, a, b];
  const before = bySaying(base);
  const [newInA, newInB] = [a, b].map((side) =>
    bySaying(side.filter((block) => !ids.has(idOf(block)))),
  );
  let now: [Body, Body, Body] = [base, a, b];
  for (const was of gone) {
    const [ofA, ofB] = [inA?.get(idOf(was)), inB?.get(idOf(was))];
    const saying = sayingOf(was);
    if (saying === null || before.get(saying) !== was) continue;
    const inOther = (block: Block | null | undefined, other?: Map<string, Block>): Block | null =>
      block && !other?.has(idOf(block)) ? block : null;
    const pastedByA = ofA ? null : inOther(newInA?.get(saying), inB);
    const pastedByB = ofB ? null : inOther(newInB?.get(saying), inA);
    const [newBase, newA, newB] = now;
    if (pastedByA && pastedByB) {
      const named = idOf(pastedByA) < idOf(pastedByB) ? pastedByA : pastedByB;
      now = [
        rename(newBase, was, named),
        rename(newA, pastedByA, named),
        rename(newB, pastedByB, named),
      ];
    } else if (pastedByA && ofB && !same(ofB, was))
      now = [rename(newBase, was, pastedByA), newA, rename(newB, was, pastedByA)];
    else if (pastedByB && ofA && !same(ofA, was))
      now = [rename(newBase, was, pastedByB), rename(newA, was, pastedByB), newB];
  }
  return now;
}
