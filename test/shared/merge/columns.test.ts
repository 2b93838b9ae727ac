import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, ConflictBlock, TableBlock } from '#shared/article';
import { merge } from './both-ways.ts';
import { table } from './newsroom.ts';
import { tries } from '../../helpers/tries.ts';

type Lines = readonly (readonly [row: string, ...cells: string[]])[];

const linesIn = (block: Block | null | undefined): string[][] =>
  block?.type === 'table'
    ? block.children.map((row) => [
        row.$.id,
        ...row.children.map(({ children: [paragraph] }) => {
          const [words] = paragraph?.children ?? [];
          return words?.type === 'text' ? words.text : '';
        }),
      ])
    : [];

const meet = (base: TableBlock, a: TableBlock, b: TableBlock): string[][] | string[][][] => {
  const [standing] = merge([base], [a], [b]);
  return standing?.type === 'conflict' ? standing.versions.map(linesIn) : linesIn(standing);
};

const head = ['r111', 'Town', 'Families', 'Deaths'] as const;
const hatton = ['r333', 'Hatton', '90', '1'] as const;
const before = table(head, ['r222', 'Westbrook', '210', '0'], hatton);
const edited = table(head, ['r222', 'Westbrook', '220', '0'], hatton);
const missing = (families: string): Lines => [
  ['r111', 'Town', 'Families', 'Missing', 'Deaths'],
  ['r222', 'Westbrook', families, '3', '0'],
  ['r333', 'Hatton', '90', '0', '1'],
];

describe('a table into which one editor put a column', () => {
  it('has the figure that the other changed in it', () => {
    expect(meet(before, table(...missing('210')), edited)).toEqual(missing('220'));
  });

  it('has the rows that the other put in, empty in that column', () => {
    const rows = table(...(linesIn(before) as unknown as Lines), ['r444', 'Mill', '12', '0']);
    expect(meet(before, table(...missing('210')), rows)).toEqual([
      ...missing('210'),
      ['r444', 'Mill', '12', '', '0'],
    ]);
  });

  it('has both of two empty ones that it put in', () => {
    const empty = (...lines: string[][]) =>
      table(...(lines.map((line) => [...line, '', '']) as unknown as Lines));
    const wider = empty([...head], ['r222', 'Westbrook', '210', '0'], [...hatton]);
    const both = empty([...head], ['r222', 'Westbrook', '220', '0'], [...hatton]);
    expect(meet(before, wider, edited)).toEqual(linesIn(both));
  });

  it('has it beside one that nobody has filled yet', () => {
    const of = (...lines: [string, ...string[]][]) => table(...lines);
    const [was, is] = [
      of(['r111', 'Town', ''], ['r222', 'Mill', '']),
      of(['r111', 'Town', ''], ['r222', 'Aln', '']),
    ];
    const wider = of(['r111', 'Day', 'Town', ''], ['r222', 'Mon', 'Mill', '']);
    expect(meet(was, wider, is)).toEqual([
      ['r111', 'Day', 'Town', ''],
      ['r222', 'Mon', 'Aln', ''],
    ]);
  });

  it('has two columns where the other put in another, and one where that is the same', () => {
    const day = table(
      [...head, 'Day'],
      ['r222', 'Westbrook', '210', '0', 'Mon'],
      [...hatton, 'Tue'],
    );
    expect(meet(before, table(...missing('210')), day)).toEqual(
      missing('210').map((line, at) => [...line, ['Day', 'Mon', 'Tue'][at]]),
    );
    expect(meet(before, table(...missing('210')), table(...missing('220')))).toEqual(
      missing('220'),
    );
  });

  it('has it where it was put, though its cells are as empty as those of the next', () => {
    const start = table(['r111', '', ''], ['r222', 'Mill', ''], ['r333', '', 'Mon']);
    const put = table(['r111', '', '', ''], ['r222', 'New', 'Mill', ''], ['r333', '', '', 'Mon']);
    const other = table(['r111', '', ''], ['r222', 'Mill', 'Tue'], ['r333', '', 'Mon']);
    expect(meet(start, put, other)).toEqual([
      ['r111', '', '', ''],
      ['r222', 'New', 'Mill', 'Tue'],
      ['r333', '', '', 'Mon'],
    ]);
  });

  it('is contested where the other took out a row in which something stands there', () => {
    const without = table(head, hatton);
    expect(meet(before, table(...missing('210')), without)).toEqual([
      missing('210'),
      [missing('210')[0], missing('210')[2]],
    ]);
    const blank = missing('210').map(([id, town, families, , deaths]) => [
      id,
      town,
      families,
      '',
      deaths,
    ]) as unknown as Lines;
    expect(meet(before, table(...blank), without)).toEqual([blank[0], blank[2]]);
  });

  it('is contested with it in both versions where both changed one row, beside what stood', () => {
    const mine = table(...missing('215'));
    const [standing] = merge([before], [mine], [edited]);
    const { base, versions } = standing as ConflictBlock;
    expect(base).toEqual(before);
    expect(versions.map(linesIn)).toEqual([missing('215'), missing('220')]);
  });
});

describe('a table out of which one editor took a column, or moved it', () => {
  const without: Lines = [
    ['r111', 'Town', 'Deaths'],
    ['r222', 'Westbrook', '0'],
    ['r333', 'Hatton', '1'],
  ];

  it('has what the other wrote in its other columns', () => {
    const dead = table(head, ['r222', 'Westbrook', '210', '2'], hatton);
    expect(meet(before, table(...without), dead)).toEqual([
      ['r111', 'Town', 'Deaths'],
      ['r222', 'Westbrook', '2'],
      ['r333', 'Hatton', '1'],
    ]);
    const moved = table(
      ['r111', 'Town', 'Deaths', 'Families'],
      ['r222', 'Westbrook', '0', '210'],
      ['r333', 'Hatton', '1', '90'],
    );
    expect(meet(before, moved, edited)[1]).toEqual(['r222', 'Westbrook', '0', '220']);
  });

  it('stands in two versions where the other wrote in that column, be it in a new row', () => {
    const row = table(head, ['r222', 'Westbrook', '210', '0'], hatton, ['r444', 'Mill', '12', '']);
    for (const other of [edited, row])
      expect(meet(before, table(...without), other)).toHaveLength(2);
  });
});

it('makes headings of a row, or a column, in which the other changed the words', () => {
  const heading = (of: TableBlock): TableBlock => ({
    ...of,
    children: of.children.map((row) => ({
      ...row,
      children: row.children.map((cell, at) => (at === 0 ? { ...cell, headerState: 1 } : cell)),
    })),
  });
  expect(merge([before], [heading(before)], [edited])).toEqual([heading(edited)]);
});

describe('whatever one editor does to the columns of a table', () => {
  const act = fc.record({
    do: fc.constantFrom('put', 'take', 'move'),
    at: fc.nat({ max: 9 }),
    to: fc.nat({ max: 9 }),
  });
  const write = fc.record({
    do: fc.constantFrom('write', 'write', 'row', 'remove', 'move'),
    row: fc.nat({ max: 9 }),
    column: fc.nat({ max: 9 }),
  });

  it('contests nothing where the other wrote in what stays, and each word stands once', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 5 }),
        fc.integer({ min: 3, max: 5 }),
        act,
        fc.array(write, { maxLength: 4 }),
        (width, height, { do: how, at, to }, writes) => {
          const cell = (row: number | string, column: number): string =>
            `${String(row)}-${String(column)}`;
          const start = Array.from({ length: height }, (_, row): [string, ...string[]] => [
            `row${String(row)}`,
            ...Array.from({ length: width }, (__, column) => cell(row, column)),
          ]);
          const from = 1 + (at % width);
          const columns = (lines: string[][]): string[][] =>
            lines.map(([id = '', ...own], row) => {
              const cells = ['', ...own];
              const [was = ''] = how === 'put' ? [`new-${String(row)}`] : cells.splice(from, 1);
              if (how !== 'take') cells.splice(1 + (to % cells.length), 0, was);
              return [id, ...cells.slice(1)];
            });
          const rows = start.map((line) => [...line]);
          writes.forEach((step, index) => {
            const [line, column] = [rows[step.row % rows.length], 1 + (step.column % width)];
            const isGone = how === 'take' && column === from;
            if (step.do === 'write' && line && !isGone) line[column] = `own-${String(index)}`;
            if (step.do === 'remove' && rows.length > 2 && how !== 'put')
              rows.splice(step.row % rows.length, 1);
            if (step.do === 'row')
              rows.push([
                `added${String(index)}`,
                ...Array.from({ length: width }, (_, each) =>
                  how === 'take' && each + 1 === from ? '' : cell(`own${String(index)}`, each),
                ),
              ]);
            if (step.do === 'move') rows.unshift(...rows.splice(step.row % rows.length, 1));
          });
          const made = table(...(columns(start) as unknown as Lines));
          const read = meet(table(...start), made, table(...(rows as unknown as Lines)));
          const standing = new Set(rows.map(([id]) => id));
          const words = [...rows, ...columns(start).filter(([id]) => standing.has(id))].flatMap(
            (line) => line.slice(1),
          );
          const gone = start.flatMap((line) => {
            const now = rows.find(([id]) => id === line[0]) ?? [];
            return line.filter(
              (word, index) => !now.includes(word) || (how === 'take' && index === from),
            );
          });
          const expected = new Set(words.filter((word) => word !== '' && !gone.includes(word)));
          const found = read.flatMap((line) => line.slice(1).flat()).filter((word) => word !== '');
          expect(found.toSorted()).toEqual([...expected].sort());
        },
      ),
      tries(300),
    );
  });
});
