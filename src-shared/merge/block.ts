import { isTextBlock, type PlainBlock, type TableBlock, type TextBlock } from '#shared/article';
import { choose, distinct, same } from './choose.ts';
import { mergeEntries } from './entries.ts';
import { idOf, withoutId } from './ids.ts';
import { mergeLists } from './list.ts';
import { mergeParts, type Sides } from './parts.ts';
import { trimmed, wordsOf } from './stretches.ts';

type Row = TableBlock['children'][number];
type Words = Omit<Row['children'][number], 'headerState'>;

const withoutCells = (row: Row): Row => ({ ...row, children: [] });
const wordsIn = ({ headerState: _, ...words }: Row['children'][number]): Words => words;
const shapeOf = ({ colSpan = 1, rowSpan = 1 }: Words): number[] => [colSpan, rowSpan];

/** Whether every row fills the same columns, cells that reach down from rows above counted in. */
function isRegular({ children }: TableBlock): boolean {
  const widths = new Set<number>();
  let reaching: number[] = [];
  for (const row of children) {
    const below = reaching.map((rows) => Math.max(0, rows - 1));
    let column = 0;
    const skipReached = (): void => {
      while ((reaching[column] ?? 0) > 0) column += 1;
    };
    for (const { colSpan = 1, rowSpan = 1 } of row.children) {
      skipReached();
      for (let end = column + colSpan; column < end; column += 1) below[column] = rowSpan - 1;
    }
    skipReached();
    widths.add(column);
    reaching = below;
  }
  return widths.size <= 1 && reaching.every((rows) => rows === 0);
}

/** Of one row, what is a heading merges cell by cell beside the words; these are those of one side, whole. */
function mergeRows(base: Row, a: Row, b: Row): Sides<Row> {
  const rows = [base, a, b] as const;
  const [was, ofA, ofB] = rows.map(({ children }) => children.map(wordsIn)) as [
    Words[],
    Words[],
    Words[],
  ];
  const isOneShape = [ofA, ofB].every((side) => same(side.map(shapeOf), was.map(shapeOf)));
  const words = choose(was, ofA, ofB);
  const frames = choose(...(rows.map(withoutCells) as [Row, Row, Row]));
  if (!isOneShape || !frames.settled) return [a, b];
  const rowOf = (side: Row, own: Words[]): Row => {
    const cells = (words.settled ? words.value : own).map((cell, at) => {
      const [before, x, y] = rows.map(({ children }) => children[at]?.headerState);
      const heading = choose(before, x, y);
      const headerState = heading.settled ? heading.value : side.children[at]?.headerState;
      return { ...cell, ...(headerState !== undefined && { headerState }) };
    });
    return { ...frames.value, children: cells };
  };
  return [rowOf(a, ofA), rowOf(b, ofB)];
}

function mergeTables(base: TableBlock, a: TableBlock, b: TableBlock): Sides<TableBlock> {
  const rows = mergeEntries(base.children, a.children, b.children, {
    idOf,
    withoutId,
    merge: mergeRows,
  });
  const frame = choose(base.$, a.$, b.$);
  if (!frame.settled) return [a, b];
  const forA = { ...a, $: frame.value, children: rows[0] };
  const forB = { ...b, $: frame.value, children: rows[1] };
  // A column added on one side and a row on the other would leave a ragged table that nobody made.
  return isRegular(forA) && isRegular(forB) ? [forA, forB] : [a, b];
}

/** Space at the ends of a text is nobody’s words: who changed that alone has changed nothing that a colleague would have to agree to. */
function mergeTexts(base: TextBlock, a: TextBlock, b: TextBlock): Sides<PlainBlock> {
  const said = (block: TextBlock): string[] => trimmed(wordsOf(block)).words.map(({ key }) => key);
  const [ofBase, ofA, ofB] = [said(base), said(a), said(b)];
  const alike = same(ofA, ofB) ? distinct([a.children, b.children])[0] : undefined;
  const textOf = (side: TextBlock, of: string[]): TextBlock['children'] =>
    alike ?? (same(of, ofBase) ? base.children : side.children);
  return mergeParts<PlainBlock>(
    base,
    { ...a, children: textOf(a, ofA) },
    { ...b, children: textOf(b, ofB) },
  );
}

/** Merges a block that both sides changed: what each side would show. Words are never mixed within a text. */
export function mergePlain(base: PlainBlock, a: PlainBlock, b: PlainBlock): Sides<PlainBlock> {
  if (base.type === 'list' && a.type === 'list' && b.type === 'list') return mergeLists(base, a, b);
  if (base.type === 'table' && a.type === 'table' && b.type === 'table')
    return mergeTables(base, a, b);
  if (isTextBlock(base) && isTextBlock(a) && isTextBlock(b)) return mergeTexts(base, a, b);
  // A caption speaks of one picture, a title of one address: neither goes under another.
  if (base.type === 'image' && a.type === 'image' && b.type === 'image')
    return a.asset === b.asset ? mergeParts(base, a, b) : [a, b];
  if (base.type === 'embed' && a.type === 'embed' && b.type === 'embed')
    return same(a.url, b.url) ? mergeParts(base, a, b) : [a, b];
  return [a, b];
}
