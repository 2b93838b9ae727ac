import { describe, expect, it } from 'vitest';
import type { Content } from '#shared/article';
import { mergeContents } from '#shared/merge';
import { content } from '../../shared/merge/arbitrary.ts';
import { fieldRule } from './field-rule.ts';

type Contributors = Content['fields']['contributors'];

const person = (id: string, name: string, affiliation = ''): Contributors[number] => {
  return { id, name, affiliation, role: '', kind: 'person' };
};
const crediting = (...contributors: Contributors): Content => content([], { contributors });

const base = crediting(person('base', 'Omar Haddad'));
const [omar] = base.fields.contributors as [Contributors[number]];
const left = crediting(omar, person('aaaa', 'Sara Ali'));
const right = crediting(omar, person('bbbb', 'Sara Ali', 'Basra'));

const ruleFor = (merged: Content): string | null =>
  fieldRule('contributors', base, left, right, merged);

describe('the check of a person whom both sides added', () => {
  it('lets them stand once, with what each side knows', () => {
    const { content: merged } = mergeContents(base, left, right);
    expect(merged.fields.contributors).toEqual([omar, person('aaaa', 'Sara Ali', 'Basra')]);
    expect(ruleFor(merged)).toBeNull();
  });

  it('lets them stand neither twice nor without what one side knows', () => {
    const twice = crediting(omar, person('aaaa', 'Sara Ali'), person('bbbb', 'Sara Ali', 'Basra'));
    expect(ruleFor(twice)).not.toBeNull();
    expect(ruleFor(crediting(omar, person('aaaa', 'Sara Ali')))).not.toBeNull();
    expect(ruleFor(crediting(omar))).not.toBeNull();
  });

  it('asks for both versions where the two sides say different things of them', () => {
    const other = crediting(omar, person('bbbb', 'Sara Ali', 'Basra'));
    const mine = crediting(omar, person('aaaa', 'Sara Ali', 'Mosul'));
    const { content: merged } = mergeContents(base, mine, other);
    expect(fieldRule('contributors', base, mine, other, merged)).toBeNull();
    const silent = { ...merged, conflicts: [] };
    expect(fieldRule('contributors', base, mine, other, silent)).not.toBeNull();
  });
});
