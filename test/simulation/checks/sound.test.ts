import { describe, expect, it } from 'vitest';
import type { Block, Content, ListBlock, ListItem } from '#shared/article';
import { content, paragraph } from '../../shared/merge/arbitrary.ts';
import { table } from '../../shared/merge/newsroom.ts';
import { lostWord } from './lost-words.ts';
import { unsound } from './sound.ts';

const of = (...body: Block[]): Content => content(body);
const wrong = (base: Content, left: Content, right: Content, merged: Content): string | null =>
  unsound({ base, left, right, merged });

const item = (id: string, text: string): ListItem => {
  return { type: 'listitem', $: { id }, children: [{ type: 'text', text }] };
};
const list = (id: string, ...children: ListItem[]): ListBlock => {
  return { type: 'list', listType: 'bullet', $: { id }, children };
};
const level = (id: string, ...children: ListItem[]): ListItem => {
  return { type: 'listitem', $: { id: `${id}-item` }, children: [list(id, ...children)] };
};

describe('the check of what a merge leaves', () => {
  const text = paragraph('para', 'The bridge is shut.');

  it('takes what is written in no way that an article has for none', () => {
    const strange = { ...text, tag: 'h2' } as Block;
    expect(wrong(of(text), of(text), of(), of(text))).toBeNull();
    expect(wrong(of(text), of(text), of(), of(strange))).not.toBeNull();
  });

  it('wants rows of one width where both sides have such', () => {
    const [two, three] = [
      table(['one', 'a', 'b']),
      table(['one', 'a', 'b', 'c'], ['two', 'd', 'e', 'f']),
    ];
    const ragged = table(['one', 'a', 'b', 'c'], ['two', 'd', 'e']);
    expect(wrong(of(two), of(two), of(three), of(three))).toBeNull();
    expect(wrong(of(two), of(two), of(three), of(ragged))).not.toBeNull();
  });

  it('lets nothing empty stand that nobody emptied', () => {
    const empty = paragraph('para', '');
    expect(wrong(of(text), of(empty), of(text), of(empty))).toBeNull();
    expect(wrong(of(text), of(), of(text), of(empty))).not.toBeNull();
  });

  it('wants each list of the kind that one side made it, deeper ones too', () => {
    const before = list('list', item('one1', 'One'), level('deep', item('two2', 'Two')));
    const numbered: ListBlock = {
      ...before,
      children: before.children.map((each): ListItem => {
        const [only] = each.children;
        return only?.type === 'list'
          ? { ...each, children: [{ ...only, listType: 'number' }] }
          : each;
      }),
    };
    expect(wrong(of(before), of(numbered), of(before), of(numbered))).toBeNull();
    expect(wrong(of(before), of(numbered), of(before), of(before))).not.toBeNull();
  });

  it('wants deeper lists to stand apart that a side has as two', () => {
    const [one, two] = [item('one1', 'One'), item('two2', 'Two')];
    const apart = list('list', level('deep', one), level('more', two));
    expect(wrong(of(apart), of(apart), of(apart), of(apart))).toBeNull();
    expect(
      wrong(of(apart), of(apart), of(apart), of(list('list', level('deep', one, two)))),
    ).not.toBeNull();
  });

  it('lets lines stand in one list in a version of a side that has them so', () => {
    const [one, two] = [item('one1', 'One'), item('two2', 'Two')];
    const [apart, plain] = [
      list('list', level('deep', one), level('more', two)),
      list('list', two, one),
    ];
    const contested = (...versions: ListBlock[]): Content =>
      of({ type: 'conflict', $: { id: 'list' }, base: null, versions });
    const before = contested(plain, list('list', one, two));
    expect(wrong(before, of(apart), of(plain), contested(apart, plain))).toBeNull();
    const together = list('list', level('deep', one, two));
    expect(wrong(of(plain), of(apart), of(plain), contested(together, plain))).not.toBeNull();
  });

  it('wants a line to stand in the list to which one side took it', () => {
    const [one, two, three] = [item('one1', 'One'), item('two2', 'Two'), item('three3', 'Three')];
    const before = of(list('list', one, two), list('more', three));
    const taken = of(list('list', one), list('more', three, two));
    expect(wrong(before, taken, before, taken)).toBeNull();
    expect(wrong(before, taken, before, before)).not.toBeNull();
    // Where it went is gone, so that it stands where it was.
    const [left] = before.body;
    expect(wrong(before, taken, of(left!), of(left!))).toBeNull();
  });

  it('wants a contested field to show one of its values, and rather words than nothing', () => {
    const card = (shown: string): Content => ({
      ...content([], { headline: shown }),
      conflicts: [
        { kind: 'field', id: 'card', field: 'headline', base: 'Old', versions: ['', 'New'] },
      ],
    });
    const sides = [of(), of(), of()] as const;
    expect(wrong(...sides, card('New'))).toBeNull();
    expect(wrong(...sides, card(''))).not.toBeNull();
    expect(wrong(...sides, card('Old'))).not.toBeNull();
    // Somebody wrote over it and left it contested.
    expect(wrong(of(), card('Old'), of(), card('Old'))).toBeNull();
  });
});

describe('the check of words', () => {
  const says = (...marks: number[]): Content =>
    of(paragraph('para', marks.map((mark) => `zz${mark}zz`).join(' ')));

  it('misses what one side wrote, and what both still have, and not what one took out', () => {
    const [base, left, right] = [says(1, 2), says(1, 3), says(1, 2)];
    expect(lostWord({ base, left, right, merged: says(1, 3) })).toBeNull();
    expect(lostWord({ base, left, right, merged: says(1, 2) })).toBe('zz3zz');
    expect(lostWord({ base, left, right, merged: says(2, 3) })).toBe('zz1zz');
  });
});
