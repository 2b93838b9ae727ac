import { describe, expect, it } from 'vitest';
import type { Block, ListBlock, ListItem, PlainBlock, TableBlock } from '#shared/article';
import { paragraph } from '../../shared/merge/arbitrary.ts';
import { subhead, table, text } from '../../shared/merge/newsroom.ts';
import { blockRule } from './merge-rules.ts';

describe('the check of what is gone', () => {
  const was = paragraph('para', 'The bridge is shut.');
  const contested = (...versions: (PlainBlock | null)[]): Block => {
    return { type: 'conflict', $: was.$, base: was, versions };
  };

  it('lets one side take out what the other has contested against nothing, unchanged', () => {
    expect(blockRule(was, undefined, contested(null, was), undefined)).toBeNull();
  });

  it('lets one side take out an empty text that the other made a subhead', () => {
    const [empty, made] = [paragraph('para', ''), subhead('para', '')];
    expect(blockRule(empty, undefined, made, undefined)).toBeNull();
    expect(blockRule(empty, undefined, subhead('para', 'Shut'), undefined)).not.toBeNull();
    expect(blockRule(was, undefined, made, undefined)).not.toBeNull();
    expect(blockRule(empty, text('para', '', 'quote'), made, undefined)).not.toBeNull();
  });

  it('lets nothing go that anybody changed', () => {
    const changed = paragraph('para', 'The old bridge is shut.');
    expect(blockRule(was, undefined, contested(null, changed), undefined)).not.toBeNull();
    expect(blockRule(was, undefined, contested(changed, was), undefined)).not.toBeNull();
    expect(blockRule(was, undefined, changed, undefined)).not.toBeNull();
    expect(blockRule(was, changed, contested(null, was), undefined)).not.toBeNull();
  });
});

describe('the check of tables', () => {
  const before = table(['one', 'Town', '210'], ['two', 'Mill', '12']);
  const wider = table(['one', 'Town', '210', 'Mon'], ['two', 'Mill', '12', 'Tue']);
  const changed = table(['one', 'Town', '220'], ['two', 'Mill', '12'], ['new', 'Aln', '40']);

  it('lets a column of one side stand beside what the other changed, and wants both', () => {
    const [mill, aln] = [
      ['two', 'Mill', '12', 'Tue'],
      ['new', 'Aln', '40', ''],
    ] as [string, ...string[]][];
    const joined = (...cells: string[]): TableBlock => table(['one', ...cells], mill!, aln!);
    expect(blockRule(before, wider, changed, joined('Town', '220', 'Mon'))).toBeNull();
    expect(blockRule(before, wider, changed, joined('Town', '210', 'Mon'))).not.toBeNull();
    expect(blockRule(before, wider, changed, joined('Town', '220', ''))).not.toBeNull();
    expect(blockRule(before, wider, changed, table(mill!, aln!))).not.toBeNull();
  });

  it('lets the choice between a wider row and its removal stand in a table with a column of the other', () => {
    const taken = table(['one', 'Town', '210', 'Ann']);
    const asked = (cell: string): Block => ({
      type: 'conflict',
      $: { id: 'table' },
      base: before,
      versions: [
        table(['one', 'Town', '210', 'Ann', 'Mon']),
        table(['one', 'Town', '210', 'Ann', 'Mon'], ['two', 'Mill', '12', '', cell]),
      ],
    });
    expect(blockRule(before, wider, taken, asked('Tue'))).toBeNull();
    expect(blockRule(before, wider, taken, asked(''))).not.toBeNull();
  });

  it('lets a column of one side be gone from what the other changed, and wants nothing else gone', () => {
    const narrower = table(['one', 'Town'], ['two', 'Mill']);
    const anew = table(['one', 'City', '210'], ['two', 'Mill', '12']);
    const joined = (...cells: string[]): TableBlock => table(['one', ...cells], ['two', 'Mill']);
    expect(blockRule(before, narrower, anew, joined('City'))).toBeNull();
    expect(blockRule(before, narrower, anew, joined('Town'))).not.toBeNull();
    expect(blockRule(before, narrower, anew, joined('City', '210'))).not.toBeNull();
    expect(blockRule(before, narrower, anew, joined(''))).not.toBeNull();
  });

  it('lets no row stand that is of both where neither put a column in', () => {
    const [mine, theirs] = [table(['one', 'Town', '220']), table(['one', 'City', '210'])];
    const was = table(['one', 'Town', '210']);
    expect(blockRule(was, mine, theirs, table(['one', 'City', '220']))).not.toBeNull();
  });
});

describe('the check of lists', () => {
  const item = (id: string, text: string): ListItem => ({
    type: 'listitem',
    $: { id },
    children: [{ type: 'text', text }],
  });
  const list = (...children: ListItem[]): ListBlock => {
    return { type: 'list', listType: 'bullet', $: { id: 'list' }, children };
  };
  const [one, two] = [item('one', 'One'), item('two', 'Two')];
  const deeper = (child: ListItem): ListItem => ({
    type: 'listitem',
    $: { id: 'level' },
    children: [{ ...list(child), $: { id: 'deep' } }],
  });

  it('wants a line gone that one side removed and the other put on another level', () => {
    const [before, without] = [list(one, two), list(one)];
    expect(blockRule(before, without, list(one, deeper(two)), without)).toBeNull();
    expect(blockRule(before, without, list(one, deeper(two)), list(one, two))).not.toBeNull();
  });

  it('wants a line to stand that one side removed and the other wrote anew', () => {
    const [before, without] = [list(one, two), list(one)];
    const anew = list(one, deeper(item('two', 'Second')));
    expect(blockRule(before, without, anew, without)).not.toBeNull();
  });
});
