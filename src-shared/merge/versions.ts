import { choose, distinct, same } from './choose.ts';

/** What stands in one place of an article: a value, or several that a merge could not choose between. */
export interface Standing<V> {
  /** What stood there before it was contested; the value itself while it is not. */
  base: V;
  versions: readonly V[];
}

/** Merges one value with another that came from the same base: the values that remain to choose from. */
export type MergeValues<V> = (base: V, x: V, y: V) => readonly V[];

function pairwise<V>(base: V, x: V, y: V, merge: MergeValues<V>): readonly V[] {
  const choice = choose(base, x, y);
  return choice.settled ? [choice.value] : merge(base, x, y);
}

/**
 * What stands when a side met a text in which several versions stood already: each is merged with the new one. What both
 * came from and one side only left among its versions is no version beside what the other made of it.
 */
function versionsFrom<V>(base: V, a: Standing<V>, b: Standing<V>, merge: MergeValues<V>): V[] {
  if (a.versions.length === 1 || b.versions.length === 1)
    return a.versions.flatMap((x) => b.versions.flatMap((y) => pairwise(base, x, y, merge)));
  const holdsBase = ({ versions }: Standing<V>): boolean =>
    versions.some((version) => same(version, base));
  const isLeft = holdsBase(a) !== holdsBase(b);
  return [...a.versions, ...b.versions].filter((version) => !isLeft || !same(version, base));
}

/**
 * A side that settled a conflict decided over the versions it saw, not over those the other side met since. Where the other
 * is what two left of it who settled it otherwise, each in another way, all of them stand again.
 */
function versionsAfter<V>(seen: Standing<V>, a: Standing<V>, b: Standing<V>): V[] {
  const isOpen = ({ versions }: Standing<V>): boolean => versions.length > 1;
  const isIn = ({ versions }: Standing<V>, version: V): boolean =>
    versions.some((known) => same(known, version));
  const decided = (settled: Standing<V>, open: Standing<V>): V[] => {
    const unseen = open.versions.filter((version) => !isIn(seen, version));
    const isOtherwise = !settled.versions.some((version) => isIn(open, version));
    return [...settled.versions, ...(unseen.length === 0 && isOtherwise ? open.versions : unseen)];
  };
  if (isOpen(a) && !isOpen(b)) return decided(b, a);
  if (isOpen(b) && !isOpen(a)) return decided(a, b);
  return [...a.versions, ...b.versions];
}

/**
 * The rule for every place in which versions can stand side by side, be it a block or a field: what one side changed is
 * taken from there, a settled conflict counting as a change; what both changed is merged, and what cannot be merged
 * stands with every version.
 */
export function mergeStanding<V>(
  base: Standing<V>,
  a: Standing<V>,
  b: Standing<V>,
  merge: MergeValues<V>,
): Standing<V> {
  const choice = choose(base, a, b);
  if (choice.settled) return choice.value;
  const versions = distinct(
    base.versions.length > 1 ? versionsAfter(base, a, b) : versionsFrom(base.base, a, b, merge),
  );
  const [only, more] = versions;
  if (only !== undefined && more === undefined) return { base: only, versions };
  // Each met what one editor chose of older versions, and what stood before is what stood before those.
  const isOlder = [a, b].every((side) => side.versions.length > 1) && same(a.base, b.base);
  return { base: isOlder ? a.base : base.base, versions };
}
