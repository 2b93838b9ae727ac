import { describe, expect, it } from 'vitest';
import type { Inline, PlainBlock, TableBlock } from '#shared/article';
import { wordsBeside } from '../../../src-renderer/editor/conflicts/beside.ts';
import {
  compareInlines,
  compareTexts,
  contestedInText,
} from '../../../src-renderer/editor/conflicts/changes.ts';
import { differencesOf } from '../../../src-renderer/editor/conflicts/differences.ts';
import { folded } from '../../../src-renderer/editor/conflicts/fold.ts';
import { compareColumns } from '../../../src-renderer/editor/conflicts/table-columns.ts';
import { saysWhat } from '../../../src-renderer/editor/conflicts/words.ts';
import { paragraph, text } from '../../helpers/articles.ts';

const say = (words: string): PlainBlock => paragraph(words, 'block');
const by = {
  id: 'suggest-1',
  by: '0192d3a0-0000-7000-8000-00000000f001',
  at: '2026-11-14T12:00:00.000Z',
};

/** What stays, ~what goes~ and +what comes+. */
const marked = (base: readonly Inline[], now: readonly Inline[]): string =>
  compareInlines(base, now)
    .map(({ change, text: words }) => {
      const sign = { same: '', added: '+', removed: '~', contested: '!', restyled: '*' }[change];
      return `${sign}${words}${sign}`;
    })
    .join('');

describe('a version against what stood before', () => {
  it('marks words that came and went, and those between them that are only space', () => {
    const [before, now] = ['It was on Saturday.', 'It was early Sunday.'].map((words) => [
      text(words),
    ]);
    expect(marked(before!, now!)).toBe('It was ~on Saturday~+early Sunday+.');
  });

  it('shows words that are only set or linked otherwise once', () => {
    const bold: Inline = { type: 'text', text: 'full report', format: 1 };
    const now: Inline[] = [text('Read the '), bold, text(' now.')];
    expect(marked([text('Read the full report now.')], now)).toBe('Read the *full report* now.');
    expect(differencesOf(compareInlines([text('Read the full report now.')], now))).toEqual([
      '“full report” is now bold.',
    ]);
    expect(differencesOf(compareInlines(now, [text('Read the full report now.')]))).toEqual([
      '“full report” is no longer bold.',
    ]);
  });

  it('says where a link leads, and where it led', () => {
    const link = (url: string): Inline => ({
      type: 'link',
      url,
      children: [{ type: 'text', text: 'annex' }],
    });
    expect(
      differencesOf(compareInlines([link('https://a.example/')], [link('https://b.example/')])),
    ).toEqual(['“annex” leads to https://b.example/, not to https://a.example/']);
    expect(differencesOf(compareInlines([link('https://a.example/')], [text('annex')]))).toEqual([
      '“annex” no longer leads to https://a.example/',
    ]);
  });

  it('says which suggestion was accepted and which was rejected', () => {
    const before: Inline[] = [
      text('crested '),
      { type: 'text', text: 'on ', $: { deleted: by } },
      { type: 'text', text: 'early ', $: { inserted: by } },
      { type: 'text', text: 'Saturday', format: 2, $: { formatChanged: { ...by, was: 0 } } },
    ];
    const accepted = compareInlines(before, [
      text('crested early '),
      { type: 'text', text: 'Saturday', format: 2 },
    ]);
    expect(differencesOf(accepted)).toEqual([
      'The suggestion to cut “on” is accepted.',
      'The suggestion to add “early” is accepted.',
      'The suggestion how to set “Saturday” is accepted.',
    ]);
    expect(differencesOf(compareInlines(before, [text('crested on Saturday')]))).toEqual([
      'The suggestion to cut “on” is rejected.',
      'The suggestion to add “early” is rejected.',
      'The suggestion how to set “Saturday” is rejected.',
      '“Saturday” is no longer italic.',
    ]);
  });

  it('leaves long runs of what stands as before out, never a word that differs', () => {
    const words = (from: number, count: number): string =>
      Array.from({ length: count }, (_, index) => `w${String(from + index)}`).join(' ');
    const base = `${words(0, 40)} two ${words(40, 60)} end.`;
    const shown = folded(compareTexts(base, base.replace('two', 'three')));
    expect(
      shown.map((one) => (typeof one === 'number' ? one : `${one.change}:${one.text}`)),
    ).toEqual([
      30,
      `same: ${words(30, 10)} `,
      'removed:two',
      'added:three',
      `same: ${words(40, 10)}`,
      51,
    ]);
    const short = compareTexts('One two three.', 'One four three.');
    expect(folded(short)).toEqual(short);
  });

  it('leaves out of what stood before what every version has, never a place that one has otherwise', () => {
    const words = (from: number, count: number): string =>
      Array.from({ length: count }, (_, index) => `w${String(from + index)}`).join(' ');
    const base = `${words(0, 40)} two ${words(40, 90)} end.`;
    const versions = [
      base.replace(' two', ''),
      base.replace('w75', 'w75 put in'),
      `${base} And on.`,
    ];
    const stretches = contestedInText(base, versions);
    expect(stretches.map(({ text }) => text).join('')).toBe(base);
    expect(
      folded(stretches).map((one) =>
        typeof one === 'number' ? one : `${one.change}:${one.text.trim()}`,
      ),
    ).toEqual([
      30,
      `same:${words(30, 10)}`,
      'contested:two',
      `same:${words(40, 10)}`,
      16,
      `same:${words(66, 10)}`,
      'contested:',
      `same:${words(76, 10)}`,
      35,
      `same:${words(121, 9)} end.`,
      'contested:',
    ]);
  });

  it('tells of words that stand in the paragraph beside it', () => {
    const base = say('The council meets on Monday. It sits in public.');
    const beside = { above: undefined, below: say('It sits in public.') };
    expect(wordsBeside(say('The council meets on Monday.'), base, beside)).toEqual([
      '“It sits in public.” stands in the paragraph below.',
    ]);
    expect(
      wordsBeside(
        say('The council meets on Monday. It sits in public. Bring a coat.'),
        base,
        beside,
      ),
    ).toEqual(['“It sits in public.” stands in the paragraph below as well.']);
    expect(wordsBeside(base, base, { above: say('Monday.'), below: undefined })).toEqual([]);
  });
});

describe('who did what', () => {
  const of = (...names: string[]) => names.map((name) => ({ by: name, at: by.at }));

  it('tells removing, changing, writing and leaving alone apart', () => {
    expect(saysWhat('paragraph', of('A', 'B'), ['changed', 'changed'])).toBe(
      'A and B each changed this paragraph.',
    );
    expect(saysWhat('paragraph', of('A', 'B', 'C'), ['removed', 'changed', 'kept'])).toBe(
      'A removed this paragraph; B changed it; C left it as it stood.',
    );
    expect(saysWhat('headline', of('A', 'B'), ['kept', 'changed'])).toBe(
      'B changed this headline; A left it as it stood.',
    );
    expect(saysWhat('list', of('A', 'A'), ['wrote', 'wrote'])).toBe(
      'A wrote this list in two ways.',
    );
    expect(saysWhat('list', [null, null], ['changed', 'removed'])).toBe(
      'Another removed this list; one editor changed it.',
    );
  });
});

describe('a table against what stood before', () => {
  const table = (...rows: string[][]): TableBlock => ({
    type: 'table',
    $: { id: 'table-1' },
    children: rows.map(([id, ...cells]) => ({
      type: 'tablerow',
      $: { id: id! },
      children: cells.map((words) => ({
        type: 'tablecell',
        children: [{ type: 'paragraph', children: words === '' ? [] : [text(words)] }],
      })),
    })),
  });
  /** Every column by its place before and now. */
  const places = (base: TableBlock, now: TableBlock): string =>
    compareColumns(base, now)
      .map(({ was, now: at }) => `${was ?? '+'}${at ?? '-'}`)
      .join(' ');
  const fares = table(['a', 'Stop', 'Fare', 'Zone'], ['b', 'Quay', '2.10', 'A'], ['c', '', '', '']);

  it('knows a column that came, also beside a cell that changed', () => {
    const more = [
      ['a', 'Stop', 'Fare', 'Child', 'Zone'],
      ['b', 'Quay', '2.40', '1.05', 'A'],
      ['c', '', '', '', ''],
    ];
    expect(places(fares, table(...more))).toBe('00 11 +2 23');
  });

  it('knows a column that went, and one that stands empty', () => {
    expect(places(fares, table(['a', 'Stop', 'Zone'], ['b', 'Quay', 'A']))).toBe('00 1- 21');
    const empty = table(['a', '', 'Stop', 'Fare', 'Zone'], ['b', '', 'Quay', '2.10', 'A']);
    expect(places(fares, empty)).toBe('+0 01 12 23');
  });

  it('takes no column for a new one where as many stand as before', () => {
    const other = table(['a', 'Halt', 'Price', 'Area'], ['d', 'Mill', '3.00', 'C']);
    expect(places(fares, other)).toBe('00 11 22');
    expect(places(fares, fares)).toBe('00 11 22');
  });
});
