import type { Inline, TableBlock } from '#shared/article';

export type TableCell = TableBlock['children'][number]['children'][number];

/** A column by its place before and its place now; null where it was not there, or is gone. */
export interface Column {
  was: number | null;
  now: number | null;
}

export function inlinesOf(cell: TableCell): Inline[] {
  return cell.children.flatMap(({ children }) => children);
}

const wordsOf = (cell: TableCell | undefined): string =>
  JSON.stringify(cell ? inlinesOf(cell) : []);

/**
 * The columns of a table as they differ from what stood before. A column has no id, so what came or went is told by
 * what the rows that stayed have in their cells; where as many stand as before, none did.
 */
export function compareColumns(base: TableBlock, table: TableBlock): Column[] {
  const [before, after] = [widthOf(base), widthOf(table)];
  if (before === after || isSpanned(base) || isSpanned(table))
    return Array.from({ length: Math.max(before, after) }, (_, index) => ({
      was: index < before ? index : null,
      now: index < after ? index : null,
    }));
  const rows = new Map(base.children.map((row) => [row.$.id, row.children]));
  const pairs = table.children.flatMap((row) => {
    const former = rows.get(row.$.id);
    return former ? [{ former, latter: row.children }] : [];
  });
  /** How well two columns go together: one for each other, two for every cell that says the same. */
  const likeness = (was: number, now: number): number =>
    1 + pairs.filter(({ former, latter }) => isAlike(former[was], latter[now])).length * 2;
  // The best that the columns from here on can come to, as for a longest common subsequence.
  const best = new Map<string, number>();
  const bestAt = (was: number, now: number): number => best.get(`${was} ${now}`) ?? 0;
  for (let was = before - 1; was >= 0; was -= 1)
    for (let now = after - 1; now >= 0; now -= 1)
      best.set(
        `${was} ${now}`,
        Math.max(
          bestAt(was + 1, now + 1) + likeness(was, now),
          bestAt(was + 1, now),
          bestAt(was, now + 1),
        ),
      );
  const columns: Column[] = [];
  let [was, now] = [0, 0];
  while (was < before || now < after)
    if (
      was < before &&
      now < after &&
      bestAt(was, now) === bestAt(was + 1, now + 1) + likeness(was, now)
    )
      columns.push({ was: was++, now: now++ });
    else if (was < before && bestAt(was, now) === bestAt(was + 1, now))
      columns.push({ was: was++, now: null });
    else columns.push({ was: null, now: now++ });
  return columns;
}

function isAlike(former: TableCell | undefined, latter: TableCell | undefined): boolean {
  const words = wordsOf(former);
  return words !== '[]' && words === wordsOf(latter);
}

function widthOf(table: TableBlock): number {
  return Math.max(0, ...table.children.map(({ children }) => children.length));
}

function isSpanned(table: TableBlock): boolean {
  return table.children.some(({ children }) =>
    children.some(({ colSpan = 1, rowSpan = 1 }) => colSpan > 1 || rowSpan > 1),
  );
}
