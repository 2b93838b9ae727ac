import { describe, expect, it } from 'vitest';
import type { Block, PlainBlock } from '#shared/article';
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
