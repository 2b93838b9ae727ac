import { canonicalJson, type TableBlock } from '#shared/article';
import { byId, put, type Body } from './bodies.ts';
import { derivedId, same } from './choose.ts';
import { idOf } from './ids.ts';
import { mergeOrder } from './order.ts';

/**
 * Who puts a column into a table, takes one out or moves one has changed every row of it, and to a merge by row the whole
 * table. So the columns are merged first, in their order, and every side gets them all: then each row is compared with what
 * it was, cell beside cell. Columns have no ids and are known by what stands in them; where that does not tell, or a column
 * was taken out in which the other side wrote, nothing is carried.
 */

type Row = TableBlock['children'][number];
type Cell = Row['children'][number];

/** The cells of one column, by the ids of their rows. */
type Column = ReadonlyMap<string, Cell>;
type Columns = ReadonlyMap<string, Column>;

const EMPTY: Cell = { type: 'tablecell', children: [{ type: 'paragraph', children: [] }] };

const sayingOf = ({ children }: Cell): string => canonicalJson(children);

/** The columns of a table without cells that reach over several; null where there are none such. */
function columnsOf({ children: rows }: TableBlock): Column[] | null {
  const [first] = rows;
  const isPlain = ({ children }: Row): boolean =>
    children.length === first?.children.length &&
    children.every(({ colSpan = 1, rowSpan = 1 }) => colSpan === 1 && rowSpan === 1);
  if (!first || !rows.every(isPlain)) return null;
  return first.children.map(
    (_, at) =>
      new Map(rows.flatMap((row) => (row.children[at] ? [[idOf(row), row.children[at]]] : []))),
  );
}

/**
 * How much two columns say the same in the rows that both have, an empty cell telling nothing; 0 where that is not most of what
 * stands in them. Two that are empty are alike, though less than any others.
 */
function likeness(x: Column, y: Column): number {
  const told = [...x].flatMap(([id, cell]) => {
    const there = y.get(id);
    if (!there || [cell, there].every((each) => same(each.children, EMPTY.children))) return [];
    return [sayingOf(there) === sayingOf(cell)];
  });
  if (told.length === 0) return [...x.keys()].some((id) => y.has(id)) ? 0.5 : 0;
  const alike = told.filter(Boolean).length;
  return alike * 2 > told.length ? alike : 0;
}

/** Which column of the base each column of a side was, the most alike first; null where it was none, or cannot be told. */
function sourcesOf(base: readonly Column[], side: readonly Column[]): (number | null)[] {
  const inPlace = side.map((_, at) => at);
  const isOfOneWidth = side.length === base.length;
  const isLike = (now: Column, at: number): boolean => {
    const was = base[at];
    return was !== undefined && likeness(now, was) > 0;
  };
  if (isOfOneWidth && side.every(isLike)) return inPlace;
  const pairs = base
    .flatMap((was, from) => side.map((now, to) => ({ from, to, like: likeness(now, was) })))
    .filter(({ like }) => like > 0)
    .sort((x, y) => y.like - x.like);
  const sources = new Map<number, number>();
  const taken = new Set<number>();
  for (const { from, to } of pairs) {
    if (sources.has(to) || taken.has(from)) continue;
    sources.set(to, from);
    taken.add(from);
  }
  // Written anew in place, a column is the one that it was.
  if (isOfOneWidth && taken.size < base.length) return inPlace;
  return side.map((_, at) => sources.get(at) ?? null);
}

/** The columns of a side under the names that the base's have there, and of what is new by what it says. */
function named(base: readonly Column[], side: readonly Column[]): Columns | null {
  const sources = sourcesOf(base, side);
  const known = sources.filter((source) => source !== null).length;
  // Written anew, and put in or taken out at once, it is not known again.
  if (known < Math.min(base.length, side.length)) return null;
  const columns = new Map<string, Column>();
  side.forEach((column, at) => {
    const was = sources[at] ?? null;
    let name = was === null ? derivedId([...column]) : String(was);
    while (columns.has(name)) name = derivedId([name]);
    columns.set(name, column);
  });
  return columns;
}

/** Whether nobody would miss a column: it says what it said, and nothing in rows that are new. */
function isLeft(column: Column, was: Column): boolean {
  return [...column].every(([id, cell]) => sayingOf(cell) === sayingOf(was.get(id) ?? EMPTY));
}

type Three<T> = readonly [base: T, a: T, b: T];

/** The names of the columns that all of a table should have, in their order; null where one is contested. */
function mergedNames([base, a, b]: Three<Columns>): string[] | null {
  const names: string[] = [];
  const slots = mergeOrder([...base.keys()], [...a.keys()], [...b.keys()], String, () => false);
  for (const { id } of slots) {
    const [was, ...left] = [base, a, b].flatMap((columns) => columns.get(id) ?? []);
    if (!base.has(id) || left.length === 2) names.push(id);
    else if (was && !left.every((column) => isLeft(column, was))) return null;
  }
  return names;
}

/**
 * The table with these columns: one that it has not is as the other side has it, and empty in a row that not both have. So
 * what stands there in a row which the other took out is new beside it, and not taken out with it.
 */
function laidOut(
  table: TableBlock,
  own: Columns,
  names: readonly string[],
  all: Three<Columns>,
): TableBlock {
  const givenTo = (row: string, name: string): Cell | undefined => {
    const isShared = all.every((columns) => [...columns.values()].some((each) => each.has(row)));
    return isShared ? all.flatMap((columns) => columns.get(name)?.get(row) ?? [])[0] : undefined;
  };
  const children = table.children.map((row): Row => {
    const cells = names.map(
      (name) => own.get(name)?.get(idOf(row)) ?? givenTo(idOf(row), name) ?? EMPTY,
    );
    return { ...row, children: cells };
  });
  return { ...table, children };
}

function inAllColumns(tables: Three<TableBlock>): Three<TableBlock> | null {
  const [base, a, b] = tables.map(columnsOf);
  if (!base || !a || !b) return null;
  const [was, ofA, ofB] = [base, a, b].map((side) => named(base, side));
  if (!was || !ofA || !ofB) return null;
  const all = [was, ofA, ofB] as const;
  if (all.every((columns) => same([...columns.keys()], [...was.keys()]))) return null;
  const names = mergedNames(all);
  if (!names || names.length === 0) return null;
  const [table, x, y] = tables;
  return [
    laidOut(table, was, names, all),
    laidOut(x, ofA, names, all),
    laidOut(y, ofB, names, all),
  ];
}

/** The three bodies with every table that both changed in the columns that both gave it. */
export function carryColumns(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  const [inA, inB] = [byId(a), byId(b)];
  const found = base.flatMap((was): Three<TableBlock>[] => {
    const [ofA, ofB] = [inA.get(idOf(was)), inB.get(idOf(was))];
    if (was.type !== 'table' || ofA?.type !== 'table' || ofB?.type !== 'table') return [];
    if (same(ofA, was) || same(ofB, was) || same(ofA, ofB)) return [];
    const laid = inAllColumns([was, ofA, ofB]);
    return laid ? [laid] : [];
  });
  return [
    put(base, ...found.map(([was]) => was)),
    put(a, ...found.map(([, ofA]) => ofA)),
    put(b, ...found.map(([, , ofB]) => ofB)),
  ];
}
