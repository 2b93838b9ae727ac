import { describe, expect, it } from 'vitest';
import type { Block } from '#shared/article';
import { mergeContents } from '#shared/merge';
import { picture } from '../../helpers/articles.ts';
import { content, paragraph } from '../../shared/merge/arbitrary.ts';
import type { Merging } from './breaks.ts';
import { isPasted } from './pasted.ts';

const one = paragraph('one1', 'The bridge is shut zz1zz.');

function merging(base: Block[], left: Block[], right: Block[]): Merging {
  const { body } = mergeContents(content(base), content(left), content(right)).content;
  return { base, left, right, merged: body };
}

describe('the check of what was cut and pasted', () => {
  const old = { ...picture('e'.repeat(64), 'pic1'), caption: 'The bridge by night.' };
  const pasted = { ...old, $: { id: 'new9' }, caption: 'Crews at work.' };
  const credited = { ...old, caption: 'The bridge by day.', credit: 'Ana Lee' };
  const met = merging([one, old], [pasted, one], [one, credited]);

  it('holds a picture under its new name to the rule of blocks', () => {
    expect(met.merged[0]?.type).toBe('conflict');
    expect(['new9', 'pic1'].map((id) => isPasted(id, met))).toEqual([true, true]);
    expect(isPasted('new9', { ...met, merged: [pasted, one] })).toBe(false);
    expect(isPasted('new9', { ...met, merged: [...met.merged, credited] })).toBe(false);
    const another = { ...old, asset: 'f'.repeat(64) };
    expect(isPasted('new9', { ...met, base: [one, another] })).toBe(false);
  });

  it('knows what is left of a contested text with the rest of a sentence that was cut behind it', () => {
    const [left, more] = ['Her lawyer left out zz3zz.', 'Buses run again zz4zz.'];
    const text = paragraph('two2', `Crews slept zz2zz. ${left}`);
    const longer = paragraph('two2', `Crews slept zz2zz. ${more}`);
    const contested: Block = { type: 'conflict', $: text.$, base: null, versions: [longer, text] };
    const cut = [paragraph('new9', 'Her lawyer left out'), paragraph('new8', 'zz3zz.')];
    const whole = paragraph('new9', left);
    const named = paragraph('new9', `Crews slept zz2zz. ${more}`);
    const now: Block = { type: 'conflict', $: whole.$, base: null, versions: [whole, named] };
    const joined = { base: [one, text], left: [one, ...cut], right: [one, contested] };
    expect(isPasted('new9', { ...joined, merged: [one, now] })).toBe(true);
    expect(isPasted('new9', { ...joined, merged: [one, whole] })).toBe(false);
    const unlike: Block = { ...now, versions: [paragraph('new9', 'zz3zz. Her lawyer'), named] };
    expect(isPasted('new9', { ...joined, merged: [one, unlike] })).toBe(false);
  });
});
