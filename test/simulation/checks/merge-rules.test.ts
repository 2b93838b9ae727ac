import { describe, expect, it } from 'vitest';
import type { Block, ListBlock, ListItem, PlainBlock } from '#shared/article';
import { paragraph } from '../../shared/merge/arbitrary.ts';
import { blockRule } from './merge-rules.ts';

describe('the check of what is gone', () => {
  const was = paragraph('para', 'The bridge is shut.');
  const contested = (...versions: (PlainBlock | null)[]): Block => {
    return { type: 'conflict', $: was.$, base: was, versions };
  };

  it('lets one side take out what the other has contested against nothing, unchanged', () => {
    expect(blockRule(was, undefined, contested(null, was), undefined)).toBeNull();
  });

  it('lets nothing go that anybody changed', () => {
    const changed = paragraph('para', 'The old bridge is shut.');
    expect(blockRule(was, undefined, contested(null, changed), undefined)).not.toBeNull();
    expect(blockRule(was, undefined, contested(changed, was), undefined)).not.toBeNull();
    expect(blockRule(was, undefined, changed, undefined)).not.toBeNull();
    expect(blockRule(was, changed, contested(null, was), undefined)).not.toBeNull();
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
