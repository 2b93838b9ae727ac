import { canonicalJson, type TableBlock } from '#shared/article';

/** Rows of tables into which one side put a column while the other changed rows, or took columns out. */

type Row = TableBlock['children'][number];
type Cell = Row['children'][number];

export const isRow = (entry: unknown): entry is Row =>
  (entry as Partial<Row> | undefined)?.type === 'tablerow';

const sayingOf = ({ children }: Cell): string => canonicalJson(children);
const isBlank = ({ children }: Cell): boolean =>
  children.every((each) => each.children.length === 0);

/** What stands in the cells of a row; nothing where there is none. */
const cellsOf = (row: unknown): string[] =>
  isRow(row) ? row.children.filter((cell) => !isBlank(cell)).map(sayingOf) : [];

const widthOf = (row: unknown): number => (isRow(row) ? row.children.length : 0);

/**
 * Whether a row says what one side made of it, but for what stands in columns that the other put in, or took out, and what
 * the other made of a row of which this side only put in columns, or took some out: a row of as many columns as before is of
 * one side, whole.
 */
export function isRowOf(shown: unknown, was: unknown, side: unknown, other: unknown): boolean {
  if (![shown, side].every(isRow)) return false;
  const [now, before, own, theirs] = [shown, was, side, other].map(cellsOf);
  const wider = isRow(other) ? widthOf(other) - widthOf(was) : 0;
  const isColumns = isOnlyColumns(side, was);
  const isGiven = (cell: string): boolean =>
    wider > 0 && theirs!.includes(cell) && !before!.includes(cell);
  const isTaken = (cell: string): boolean =>
    before!.includes(cell) && !theirs!.includes(cell) && (wider < 0 || isColumns);
  const isTheirs = (cell: string): boolean =>
    isColumns && theirs!.includes(cell) && !before!.includes(cell);
  return (
    own!.every((cell) => now!.includes(cell) || isTaken(cell)) &&
    now!.every((cell) => own!.includes(cell) || isGiven(cell) || isTheirs(cell))
  );
}

/** Whether all that a side did to a row was to put columns in, or to take some out. */
function isOnlyColumns(side: unknown, was: unknown): boolean {
  if (!isRow(side) || !isRow(was)) return false;
  const [own, before] = [side, was].map(cellsOf);
  return widthOf(side) > widthOf(was)
    ? before!.every((cell) => own!.includes(cell))
    : widthOf(side) < widthOf(was) && own!.every((cell) => before!.includes(cell));
}

/** Whether a side put nothing but empty columns into a row: nothing that would speak against its removal. */
export const saysTheSame = (side: unknown, was: unknown): boolean =>
  isRow(side) && isRow(was) && cellsOf(side).join() === cellsOf(was).join();
