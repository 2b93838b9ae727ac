import type { Block, PlainBlock } from '#shared/article';
import { byId, type Body } from './bodies.ts';
import { distinct, same } from './choose.ts';
import { idOf } from './ids.ts';

/**
 * Where two have changed a paragraph, both versions of it stand on their side, and a third may have cut it in two, or moved a
 * sentence of it elsewhere. The steps that bring two sides closer know nothing of versions: so they are taken with each of
 * them, as if that alone stood there, and what comes of it stands side by side again.
 */

export interface Prepared {
  before: Body;
  ofA: Body;
  ofB: Body;
  /** What stands for the base where a person is asked. */
  shown: Body;
}

type Steps = (base: Body, a: Body, b: Body) => Prepared;
type Merge = (base: Body, a: Body, b: Body) => Body;
type Contested = ReadonlyMap<string, readonly (PlainBlock | null)[]>;

/** The blocks that stand in versions on a side, in one in the base, and that the other side changed. */
function contestedIn(side: Body, other: Body, base: Body): Contested {
  const [before, there] = [byId(base), byId(other)];
  return new Map(
    side.flatMap((block): [string, readonly (PlainBlock | null)[]][] => {
      const was = before.get(idOf(block));
      const isPlain = was !== undefined && was.type !== 'conflict';
      const isTouched = isPlain && !same(there.get(idOf(block)), was);
      return block.type === 'conflict' && isTouched ? [[idOf(block), block.versions]] : [];
    }),
  );
}

const inVersion = (body: Body, contested: Contested, nth: number): Body =>
  body.flatMap((block): Block[] => {
    const versions = contested.get(idOf(block));
    const version = versions?.[Math.min(nth, versions.length - 1)];
    if (!versions) return [block];
    return version ? [version] : [];
  });

/** The base, and each side as often as there are versions, or once where it has none. */
interface Versions {
  before: Body;
  shown: Body;
  a: readonly Body[];
  b: readonly Body[];
}

/** What is shown after a step: what was shown before it, where the step left the base as it was. */
function shownAfter(now: Versions, { before, shown }: Prepared): Body {
  const [was, is, old] = [byId(now.before), byId(before), byId(now.shown)];
  return shown.map((block) => {
    const id = idOf(block);
    return same(was.get(id), is.get(id)) ? (old.get(id) ?? block) : block;
  });
}

/** Takes the steps with one of the versions; the others follow them. */
function takenWith(now: Versions, nth: number, steps: Steps, merge: Merge): Versions {
  const own = <T>(all: readonly T[]): T => all[Math.min(nth, all.length - 1)] as T;
  const made = steps(now.before, own(now.a), own(now.b));
  const isLeft = same(made.before, now.before);
  const followed = (all: readonly Body[], taken: Body): Body[] =>
    all.map((body) => {
      if (body === own(all)) return taken;
      return isLeft ? body : merge(now.before, body, made.before);
    });
  return {
    before: made.before,
    shown: shownAfter(now, made),
    a: followed(now.a, made.ofA),
    b: followed(now.b, made.ofB),
  };
}

/**
 * A side as it is with all its versions again; null where they have come to stand in different orders, or something else is
 * contested by now.
 */
function together(sides: readonly Body[], was: Body, before: Body): Body | null {
  const [longest = []] = sides.toSorted((x, y) => y.length - x.length);
  const order = longest.map(idOf);
  const [inSides, inWas, inBase] = [sides.map(byId), byId(was), byId(before)];
  const isInOrder = (side: Body): boolean => {
    const places = side.map((block) => order.indexOf(idOf(block)));
    return places.every((place, at) => place > (places[at - 1] ?? -1));
  };
  const isAsItWas = (block: Block): boolean =>
    block.type !== 'conflict' ||
    [inWas, ...inSides].every((side) => same(side.get(idOf(block)), block));
  if (!sides.every((side) => isInOrder(side) && side.every(isAsItWas))) return null;
  return longest.map((block): Block => {
    const id = idOf(block);
    const [base, stood] = [inBase.get(id), inWas.get(id)];
    const versions = distinct(
      inSides.map((side) => side.get(id) ?? null).filter((each) => each?.type !== 'conflict'),
    );
    if (versions.length < 2) return block;
    if (stood?.type === 'conflict' && same(stood.versions, versions)) return stood;
    const plain = base && base.type !== 'conflict' ? base : null;
    return { type: 'conflict', $: { id }, base: plain, versions };
  });
}

/** Takes the steps with each version of what one side has in several and the other changed. */
export function inEachVersion(
  [base, a, b]: readonly [base: Body, a: Body, b: Body],
  steps: Steps,
  merge: Merge,
): Prepared {
  const [inA, inB] = [contestedIn(a, b, base), contestedIn(b, a, base)];
  const timesIn = (contested: Contested): number =>
    Math.max(1, ...[...contested.values()].map(({ length }) => length));
  const all = (body: Body, contested: Contested): Body[] =>
    Array.from({ length: timesIn(contested) }, (_, nth) => inVersion(body, contested, nth));
  let now: Versions = { before: base, shown: base, a: all(a, inA), b: all(b, inB) };
  const times = Math.max(now.a.length, now.b.length);
  if (times === 1) return steps(base, a, b);
  for (let nth = 0; nth < times; nth += 1) now = takenWith(now, nth, steps, merge);
  const ofA = together(now.a, a, now.before);
  const ofB = together(now.b, b, now.before);
  return ofA && ofB ? { ...now, ofA, ofB } : steps(base, a, b);
}
