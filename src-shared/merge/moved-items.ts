import { canonicalJson, type Block, type ListBlock, type ListItem } from '#shared/article';
import { byId, find, put, putAs, type Body } from './bodies.ts';
import { same } from './choose.ts';
import { idOf } from './ids.ts';

/**
 * A list that is cut in two, or joined to another, keeps its items, but they are in another list by then; to a merge by block
 * they were taken out here and written there. Where the other side changed one of the two lists, the items go along first:
 * in the base, and with what the other made of them in that. So each is compared with what it was.
 */

type Bodies = [base: Body, side: Body, other: Body];

const listsIn = (body: Body): ListBlock[] =>
  body.flatMap((block) => (block.type === 'list' ? [block] : []));

/** The list in which each item stands. */
function homesIn(body: Body): Map<string, string> {
  return new Map(
    listsIn(body).flatMap((list) => list.children.map((item) => [idOf(item), idOf(list)])),
  );
}

const listIn = (body: Body, id: string): ListBlock | null => {
  const block = find(body, id);
  return block?.type === 'list' ? block : null;
};

/** The items with some put in: behind what the first stands behind in `model`, or the next before that is there. */
function putIn(
  items: readonly ListItem[],
  moved: readonly ListItem[],
  model: ListBlock,
): ListItem[] {
  const [first] = moved;
  const place = model.children.findIndex((item) => first && idOf(item) === idOf(first));
  const ahead = new Set(model.children.slice(0, place).map(idOf));
  const at = items.findLastIndex((item) => ahead.has(idOf(item))) + 1;
  return [...items.slice(0, at), ...moved, ...items.slice(at)];
}

/** An item, and what is new behind it, which goes where that goes. */
function takenFrom(list: ListBlock, id: string, known: ReadonlySet<string>): ListItem[] {
  const start = list.children.findIndex((item) => idOf(item) === id);
  const rest = list.children.slice(start + 1);
  const end = rest.findIndex((item) => known.has(idOf(item)));
  return [...list.children.slice(start, start + 1), ...rest.slice(0, end < 0 ? rest.length : end)];
}

/** A body with an item of one list in another, as this stands in `like`; null where that was taken out here. */
function moveIn(
  body: Body,
  id: string,
  goal: ListBlock,
  like: Body,
  isNew: boolean,
  known: ReadonlySet<string>,
): Body | null {
  const from = listsIn(body).find((list) => list.children.some((item) => idOf(item) === id));
  const into = listIn(body, idOf(goal));
  if (!from || (!into && !isNew)) return null;
  const moved = takenFrom(from, id, known);
  const left = from.children.filter((item) => !moved.includes(item));
  const cleared = put(body, { ...from, children: left });
  const frame: Block = { ...(into ?? goal), children: putIn(into?.children ?? [], moved, goal) };
  return into ? put(cleared, frame) : putAs(cleared, frame, like);
}

function carry([base, side, other]: Bodies, id: string, before: ReadonlySet<string>): Bodies {
  const [was, now, theirs] = [base, side, other].map((body) => homesIn(body).get(id));
  const goal = now === undefined ? null : listIn(side, now);
  if (was === undefined || !goal || now === was) return [base, side, other];
  const known = new Set([...homesIn(base).keys(), ...homesIn(side).keys()]);
  const isNew =
    !before.has(idOf(goal)) && (!find(other, idOf(goal)) || listIn(other, idOf(goal)) !== null);
  if (!isNew && theirs === was && !listIn(other, idOf(goal)))
    return takeBack([base, side, other], id);
  const inBase = moveIn(base, id, goal, side, isNew, known);
  if (!inBase) return [base, side, other];
  // Who took it out decided over it wherever it stands, and who took it to the same list has it there.
  if (theirs === undefined || theirs === now) return [inBase, side, other];
  // As in the base, so that the other has not moved a new list from there.
  const inOther = moveIn(other, id, goal, inBase, isNew, known);
  return inOther ? [inBase, side, inOther] : [base, side, other];
}

/** The side with an item where it was, for the other took out what it went to. */
function takeBack([base, side, other]: Bodies, id: string): Bodies {
  const was = listsIn(base).find((list) => list.children.some((item) => idOf(item) === id));
  const known = new Set(homesIn(side).keys());
  const back = was && moveIn(side, id, was, base, false, known);
  return [base, back ?? side, other];
}

/** The items that a side took from one list to another, where the other changed one of them; of two goals the smaller. */
function movesOf([base, side, other]: Bodies): string[] {
  const [inBase, inSide, inOther] = [base, side, other].map(homesIn) as [Homes, Homes, Homes];
  const [before, there] = [byId(base), byId(other)];
  const isTouched = (id: string): boolean => !same(before.get(id), there.get(id));
  return [...inBase].flatMap(([id, was]) => {
    const [now, theirs] = [inSide.get(id), inOther.get(id)];
    if (now === undefined || now === was || ![was, now].some(isTouched)) return [];
    const isBoth = theirs !== undefined && theirs !== was;
    // A list that one of the two took out is no place for it.
    const rank = (goal: string, there: Body): string =>
      `${before.has(goal) && !listIn(there, goal) ? 'gone' : ''} ${goal}`;
    const isOverruled = isBoth && rank(theirs, side) < rank(now, other);
    return isOverruled ? [] : [id];
  });
}

type Homes = Map<string, string>;

/** A body without the lists of which all items are in another by now. */
function withoutEmptied(body: Body, was: Body): Body {
  const isEmptied = (block: Block): boolean =>
    block.type === 'list' &&
    block.children.length === 0 &&
    listIn(was, idOf(block))?.children.length !== 0;
  return body.some(isEmptied) ? body.filter((block) => !isEmptied(block)) : body;
}

/** The three bodies with each item that one side took to another list there. */
export function carryItems(base: Body, a: Body, b: Body): Bodies {
  const [ofA, ofB] = [new Set(movesOf([base, a, b])), new Set(movesOf([base, b, a]))];
  const before = new Set(base.map(idOf));
  let now: Bodies = [base, a, b];
  for (const id of homesIn(base).keys()) {
    if (!ofA.has(id) && !ofB.has(id)) continue;
    const goals = [a, b].map((body) => canonicalJson(listIn(body, homesIn(body).get(id) ?? '')));
    // What both took to one list goes to the one of its two places there, whichever side is named first.
    const isFirst = !ofB.has(id) || (goals[0] ?? '') <= (goals[1] ?? '');
    if (ofA.has(id) && isFirst) now = carry(now, id, before);
    else if (ofB.has(id)) {
      const [newBase, newB, newA] = carry([now[0], now[2], now[1]], id, before);
      now = [newBase, newA, newB];
    }
  }
  return [withoutEmptied(now[0], base), withoutEmptied(now[1], a), withoutEmptied(now[2], b)];
}
