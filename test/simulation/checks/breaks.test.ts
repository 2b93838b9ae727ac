import { describe, expect, it } from 'vitest';
import type { Block } from '#shared/article';
import { mergeContents } from '#shared/merge';
import { picture } from '../../helpers/articles.ts';
import { content, paragraph } from '../../shared/merge/arbitrary.ts';
import { isCarried, madeUp, pastedNames, type Merging } from './breaks.ts';
import { isTakenBack } from './taken-back.ts';

const one = paragraph('one1', 'The bridge is shut zz1zz.');
const two = paragraph('two2', 'Crews worked on it all night zz2zz.');
const writtenOn = paragraph('new9', 'Crews worked on it all night long zz3zz.');

function merging(base: Block[], left: Block[], right: Block[]): Merging {
  const { body } = mergeContents(content(base), content(left), content(right)).content;
  return { base, left, right, merged: body };
}

describe('the check of what was cut, pasted and written on', () => {
  const asked = merging([one, two], [writtenOn, one], [one]);

  it('lets a merge ask about it that the other took out', () => {
    expect(asked.merged[0]?.type).toBe('conflict');
    expect(isCarried('new9', asked)).toBe(true);
  });

  it('lets it ask where the other has it contested against nothing', () => {
    const contested: Block = { type: 'conflict', $: two.$, base: two, versions: [null, two] };
    const met = merging([one, two], [writtenOn, one], [one, contested]);
    expect(met.merged.find(({ $ }) => $.id === 'new9')?.type).toBe('conflict');
    expect(isCarried('new9', met)).toBe(true);
  });

  it('lets it ask about a picture with something else below it', () => {
    const old = { ...picture('e'.repeat(64), 'pic1'), caption: 'The bridge by night.' };
    const again = { ...old, $: { id: 'new9' }, caption: 'Crews at work.' };
    const met = merging([one, old], [again, one], [one]);
    expect(met.merged[0]?.type).toBe('conflict');
    expect(isCarried('new9', met)).toBe(true);
    const another = { ...old, asset: 'f'.repeat(64) };
    expect(isCarried('new9', { ...met, base: [one, another] })).toBe(false);
  });

  it('lets it ask about nothing else, and in no other words', () => {
    const [first, ...rest] = asked.merged;
    const conflict = first as Extract<Block, { type: 'conflict' }>;
    const instead = (changed: object): Merging => ({
      ...asked,
      merged: [{ ...conflict, ...changed }, ...rest],
    });
    const other = paragraph('new9', 'Crews slept.');
    expect(isCarried('new9', instead({ versions: [null, other] }))).toBe(false);
    expect(isCarried('new9', instead({ base: other }))).toBe(false);
    const unlike = { ...asked, base: [one, paragraph('two2', 'Buses run zz4zz.')] };
    expect(isCarried('new9', unlike)).toBe(false);
    expect(isCarried('new9', { ...asked, right: [one, two] })).toBe(false);
  });

  it('lets a merge ask about the first half of a sentence that goes on behind it, with more', () => {
    const whole = paragraph('two2', 'Crews slept zz2zz. The council repeated it all zz3zz.');
    const cut = [
      paragraph('two2', 'Crews slept zz2zz.'),
      paragraph('new9', 'The council repeated it all'),
      paragraph('new8', 'zz3zz. Buses run zz4zz.'),
    ];
    const merge = merging([one, whole], [one, ...cut], [one]);
    expect(merge.merged[1]?.type).toBe('conflict');
    expect(isCarried('new9', merge)).toBe(true);
    expect(isCarried('new9', { ...merge, right: [one, whole] })).toBe(false);
  });

  it('lets versions be shown beside the part of a text of which the rest was cut off', () => {
    const [text, longer] = [
      paragraph('two2', 'Crews slept zz2zz. The crew'),
      paragraph('two2', 'Crews slept zz2zz. Buses run zz4zz.'),
    ];
    const merge = merging([one, text], [one, longer, paragraph('new9', 'The crew')], [one]);
    const [, standing] = merge.merged;
    expect(standing).toMatchObject({ base: paragraph('two2', 'Crews slept zz2zz.') });
    expect(isCarried('two2', merge)).toBe(true);
    const beside = { ...standing, base: paragraph('two2', 'The crew slept.') } as Block;
    expect(isCarried('two2', { ...merge, merged: [one, beside] })).toBe(false);
  });

  it('lets the half of a text that one side cut look as the other suggests', () => {
    const looking = (block: Block, look: object): Block => {
      const { children, ...rest } = block as Extract<Block, { type: 'paragraph' }>;
      return { ...rest, children: children.map((node) => ({ ...node, ...look })) };
    };
    const struck = { $: { deleted: { id: 'sug1', by: 'ana', at: '2026-11-14T12:00:00.000Z' } } };
    const [whole, first, second] = [
      paragraph('two2', 'A spokesman repeated'),
      paragraph('two2', 'A'),
      paragraph('new9', 'spokesman repeated'),
    ];
    const cut: Merging = {
      base: [one, whole],
      left: [one, looking(whole, struck)],
      right: [one, first, second],
      merged: [one, looking(first, struck), looking(second, struck)],
    };
    expect(isCarried('new9', cut)).toBe(true);
    const otherwise = [one, first, looking(second, { format: 1 })];
    expect(isCarried('new9', { ...cut, merged: otherwise })).toBe(false);
  });

  it('knows the new name of what the other changed, and takes no other block for it', () => {
    const changed = paragraph('two2', 'Two crews worked on it all night zz2zz.');
    const pasted = { ...two, $: { id: 'new9' } };
    const carried = merging([one, two], [pasted, one], [one, changed]);
    expect([...pastedNames(carried)]).toEqual([['two2', 'new9']]);
    const apart = { ...carried, merged: [pasted, one, changed] };
    expect([...pastedNames(apart)]).toEqual([]);
    expect([...pastedNames({ ...carried, right: [one, two] })]).toEqual([]);
  });

  it('knows the one name of what both pasted', () => {
    const [mine, theirs] = [
      writtenOn,
      paragraph('new8', 'Crews worked on it all night zz2zz. Buses run.'),
    ];
    const both = merging([one, two], [mine, one], [one, theirs]);
    expect([...pastedNames(both)]).toEqual([
      ['two2', 'new8'],
      ['new9', 'new8'],
    ]);
    expect([...pastedNames({ ...both, merged: [mine, one, theirs] })]).toEqual([]);
  });
});

describe('the check of a join that was taken back', () => {
  const first = paragraph('one1', 'The bridge is shut zz1zz. The crew');
  const [mine, theirs] = [[first], [paragraph('two2', 'The crew sleeps zz4zz.'), one]];
  const taken = merging([one, paragraph('two2', 'The crew')], mine, theirs);

  it('lets what was joined stand by itself as the other has it', () => {
    expect(taken.merged).toEqual(theirs);
    expect(isTakenBack('two2', taken)).toBe(true);
  });

  it('lets it stand in no other words, not twice, and nowhere that was not joined', () => {
    const other = paragraph('two2', 'Nobody sleeps zz4zz.');
    expect(isTakenBack('two2', { ...taken, merged: [other, one] })).toBe(false);
    expect(isTakenBack('two2', { ...taken, merged: [theirs[0] as Block, first] })).toBe(false);
    expect(isTakenBack('two2', { ...taken, left: [one] })).toBe(false);
    expect(isTakenBack('two2', { ...taken, merged: [one] })).toBe(false);
  });
});

describe('the check of what nobody said', () => {
  const [bridge, slept] = ['The bridge is shut zz1zz.', 'A spokesman slept zz3zz.'];
  const [leftOut, reworded] = ['The crew left out zz2zz.', 'The crew left out zz4zz.'];
  const texts = (first: string, second: string): Block[] => [
    paragraph('one1', first),
    paragraph('two2', second),
  ];
  const base = texts(`${bridge} ${leftOut}`, slept);
  const moved = texts(bridge, `${slept} ${leftOut}`);
  const edited = texts(`${bridge} ${reworded}`, slept);
  const strangeIn = (merged: readonly Block[], other: Block[]): string | null =>
    madeUp(content([...merged]), [content(base), content(moved), content(other)]);

  it('knows a sentence that one side moved in the words that the other gave it in its place', () => {
    const { merged } = merging(base, moved, edited);
    expect(merged).toEqual(texts(bridge, `${slept} ${reworded}`));
    expect(strangeIn(merged, edited)).toBeNull();
  });

  it('knows a sentence that one side moved where it also joined what stands there with its old text', () => {
    const [rain, buses] = ['It rained zz5zz.', 'Buses run zz6zz.'];
    const [more, last] = ['Crews left zz7zz.', 'Trains run zz8zz.'];
    const before = texts(`${bridge} ${leftOut}`, `${rain} ${buses}`);
    const joined = [paragraph('one1', `${bridge} ${rain} ${leftOut} ${buses}`)];
    const added = texts(`${bridge} ${leftOut}`, `${rain} ${buses} ${more} ${last}`).reverse();
    const sides = [before, joined, added].map((each) => content(each));
    const says = (second: string): string | null =>
      madeUp(content(texts(bridge, second).reverse()), sides);
    expect(says(`${rain} ${leftOut} ${buses} ${more} ${last}`)).toBeNull();
    expect(says(`${rain} ${leftOut} ${buses} ${last} ${more}`)).not.toBeNull();
  });

  it('lets a merge put no other sentence there, and none from elsewhere', () => {
    const buses = 'Buses run again zz5zz.';
    const unlike = texts(`${bridge} ${buses}`, slept);
    expect(strangeIn(texts(bridge, `${slept} ${buses}`), edited)).toBe(`${slept} ${buses}`);
    expect(strangeIn(texts(bridge, `${slept} ${buses}`), unlike)).toBe(`${slept} ${buses}`);
    const elsewhere = [
      ...texts(bridge, slept),
      paragraph('thr3', `Trains run again zz6zz. ${reworded}`),
    ];
    const merged = texts(bridge, `${slept} ${reworded}`);
    expect(strangeIn(merged, elsewhere)).toBe(`${slept} ${reworded}`);
  });
});
