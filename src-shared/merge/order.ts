/** One thing of a merged sequence, as each side has it; undefined where that side does not. */
export interface Slot<T> {
  id: string;
  base: T | undefined;
  a: T | undefined;
  b: T | undefined;
}

interface Side<T> {
  items: Map<string, T>;
  /** Id of the item before each one; ROOT before the first. */
  before: Map<string, string>;
}

const ROOT = '';

function indexSide<T>(sequence: readonly T[], idOf: (item: T) => string): Side<T> {
  const items = new Map<string, T>();
  const before = new Map<string, string>();
  let previous = ROOT;
  for (const item of sequence) {
    // A second item of one id cannot come from Stet; it is kept, under an id that no other side can have.
    let id = idOf(item);
    while (items.has(id)) id += '\u0000';
    items.set(id, item);
    before.set(id, previous);
    previous = id;
  }
  return { items, before };
}

/** The best of what was put at places below another, in as many steps as the number of places has digits. */
function bestBelow(
  size: number,
  isBetter: (index: number, than: number) => boolean,
): { put: (place: number, index: number) => void; below: (place: number) => number } {
  const NONE = -1;
  /** Each holds the best of as many places up to it as its lowest bit says. */
  const bests = Array.from({ length: size + 1 }, () => NONE);
  return {
    put: (place, index) => {
      for (let at = place + 1; at <= size; at += at & -at)
        if (isBetter(index, bests[at] ?? NONE)) bests[at] = index;
    },
    below: (place) => {
      let found = NONE;
      for (let at = place; at > 0; at -= at & -at)
        if (isBetter(bests[at] ?? NONE, found)) found = bests[at] ?? NONE;
      return found;
    },
  };
}

/**
 * Ids that a side moved: those outside the longest run that kept its order relative to the base. Of two such runs, the one
 * counts that holds more of what the other side still has: where that stands, its order tells, too.
 */
function movedIds<T>(base: Side<T>, side: Side<T>, other: Side<T>): Set<string> {
  const position = new Map([...base.items.keys()].map((id, index) => [id, index]));
  const kept = [...side.items.keys()].filter((id) => position.has(id));
  const ranks = kept.map((id) => position.get(id) ?? 0);
  if (ranks.every((rank, index) => index === 0 || rank > (ranks[index - 1] ?? 0))) return new Set();
  /** How much the best run weighs that ends with each item, and what stands before it there. */
  const best: { weight: number; before: number }[] = [];
  const isBetter = (index: number, than: number): boolean => {
    const [one, two] = [best[index]?.weight ?? 0, best[than]?.weight ?? 0];
    return one > two || (one === two && (ranks[index] ?? 0) < (ranks[than] ?? Infinity));
  };
  const ends = bestBelow(base.items.size, isBetter);
  kept.forEach((id, index) => {
    const rank = ranks[index] ?? 0;
    const before = ends.below(rank);
    const own = kept.length + 1 + Number(other.items.has(id));
    best.push({ weight: (best[before]?.weight ?? 0) + own, before });
    ends.put(rank, index);
  });
  const last = ends.below(base.items.size);
  const moved = new Set(kept);
  for (let index = last; index >= 0; index = best[index]?.before ?? -1)
    moved.delete(kept[index] ?? '');
  return moved;
}

function smaller(x: string, y: string): string {
  return x < y ? x : y;
}

/**
 * What each item of a side stands behind there, without those that the other side put elsewhere: one that was moved goes along
 * with none of them. What was inserted behind one does go along: it may be the second half of it.
 */
function anchorsIn<T>(
  base: Side<T>,
  side: Side<T>,
  other: Side<T>,
  movedByOther: ReadonlySet<string>,
): Map<string, string> {
  const anchors = new Map<string, string>();
  /** What those that go elsewhere stood behind. */
  const gone = new Map<string, string>();
  for (const [id, before] of side.before) {
    const known = base.items.has(id);
    const behind = gone.get(before) ?? before;
    anchors.set(id, known ? behind : before);
    const isElsewhere = known
      ? movedByOther.has(id) && other.before.get(id) !== before
      : gone.has(before);
    if (isElsewhere) gone.set(id, behind);
  }
  return anchors;
}

/** Follows an item that was moved or inserted to the item it now stands behind. */
function chooseParents<T>(base: Side<T>, a: Side<T>, b: Side<T>): Map<string, string> {
  const movedByA = movedIds(base, a, b);
  const movedByB = movedIds(base, b, a);
  const [inA, inB] = [anchorsIn(base, a, b, movedByB), anchorsIn(base, b, a, movedByA)];
  const parents = new Map<string, string>();
  for (const id of new Set([...a.items.keys(), ...b.items.keys()])) {
    const known = base.items.has(id);
    const byA = known ? movedByA.has(id) : a.items.has(id);
    const byB = known ? movedByB.has(id) : b.items.has(id);
    const afterA = a.before.get(id) ?? ROOT;
    const isAgreed = byA && byB && afterA === b.before.get(id);
    const anchorA = inA.get(id) ?? ROOT;
    const anchorB = inB.get(id) ?? ROOT;
    if (isAgreed) parents.set(id, afterA);
    else if (byA && byB) parents.set(id, smaller(anchorA, anchorB));
    else if (byA) parents.set(id, anchorA);
    else if (byB) parents.set(id, anchorB);
  }
  return parents;
}

/** What became of moves that do not stand as they were made. */
export interface Moves {
  /** Items that each side moved, and not to the same place. */
  apart: string[];
  /** Items that one side moved and the other removed. */
  removed: string[];
}

export function contestedMoves<T>(
  baseSequence: readonly T[],
  aSequence: readonly T[],
  bSequence: readonly T[],
  idOf: (item: T) => string,
): Moves {
  const base = indexSide(baseSequence, idOf);
  const a = indexSide(aSequence, idOf);
  const b = indexSide(bSequence, idOf);
  const [movedByA, movedByB] = [movedIds(base, a, b), movedIds(base, b, a)];
  return {
    apart: [...movedByA].filter((id) => movedByB.has(id) && a.before.get(id) !== b.before.get(id)),
    removed: [...base.items.keys()].filter(
      (id) => (movedByA.has(id) && !b.items.has(id)) || (movedByB.has(id) && !a.items.has(id)),
    ),
  };
}

/** Whether following `id` to what it stands behind, and so on, comes to one of `ring`. */
function leadsTo(ring: ReadonlySet<string>, id: string, parents: Map<string, string>): boolean {
  const seen = new Set<string>();
  for (let at: string | undefined = id; at !== undefined; at = parents.get(at)) {
    if (ring.has(at)) return true;
    if (seen.has(at)) return false;
    seen.add(at);
  }
  return false;
}

/**
 * Where a ring of items is opened that neither side has from the base, as when two merges of the same work meet: at the
 * smallest that one side put behind something outside the ring.
 */
function openingOf<T>(
  members: readonly string[],
  parents: Map<string, string>,
  sides: readonly Side<T>[],
): [opened: string, anchor: string] {
  const ring = new Set(members);
  const sorted = [...members].sort();
  for (const id of sorted)
    for (const anchor of sides.map(({ before }) => before.get(id) ?? ROOT).sort())
      if (!leadsTo(ring, anchor, parents)) return [id, anchor];
  return [sorted[0] ?? ROOT, ROOT];
}

/** Two sides can each move one item behind the other; such a ring is opened where its smallest moved id stood. */
function openRings<T>(
  parents: Map<string, string>,
  base: Side<T>,
  sides: readonly Side<T>[],
): void {
  const settled = new Set<string>();
  for (const start of parents.keys()) {
    const path: string[] = [];
    const onPath = new Set<string>();
    let id: string | undefined = start;
    while (id !== undefined && parents.has(id) && !settled.has(id)) {
      if (onPath.has(id)) {
        const ring = path.slice(path.indexOf(id));
        const [first, ...others] = ring.filter((member) => base.items.has(member));
        if (first === undefined) {
          parents.set(...openingOf(ring, parents, sides));
          break;
        }
        const opened = others.reduce(smaller, first);
        let anchor = base.before.get(opened) ?? ROOT;
        while (parents.has(anchor)) anchor = base.before.get(anchor) ?? ROOT;
        parents.set(opened, anchor);
        break;
      }
      path.push(id);
      onPath.add(id);
      id = parents.get(id);
    }
    for (const member of path) settled.add(member);
  }
}

/**
 * Merges the order of two sequences that came from one. Every id of either side or the base has exactly one slot,
 * removed ones included. What a side inserted stands behind what it stood behind there, and so does what it moved, unless
 * the other moved just that; where both put something in one place, the smaller id comes first, so that the result does
 * not depend on which side is named first. `sameNew` tells when two new items say the same thing: two people who split a
 * paragraph in one place made one block.
 */
export function mergeOrder<T>(
  baseSequence: readonly T[],
  aSequence: readonly T[],
  bSequence: readonly T[],
  idOf: (item: T) => string,
  sameNew: (x: T, y: T) => boolean,
): Slot<T>[] {
  const base = indexSide(baseSequence, idOf);
  const a = indexSide(aSequence, idOf);
  const b = indexSide(bSequence, idOf);
  const parents = chooseParents(base, a, b);
  openRings(parents, base, [a, b]);

  const children = new Map<string, string[]>();
  for (const [id, parent] of parents) children.set(parent, [...(children.get(parent) ?? []), id]);

  const foldTwins = (siblings: string[]): string[] => {
    const folded = new Set<string>();
    const onlyA = siblings.filter((id) => !base.items.has(id) && !b.items.has(id));
    const onlyB = siblings.filter((id) => !base.items.has(id) && !a.items.has(id));
    for (const fromA of onlyA) {
      const twin = onlyB.find((fromB) => {
        const [x, y] = [a.items.get(fromA), b.items.get(fromB)];
        return !folded.has(fromB) && x !== undefined && y !== undefined && sameNew(x, y);
      });
      if (twin === undefined) continue;
      const [kept, dropped] = fromA < twin ? [fromA, twin] : [twin, fromA];
      folded.add(dropped);
      children.set(kept, [...(children.get(kept) ?? []), ...(children.get(dropped) ?? [])]);
    }
    return siblings.filter((id) => !folded.has(id));
  };

  const slots: Slot<T>[] = [];
  const emitBehind = (anchor: string): void => {
    const stack = [...foldTwins((children.get(anchor) ?? []).sort())].reverse();
    for (let id = stack.pop(); id !== undefined; id = stack.pop()) {
      slots.push({ id, base: base.items.get(id), a: a.items.get(id), b: b.items.get(id) });
      stack.push(...foldTwins((children.get(id) ?? []).sort()).reverse());
    }
  };
  emitBehind(ROOT);
  for (const id of base.items.keys()) {
    if (parents.has(id)) continue;
    slots.push({ id, base: base.items.get(id), a: a.items.get(id), b: b.items.get(id) });
    emitBehind(id);
  }
  return slots;
}
