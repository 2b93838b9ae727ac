import { choose, same } from './choose.ts';
import { mergeOrder } from './order.ts';
import type { Sides } from './parts.ts';

/** How to merge entries that have ids: list items, table rows, byline entries, related articles. */
export interface EntryRules<T> {
  idOf: (entry: T) => string;
  /** The entry as it says what it says, for telling whether two new ones are one. */
  withoutId: (entry: T) => unknown;
  /** What of the entry somebody sees: where that is as it was, nobody edited what another removed. Without it, all of it. */
  seen?: (entry: T) => unknown;
  /** Merges an entry that both sides changed; without it, the entry is contested whole. */
  merge?: (base: T, a: T, b: T) => Sides<T>;
}

/**
 * Merges lists entry by entry. Where both sides changed an entry, or one edited what the other removed, the two lists
 * differ: each then shows its side's entry, and they agree in everything that was not contested.
 */
export function mergeEntries<T>(
  base: readonly T[],
  a: readonly T[],
  b: readonly T[],
  { idOf, withoutId, seen = (entry) => entry, merge }: EntryRules<T>,
): Sides<T[]> {
  const isLeft = (was: T | undefined, is: T | undefined): boolean =>
    was !== undefined && is !== undefined && same(seen(was), seen(is));
  const slots = mergeOrder(base, a, b, idOf, (x, y) => same(withoutId(x), withoutId(y)));
  const forA: T[] = [];
  const forB: T[] = [];
  for (const slot of slots) {
    const choice = choose(slot.base, slot.a, slot.b);
    const [only, more] = [slot.a, slot.b].filter((side) => side !== undefined);
    let sides: Sides<T | undefined> = [slot.a, slot.b];
    if (choice.settled) sides = [choice.value, choice.value];
    else if (more === undefined && isLeft(slot.base, only)) sides = [undefined, undefined];
    else if (merge && slot.base !== undefined && slot.a !== undefined && slot.b !== undefined)
      sides = merge(slot.base, slot.a, slot.b);
    if (sides[0] !== undefined) forA.push(sides[0]);
    if (sides[1] !== undefined) forB.push(sides[1]);
  }
  return [forA, forB];
}
