import type { ListBlock, ListItem } from '#shared/article';
import { choose, derivedId } from './choose.ts';
import { mergeEntries } from './entries.ts';
import { idOf, withoutId } from './ids.ts';
import { mergeParts, type Sides } from './parts.ts';

/**
 * Lexical keeps a deeper level in an item of its own, so that to indent an item is to take it out of one list and to put
 * it into another. Here a list is merged as what people see: lines one below the other, each so deep. Then who indents a
 * line has changed its depth and not its words, and it stands once, whatever another made of it.
 */

/** A line of a list, and the items that hold the levels above it, outermost first. */
interface Line {
  item: ListItem;
  path: readonly string[];
}

/** An item that holds a deeper list and nothing else, both without what is in them. */
interface Level {
  item: ListItem;
  list: ListBlock;
}

interface Outline {
  lines: Line[];
  levels: Map<string, Level>;
  /** Levels of one depth that stand side by side as two. */
  apart: Set<string>;
}

const pair = (x: string, y: string): string => `${x} ${y}`;
const bare = (list: ListBlock): ListBlock => ({ ...list, children: [] });

/** The list that an item holds and nothing else. One without items is no level: no line would stand in it. */
function deeperList({ children: [only, more] }: ListItem): ListBlock | null {
  return only?.type === 'list' && !more && only.children.length > 0 ? only : null;
}

function outlineOf(list: ListBlock): Outline {
  const outline: Outline = { lines: [], levels: new Map(), apart: new Set() };
  const add = (items: readonly ListItem[], path: readonly string[]): void => {
    let before: string | null = null;
    for (const item of items) {
      const deeper = deeperList(item);
      if (deeper) {
        outline.levels.set(idOf(item), { item: { ...item, children: [] }, list: bare(deeper) });
        if (before !== null) outline.apart.add(pair(before, idOf(item)));
        add(deeper.children, [...path, idOf(item)]);
      } else outline.lines.push({ item, path });
      before = deeper ? idOf(item) : null;
    }
  };
  add(list.children, []);
  return outline;
}

function bothParts<T extends { $: object }>(base: T, a: T, b: T): Sides<T> {
  const choice = choose(base, a, b);
  return choice.settled ? [choice.value, choice.value] : mergeParts(base, a, b);
}

/** Who made a level anew has moved no line of it that stands as deep as before. */
function mergePaths(base: Line['path'], a: Line['path'], b: Line['path']): Line['path'] {
  const choice = choose(base, a, b);
  if (choice.settled) return choice.value;
  const depth = choose(base.length, a.length, b.length);
  // Two depths are no matter of words: it stands in one of them, the less deep.
  const [less] = [a, b]
    .filter((path) => !depth.settled || path.length === depth.value)
    .sort((x, y) => x.length - y.length || (x.join() < y.join() ? -1 : 1));
  return less ?? a;
}

function mergeLines(base: Line, a: Line, b: Line): Sides<Line> {
  const items = bothParts(base.item, a.item, b.item);
  const path = mergePaths(base.path, a.path, b.path);
  return [
    { item: items[0], path },
    { item: items[1], path },
  ];
}

function mergeLevels(base: Outline, a: Outline, b: Outline): Sides<Map<string, Level>> {
  const forA = new Map<string, Level>();
  const forB = new Map<string, Level>();
  for (const id of new Set([...a.levels.keys(), ...b.levels.keys()])) {
    const [was, ofA, ofB] = [base, a, b].map(({ levels }) => levels.get(id));
    if (was && ofA && ofB) {
      const items = bothParts(was.item, ofA.item, ofB.item);
      const lists = bothParts(was.list, ofA.list, ofB.list);
      forA.set(id, { item: items[0], list: lists[0] });
      forB.set(id, { item: items[1], list: lists[1] });
    } else {
      const [one, other] = [ofA ?? ofB, ofB ?? ofA];
      if (one) forA.set(id, one);
      if (other) forB.set(id, other);
    }
  }
  return [forA, forB];
}

/** The list of these lines. A level that is needed in a second place, or whose id is a line's, gets one of its own there. */
function assemble(
  frame: ListBlock,
  lines: readonly Line[],
  levels: ReadonlyMap<string, Level>,
  apart: ReadonlySet<string>,
): ListBlock {
  const used = new Set(lines.map(({ item }) => idOf(item)));
  const isOne = (x = '', y = ''): boolean =>
    x === y ||
    (!apart.has(pair(x, y)) && levels.get(x)?.list.listType === levels.get(y)?.list.listType);
  // Lines of a third level between two that somebody has apart do not make one of them.
  const isOfRun = (run: readonly Line[], depth: number, next: string | undefined): boolean =>
    next !== undefined && run.every(({ path }) => isOne(path[depth], next));
  const levelFor = (run: readonly Line[], depth: number): Level | null => {
    const ids = run.flatMap(({ path }) => path[depth] ?? []);
    const free = ids.find((id) => !used.has(id));
    const [first = ''] = ids;
    const level = levels.get(free ?? first);
    if (!level) return null;
    if (free !== undefined) {
      used.add(free);
      return level;
    }
    const rename = <T extends { $: { id: string } }>(node: T): T => ({
      ...node,
      $: { ...node.$, id: derivedId([idOf(node), run.map(({ item }) => idOf(item))]) },
    });
    return { item: rename(level.item), list: rename(level.list) };
  };
  const itemsOf = (within: readonly Line[], depth: number): ListItem[] => {
    const items: ListItem[] = [];
    for (let at = 0; at < within.length;) {
      const start = at;
      at += 1;
      const [line] = within.slice(start, at);
      if (!line) break;
      if (line.path.length <= depth) {
        items.push(line.item);
        continue;
      }
      while (isOfRun(within.slice(start, at), depth, within[at]?.path[depth])) at += 1;
      const run = within.slice(start, at);
      const level = levelFor(run, depth);
      const children = itemsOf(run, depth + 1);
      if (level) items.push({ ...level.item, children: [{ ...level.list, children }] });
      else items.push(...children);
    }
    return items;
  };
  return { ...frame, children: itemsOf(lines, 0) };
}

/** Merges two versions of a list line by line, whatever levels they stand in. */
export function mergeLists(base: ListBlock, a: ListBlock, b: ListBlock): Sides<ListBlock> {
  const outlines = [base, a, b].map(outlineOf) as [Outline, Outline, Outline];
  const [ofBase, ofA, ofB] = outlines;
  const frames = mergeParts(bare(base), bare(a), bare(b));
  const lines = mergeEntries(ofBase.lines, ofA.lines, ofB.lines, {
    idOf: ({ item }) => idOf(item),
    withoutId: ({ item, path }) => [withoutId(item), path],
    seen: ({ item }) => item,
    merge: mergeLines,
  });
  const levels = mergeLevels(...outlines);
  const apart = new Set(outlines.flatMap((outline) => [...outline.apart]));
  return [
    assemble(frames[0], lines[0], levels[0], apart),
    assemble(frames[1], lines[1], levels[1], apart),
  ];
}
