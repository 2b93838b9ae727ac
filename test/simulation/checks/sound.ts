import {
  Block,
  canonicalJson,
  Fields,
  isEmptyField,
  type Content,
  type FieldName,
  type ListBlock,
  type PlainBlock,
  type TableBlock,
} from '#shared/article';
import { isTextBlock, passagesOf } from '../acts/text.ts';

/** What no merge may make of two texts that are sound, whatever was done in them. */

export interface Joining {
  base: Content;
  left: Content;
  right: Content;
  merged: Content;
}

const plainIn = ({ body }: Pick<Content, 'body'>): PlainBlock[] =>
  body.flatMap((block) =>
    block.type === 'conflict' ? block.versions.flatMap((version) => version ?? []) : [block],
  );

function isOfSchema({ fields, body }: Content): boolean {
  const isSame = (read: { success: boolean; data?: unknown }, value: unknown): boolean =>
    read.success && canonicalJson(read.data) === canonicalJson(value);
  return (
    isSame(Fields.safeParse(fields), fields) &&
    body.every((block) => isSame(Block.safeParse(block), block))
  );
}

/** How wide each row of a table is, where no cell reaches over several; null where one does. */
function widthsOf({ children }: TableBlock): Set<number> | null {
  const cells = children.flatMap((row) => row.children);
  if (cells.some(({ colSpan = 1, rowSpan = 1 }) => colSpan > 1 || rowSpan > 1)) return null;
  return new Set(children.map((row) => row.children.length));
}

const isRagged = (block: PlainBlock): boolean =>
  block.type === 'table' && (widthsOf(block)?.size ?? 0) > 1;

const isBlank = (block: PlainBlock): boolean =>
  isTextBlock(block) && passagesOf(block).every((text) => text.trim() === '');

/** A list with those below it, each by its name and without what stands in it. */
function framesIn(block: PlainBlock): [id: string, frame: string][] {
  if (block.type !== 'list') return [];
  const { $, children, ...frame } = block;
  const deeper = children.flatMap((item) =>
    item.children.flatMap((child) => (child.type === 'list' ? framesIn(child) : [])),
  );
  return [[$.id, canonicalJson(frame)], ...deeper];
}

/** What kind of list each is, is what one side made of it where the other left it so. */
function misframed({ base, left, right, merged }: Joining): string | null {
  // Of a text that stands in several versions, not each is made of what the other side has.
  const [was, is, other] = [base, left, right].map(
    ({ body }) =>
      new Map(body.flatMap((block) => (block.type === 'conflict' ? [] : framesIn(block)))),
  );
  const wrong = plainIn(merged)
    .flatMap(framesIn)
    .find(([id, now]) => {
      const [before, mine, theirs] = [was, is, other].map((frames) => frames!.get(id));
      if (before === undefined || mine === undefined || theirs === undefined) return false;
      const should = mine === before ? [theirs] : theirs === before ? [mine] : [mine, theirs];
      return !should.includes(now);
    });
  return wrong?.[0] ?? null;
}

/** Deeper lists that stand right behind one another in a list. */
function neighbours(list: ListBlock): [ListBlock, ListBlock][] {
  const levels = list.children.map(({ children: [only, more] }) =>
    only?.type === 'list' && !more ? only : null,
  );
  const own = levels.flatMap((level, at): [ListBlock, ListBlock][] => {
    const next = levels[at + 1];
    return level && next ? [[level, next]] : [];
  });
  return [...own, ...levels.flatMap((level) => (level ? neighbours(level) : []))];
}

/** Which lines stand in which list of a block, by the names of both. */
function homesIn(block: PlainBlock | ListBlock): [line: string, home: string][] {
  if (block.type !== 'list') return [];
  return block.children.flatMap((item) => {
    const [only, more] = item.children;
    return only?.type === 'list' && !more ? homesIn(only) : [[item.$.id, block.$.id] as const];
  });
}

/** In which list a line is to stand, by where it was and where each side has it; none where each took it to another. */
function givenTo(homes: readonly ReadonlyMap<string, string>[], line: string): string | undefined {
  const [before, mine, theirs] = homes.map((home) => home.get(line));
  if (mine === undefined || theirs === undefined)
    return before === undefined ? (mine ?? theirs) : undefined;
  if (mine === theirs || theirs === before) return mine;
  return mine === before ? theirs : undefined;
}

const isList = (block: Block): block is ListBlock => block.type === 'list';

/**
 * A line of a deeper list that was put to those of the one behind it, though a side has them apart, and the other did not
 * move them. What stands in several versions on a side tells of no line in which list it is, and each version of the merge
 * is a list by itself.
 */
function runTogether(joining: Joining): string | null {
  for (const list of plainIn(joining.merged).filter(isList)) {
    const line = runTogetherIn(list, joining);
    if (line !== null) return line;
  }
  return null;
}

function runTogetherIn(merged: ListBlock, { base, left, right }: Joining): string | null {
  const homes = [base, left, right].map(
    ({ body }) => new Map(body.filter(isList).flatMap(homesIn)),
  );
  const now = new Map(homesIn(merged));
  const order = [...now.keys()];
  const lists = [left, right].flatMap(({ body }) => body.filter(isList));
  for (const [first, second] of lists.flatMap(neighbours)) {
    const own = new Set([first, second].flatMap(homesIn).map(([line]) => line));
    for (const [one] of homesIn(first))
      for (const [other] of homesIn(second)) {
        const areApart =
          givenTo(homes, one) === first.$.id && givenTo(homes, other) === second.$.id;
        const home = now.get(one);
        const [start, end] = [order.indexOf(one), order.indexOf(other)];
        // Where somebody took the first behind the second, or put a line between, these are not those two lists any more.
        const areNext = start < end && order.slice(start, end).every((line) => own.has(line));
        if (areApart && areNext && home !== undefined && home === now.get(other)) return one;
      }
  }
  return null;
}

/** The lists in which the lines of a body stand, without those of contested blocks. */
const listsIn = ({ body }: Content): Map<string, string> =>
  new Map(
    body.flatMap((block) =>
      block.type === 'list' ? homesIn(block).map(([line]) => [line, block.$.id] as const) : [],
    ),
  );

/** The lines that stand in a list themselves, not in a deeper one. */
const outermostIn = ({ body }: Content): Set<string> =>
  new Set(
    body.flatMap((block) => (block.type === 'list' ? block.children.map(({ $ }) => $.id) : [])),
  );

/**
 * A line that one side took to another list, and the other left where it was, and that stands in neither. One that a side put
 * deeper, or out of a deeper list, stands with what holds it there.
 */
function strayed({ base, left, right, merged }: Joining): string | null {
  const [was, is, other, now] = [base, left, right, merged].map(listsIn);
  const lists = new Set(
    merged.body.flatMap((block) => (block.type === 'list' ? [block.$.id] : [])),
  );
  const outermost = [base, left, right].map(outermostIn);
  const isStray = ([line, home]: [string, string]): boolean => {
    const levels = outermost.map((lines) => lines.has(line));
    if (new Set(levels).size > 1) return false;
    const [before, mine, theirs] = [was, is, other].map((homes) => homes!.get(line));
    if (before === undefined || mine === undefined || theirs === undefined) return false;
    const should = mine === before ? theirs : theirs === before ? mine : null;
    return should !== null && lists.has(should) && home !== should;
  };
  return [...now!].find(isStray)?.[0] ?? null;
}

/**
 * The contested fields that do not show one of their values, or nothing where there are words. Somebody may have written
 * another value there without settling what is contested.
 */
function misshown({ fields, conflicts }: Content): FieldName[] {
  return conflicts.flatMap((card) => {
    if (card.kind !== 'field') return [];
    const value = fields[card.field];
    const isOne = card.versions.some((version) => canonicalJson(version) === canonicalJson(value));
    const isWorded = card.versions.some((version) => !isEmptyField(version as typeof value));
    return isOne && !(isEmptyField(value) && isWorded) ? [] : [card.field];
  });
}

/** What is unsound in a merge of what was sound, or null. */
export function unsound(joining: Joining): string | null {
  const { left, right, merged } = joining;
  const sides = [left, right];
  if (sides.every(isOfSchema) && !isOfSchema(merged)) return 'it is no content of an article';
  if (!sides.flatMap(plainIn).some(isRagged) && plainIn(merged).some(isRagged))
    return 'a table of it has rows of several widths';
  const blanksIn = (content: Content): Set<string> =>
    new Set(
      plainIn(content)
        .filter(isBlank)
        .map(({ $ }) => $.id),
    );
  const stood = new Set(sides.flatMap((side) => [...blanksIn(side)]));
  const blank = [...blanksIn(merged)].find((id) => !stood.has(id));
  // What one emptied may have another name by now, where the other cut and pasted it.
  const isRenamed = [...stood].some((id) => !merged.body.some(({ $ }) => $.id === id));
  if (blank !== undefined && !isRenamed) return `nothing is left in ${blank}, and it stands`;
  const framed = misframed(joining);
  if (framed !== null) return `the list ${framed} is of another kind`;
  const together = runTogether(joining);
  if (together !== null) return `the line ${together} stands in the list behind its own`;
  const stray = strayed(joining);
  if (stray !== null) return `the line ${stray} is not in the list to which one side took it`;
  const known = new Set(sides.flatMap(misshown));
  const shown = misshown(merged).find((field) => !known.has(field));
  return shown === undefined ? null : `the field ${shown} shows none of its versions, or nothing`;
}
