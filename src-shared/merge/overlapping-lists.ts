import {
  canonicalJson,
  isTextBlock,
  type Block,
  type ListBlock,
  type ListItem,
} from '#shared/article';
import type { Body } from './bodies.ts';
import { idOf } from './ids.ts';
import { isPlain, turned, type Turned } from './relisted.ts';

/**
 * Two editors who each make a list of some of the same paragraphs, though not of just the same ones, have changed no word and
 * taken nothing back of what the other did. What either of them listed is one list on every side first.
 */

/** The paragraphs of the base that became lists which overlap, and those lists. */
interface Overlap {
  texts: readonly Block[];
  lists: readonly Turned[];
}

const idsOf = ({ texts }: Turned): string[] => texts.map(idOf);

/** Lists that share paragraphs with each other, though not all of them: each of the base once. */
function overlapsIn(base: Body, lists: readonly Turned[]): Overlap[] {
  const overlaps: Overlap[] = [];
  const left = new Set(lists);
  for (const first of lists) {
    if (!left.has(first)) continue;
    const ids = new Set<string>();
    const own: Turned[] = [];
    for (let found: Turned | undefined = first; found;) {
      left.delete(found);
      own.push(found);
      for (const id of idsOf(found)) ids.add(id);
      found = [...left].find((each) => idsOf(each).some((id) => ids.has(id)));
    }
    const isMixed = own.some((each) => idsOf(each).length < ids.size);
    if (isMixed) overlaps.push({ texts: base.filter((block) => ids.has(idOf(block))), lists: own });
  }
  return overlaps;
}

/** Whether there are no deeper levels in it. */
const isFlat = ({ list, lines }: Turned): boolean => list.children.length === lines.length;

/** What each text is called as an item: the smallest of the names that it was given. */
function namesIn({ texts, lists }: Overlap): Map<string, string> {
  return new Map(
    texts.map((text) => {
      const given = lists.flatMap(({ texts: own, lines }) => {
        const line = lines[own.findIndex((each) => idOf(each) === idOf(text))];
        return line ? [idOf(line)] : [];
      });
      return [idOf(text), given.sort()[0] ?? idOf(text)];
    }),
  );
}

interface Made {
  item: ListItem;
  /** Which of the texts it was; none for what is new. */
  text: string | null;
}

/** The items that a block of a side is or becomes; null where it cannot be one. */
function itemsOf(block: Block, own: Turned | undefined, known: ReadonlySet<string>): Made[] | null {
  if (own)
    return own.lines.map((item, index): Made => {
      const text = own.texts[index];
      return { item, text: text ? idOf(text) : null };
    });
  const isNew = !known.has(idOf(block));
  if (!isTextBlock(block) || !isPlain(block) || (isNew && block.type !== 'paragraph')) return null;
  const { $, direction, children } = block;
  const item: ListItem = { type: 'listitem', $, ...(direction && { direction }), children };
  return [{ item, text: isNew ? null : idOf(block) }];
}

/** A body with all that was listed in one list; null where something else stands in the midst of it, or in another order. */
function asOne(
  body: Body,
  { texts, lists }: Overlap,
  frame: ListBlock,
  names: ReadonlyMap<string, string>,
  known: ReadonlySet<string>,
): Body | null {
  const order = texts.map(idOf);
  const turnedHere = (block: Block): Turned | undefined => lists.find(({ list }) => list === block);
  const isOfIt = (block: Block): boolean =>
    turnedHere(block) !== undefined || order.includes(idOf(block));
  const [start, end] = [body.findIndex(isOfIt), body.findLastIndex(isOfIt) + 1];
  const made: Made[] = [];
  for (const block of body.slice(Math.max(0, start), end)) {
    const items =
      isOfIt(block) || !known.has(idOf(block)) ? itemsOf(block, turnedHere(block), known) : null;
    if (!items) return null;
    made.push(...items);
  }
  const places = made.flatMap(({ text }) => (text === null ? [] : [order.indexOf(text)]));
  if (start < 0 || places.some((place, index) => place <= (places[index - 1] ?? -1))) return null;
  const children = made.map(({ item, text }): ListItem => {
    const id = text === null ? undefined : names.get(text);
    return id === undefined ? item : { ...item, $: { ...item.$, id } };
  });
  return [...body.slice(0, start), { ...frame, children }, ...body.slice(end)];
}

/** The three bodies with paragraphs that both sides made lists of, each of other ones beside them, as one list. */
export function carryOverlaps(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  const lists = [a, b].flatMap((side) => turned(side, base, 'texts'));
  const known = new Set(base.map(idOf));
  let now: [Body, Body, Body] = [base, a, b];
  for (const overlap of overlapsIn(base, lists)) {
    const frames = overlap.lists
      .map(({ list }): ListBlock => ({ ...list, children: [] }))
      .sort((x, y) => (canonicalJson(x) < canonicalJson(y) ? -1 : 1));
    const first = overlap.texts[0];
    const [frame] = frames;
    if (!first || !frame || !overlap.lists.every(isFlat)) continue;
    const named = { ...frame, $: { ...frame.$, id: idOf(first) } };
    const names = namesIn(overlap);
    const [newBase, newA, newB] = now.map((body): Body | null =>
      asOne(body, overlap, named, names, known),
    );
    if (newBase && newA && newB) now = [newBase, newA, newB];
  }
  return now;
}
