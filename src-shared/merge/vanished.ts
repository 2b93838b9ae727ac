import type { Block, PlainBlock } from '#shared/article';
import { byId, put, type Body } from './bodies.ts';
import { distinct, same } from './choose.ts';
import { idOf } from './ids.ts';
import { keysIn, sentencesOf, wantedIn, type Wanted } from './sentences.ts';

/**
 * A sentence that stands in two places, as in a paragraph that is there twice, may lose the one by one side and the other
 * by the other: each left it standing, and it stands nowhere. One of the two places is put to the choice, as it was and
 * as the side left it that took the sentence out there.
 */

const versionsOf = (block: Block): readonly (PlainBlock | null)[] =>
  block.type === 'conflict' ? block.versions : [block];

const wordsOf = (block: Block): PlainBlock[] =>
  versionsOf(block).flatMap((version) => version ?? []);

function keysOf(body: Body, wanted: Wanted): Set<string> {
  return new Set(body.flatMap(wordsOf).flatMap((block) => keysIn(block, wanted)));
}

const without = (keys: ReadonlySet<string>, found: ReadonlySet<string>): Set<string> =>
  new Set([...keys].filter((key) => !found.has(key)));

/** The body with a block behind what it stood behind, or behind the next before that is there. */
function putBack(body: Body, block: Block, from: Body): Body {
  const ahead = new Set(
    from
      .slice(
        0,
        from.findIndex((each) => idOf(each) === idOf(block)),
      )
      .map(idOf),
  );
  const place = body.findLastIndex((each) => ahead.has(idOf(each))) + 1;
  return [...body.slice(0, place), block, ...body.slice(place)];
}

/** The sentences that both sides still have, though neither in a block that stands in the merge as that side has it. */
function lostIn(merged: Body, a: Body, b: Body): Set<string> {
  const inMerged = byId(merged);
  const onlyIn = (side: Body): Body =>
    side.filter((block) => !same(inMerged.get(idOf(block)), block));
  const [onlyA, onlyB] = [onlyIn(a), onlyIn(b)];
  if (onlyA.length === 0 || onlyB.length === 0) return new Set();
  const shared = [
    ...keysOf(onlyB, sentencesOf(onlyA.flatMap(wordsOf))),
    ...keysOf(onlyA, sentencesOf(onlyB.flatMap(wordsOf))),
  ];
  const [inA, inB] = [byId(a), byId(b)];
  const isLeft = (block: Block): boolean =>
    same(inA.get(idOf(block)), block) && same(inB.get(idOf(block)), block);
  // What nobody touched is looked through last: mostly nothing is left to look for.
  return [merged.filter((block) => !isLeft(block)), merged.filter(isLeft)].reduce(
    (left, body) => (left.size > 0 ? without(left, keysOf(body, wantedIn([...left]))) : left),
    new Set(shared),
  );
}

/** A merged body with each sentence put to the choice that each side took out of one place and left in another. */
export function contestVanished(merged: Body, base: Body, a: Body, b: Body): Body {
  const [inA, inB] = [byId(a), byId(b)];
  const lost = lostIn(merged, a, b);
  let now = merged;
  for (const was of lost.size > 0 ? base : []) {
    const isLeftByA = same(inA.get(idOf(was)), was);
    if (isLeftByA === same(inB.get(idOf(was)), was)) continue;
    const there = now.find((block) => idOf(block) === idOf(was)) ?? null;
    const keys = keysOf([was], wantedIn([...lost]));
    if (keys.size === 0 || there?.type === 'conflict') continue;
    for (const key of keys) lost.delete(key);
    const asked: Block = {
      type: 'conflict',
      $: { id: idOf(was) },
      base: was.type === 'conflict' ? was.base : was,
      versions: distinct([there, ...versionsOf(was)]),
    };
    now = there ? put(now, asked) : putBack(now, asked, isLeftByA ? a : b);
  }
  return now;
}
