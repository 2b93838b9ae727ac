import { describe, expect, it } from 'vitest';
import { digestOf } from '#shared/api';
import { canonicalJson } from '#shared/article';
import { sectorsOf } from './compared.ts';

const anArticle = (id: string) => ({
  ...{ id, desk: 'news', state: 'draft' as const, head: 'b', sides: ['d', 'c'] },
  ...{ approvedRevision: null, publishedRevision: null, live: false, scheduledAt: null },
  binned: true,
});
const lineOf = (id: string) => ({
  id,
  line: canonicalJson([id, 'draft', 'b', ['c', 'd'], 'news', null, null, false, null, true]),
});

describe('the daily comparison, as the checker works it out', () => {
  it('hashes the lines of each sector, in their order', () => {
    const ids = ['aa01', 'bb01', 'aaff'];
    const theirs = digestOf(ids.map(anArticle)).map(({ sector, hash }) => [sector, hash]);
    expect([...sectorsOf(ids.toReversed().map(lineOf))].sort()).toEqual(theirs.sort());
  });

  it('differs where one article does', () => {
    const [one, other] = ['aa01', 'bb01'].map(lineOf);
    expect(sectorsOf([one!, other!]).get(1)).not.toBe(sectorsOf([one!]).get(1));
  });
});
