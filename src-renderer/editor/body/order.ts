import type { LocalId } from '#shared/article';

export interface Placement {
  id: LocalId;
  after: LocalId | null;
}

/** The smallest set of placements and removals that turns one order of blocks into another. */
export function diffOrder(
  from: readonly LocalId[],
  to: readonly LocalId[],
): { placed: Placement[]; removed: LocalId[] } {
  const places = new Map(from.map((id, index) => [id, index]));
  const wanted = new Set(to);
  const kept = new Set(
    longestRising(
      to.filter((id) => places.has(id)),
      (id) => places.get(id) ?? 0,
    ),
  );
  return {
    placed: to.flatMap((id, index) => (kept.has(id) ? [] : [{ id, after: to[index - 1] ?? null }])),
    removed: from.filter((id) => !wanted.has(id)),
  };
}

/** Puts placements and removals into effect; a block placed after one that is gone goes to the end. */
export function applyOrder(
  order: readonly LocalId[],
  placed: readonly Placement[],
  removed: readonly LocalId[],
): LocalId[] {
  const leaving = new Set([...removed, ...placed.map(({ id }) => id)]);
  const result = order.filter((id) => !leaving.has(id));
  for (const { id, after } of placed) {
    const index = after === null ? 0 : result.indexOf(after) + 1;
    result.splice(after !== null && index === 0 ? result.length : index, 0, id);
  }
  return result;
}

/** A longest subsequence whose ranks rise: what need not move. */
function longestRising<T>(items: readonly T[], rank: (item: T) => number): T[] {
  const tails: number[] = [];
  const before: number[] = [];
  items.forEach((item, index) => {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const tail = items[tails[middle] ?? 0];
      if (tail !== undefined && rank(tail) < rank(item)) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  });
  const found: T[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const item = items[at];
    if (item !== undefined) found.push(item);
  }
  return found.reverse();
}
