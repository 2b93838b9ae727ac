import type { Block, PlainBlock } from '#shared/article';
import { byId, put, type Body } from './bodies.ts';
import { distinct, same } from './choose.ts';
import { idOf } from './ids.ts';
import { keysIn, sayingOf, wantedIn, without, wordsByKey, type Wanted } from './sentences.ts';
import { wordingsIn } from './wordings.ts';

/**
 * A sentence that one side moved to one paragraph and the other to another has left its place on both sides and come to two.
 * No word of it is contested, but standing twice it says what neither wrote: one of its two places is put to the choice, with
 * it and without it. It stands once whatever is chosen, or twice where somebody wants it so.
 */

type Counts = Map<string, number>;

/** How often each of these sentences stands in a body: of a contested block as often as in one version, by `choose`. */
function countIn(body: Body, wanted: Wanted, choose: (...counts: number[]) => number): Counts {
  const counts: Counts = new Map();
  for (const block of body) {
    const versions = block.type === 'conflict' ? block.versions : [block];
    const inVersions = versions.map((version) =>
      Map.groupBy(version ? keysIn(version, wanted) : [], (key) => key),
    );
    for (const key of new Set(inVersions.flatMap((each) => [...each.keys()]))) {
      const times = inVersions.map((each) => each.get(key)?.length ?? 0);
      counts.set(key, (counts.get(key) ?? 0) + choose(...times));
    }
  }
  return counts;
}

interface Place {
  block: PlainBlock;
  /** The block as it would be without what stands elsewhere as well. */
  version: PlainBlock | null;
  /** How far this version is from a text that somebody had: the smaller, the better. */
  order: number;
}

/** What may be chosen in the place of `block`: best what another has there, or nothing where nothing else stands there. */
function placeOf(block: PlainBlock, wanted: Wanted, others: readonly PlainBlock[]): Place {
  const version = without(block, wanted);
  if (version === null) return { block, version, order: 0 };
  if (others.some((other) => sayingOf(other) === sayingOf(version)))
    return { block, version, order: 1 };
  if (sayingOf(block).startsWith(sayingOf(version)) || sayingOf(block).endsWith(sayingOf(version)))
    return { block, version, order: 2 };
  const [other] = distinct(others).filter((each) => keysIn(each, wanted).length === 0);
  return other ? { block, version: other, order: 3 } : { block, version, order: 4 };
}

const versionsOf = (block: Block): PlainBlock[] =>
  block.type === 'conflict' ? block.versions.flatMap((version) => version ?? []) : [block];

/** A merged body with each sentence put to the choice that both sides moved, and that stands in two places by that. */
export function contestDoubled(merged: Body, base: Body, a: Body, b: Body): Body {
  const [inBase, inA, inB] = [byId(base), byId(a), byId(b)];
  const changed = (was: Block, side: ReadonlyMap<string, Block>): boolean =>
    !same(side.get(idOf(was)), was);
  const moved = base.filter((was) => changed(was, inA) && changed(was, inB));
  if (moved.length === 0) return merged;
  // What neither touched stands in all of them.
  const left = new Set(base.filter((was) => !changed(was, inA) && !changed(was, inB)).map(idOf));
  const touched = (body: Body): Body => body.filter((block) => !left.has(idOf(block)));
  const ofMoved = wordsByKey(moved.flatMap(versionsOf));
  const sought = wantedIn([...ofMoved.keys()]);
  const wordings = [a, b].map((side) => {
    const now = touched(side);
    const stand = new Set(
      now.flatMap((block) => versionsOf(block)).flatMap((block) => keysIn(block, sought)),
    );
    const gone = new Map([...ofMoved].filter(([key]) => !stand.has(key)));
    const fresh = new Map([...wordsByKey(now)].filter(([key]) => !ofMoved.has(key)));
    return wordingsIn(base, gone, fresh);
  });
  const wantedOf = (keys: readonly string[]): Wanted =>
    wantedIn(keys, (key) => wordings.flatMap((each) => each.get(key) ?? []));
  const wanted = wantedOf([...ofMoved.keys()]);
  if (wanted.size === 0) return merged;
  const [before, byA, byB] = [base, a, b].map((body) => {
    const counts = countIn(touched(body), wanted, Math.max);
    return (key: string): number => counts.get(key) ?? 0;
  }) as [(key: string) => number, (key: string) => number, (key: string) => number];
  // What a side wrote once more by itself, it wants.
  const isDoubled = (key: string, times: number): boolean => {
    const [was, inOne, inOther] = [before(key), byA(key), byB(key)];
    const added = Math.max(0, inOne - was) + Math.max(0, inOther - was);
    return times > Math.min(was, Math.max(inOne, inOther)) + added;
  };
  const standing = countIn(touched(merged), wanted, Math.min);
  /** What is doubled and stands in `block`, and for certain elsewhere. */
  const doubledIn = (block: Block): string[] => {
    const keys = Map.groupBy(keysIn(block, wanted), (key) => key);
    return [...keys].flatMap(([key, { length }]) => {
      const times = standing.get(key) ?? 0;
      return isDoubled(key, times) && times > length ? [key] : [];
    });
  };
  const placeIn = (block: PlainBlock): Place => {
    const others = [inA, inB, inBase].flatMap((side) => {
      const there = side.get(idOf(block));
      return there && there.type !== 'conflict' && !same(there, block) ? [there] : [];
    });
    return placeOf(block, wantedOf(doubledIn(block)), others);
  };
  const places = touched(merged).flatMap((block) =>
    block.type === 'conflict' || doubledIn(block).length === 0 ? [] : [placeIn(block)],
  );
  // Rather where least would be offered that nobody had.
  const asked = places
    .sort((x, y) => x.order - y.order)
    .flatMap(({ block }): Block[] => {
      const keys = doubledIn(block);
      if (keys.length === 0) return [];
      const { version } = placeIn(block);
      for (const key of keysIn(block, wanted)) standing.set(key, (standing.get(key) ?? 0) - 1);
      const was = inBase.get(idOf(block));
      const before = was && was.type !== 'conflict' ? was : null;
      const versions = distinct([block, version]);
      return [{ type: 'conflict', $: { id: idOf(block) }, base: before, versions }];
    });
  return put(merged, ...asked);
}
