import {
  blockText,
  bodyText,
  bodyWords,
  countWords,
  readingMinutes,
  slugOf,
  type Block,
  type Suggestion,
} from '#shared/article';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anId, paragraph, subhead, text } from '../../helpers/articles.ts';
import { tries } from '../../helpers/tries.ts';

describe('the word count', () => {
  it.each([
    ['The river rose 1,200.5 metres.', 5],
    ['U.S.-backed forces aren’t there', 4],
    ['— “…” —', 0],
    ['ڕووبارەکە هەڵسا ئەمڕۆ', 3],
    ['Tomás né Brandt', 3],
    ['', 0],
  ])('of “%s” is %i', (words, count) => {
    expect(countWords(words)).toBe(count);
  });

  it('leaves out notes and what is suggested to go', () => {
    const mark: Suggestion = { id: 'mark-0001', by: anId(), at: '2026-11-14T12:00:00Z' };
    const changed: Block = {
      ...paragraph(''),
      children: [
        text('one '),
        { type: 'text', text: 'two ', $: { deleted: mark } },
        { type: 'text', text: 'three', $: { inserted: mark } },
      ],
    };
    const note: Block = { ...paragraph('never counted here'), type: 'note' };
    expect(bodyWords([subhead('A head'), changed, note])).toBe(4);
    expect(bodyText([changed, note])).toBe('one three');
  });

  it('counts of versions that stand side by side only the longest: one of them will stand', () => {
    const contested: Block = {
      type: 'conflict',
      $: { id: 'contested1' },
      base: paragraph('Two words'),
      versions: [null, paragraph('One two three'), paragraph('One two three four')],
    };
    expect(bodyWords([paragraph('Before it'), contested])).toBe(6);
    expect(bodyText([contested])).toBe('One two three\nOne two three four');
  });

  it('counts a list by its items and a table by its cells', () => {
    const item = (words: string) => ({
      type: 'listitem' as const,
      $: { id: `item-${words}` },
      children: [text(words)],
    });
    const list: Block = {
      type: 'list',
      listType: 'bullet',
      $: { id: 'list-0001' },
      children: [item('first'), item('second')],
    };
    expect(blockText(list)).toBe('first\nsecond');
    const cell = (words: string) => ({
      type: 'tablecell' as const,
      children: [{ type: 'paragraph' as const, children: [text(words)] }],
    });
    const table: Block = {
      type: 'table',
      $: { id: 'table-0001' },
      children: [{ type: 'tablerow', $: { id: 'row-00001' }, children: [cell('a'), cell('b')] }],
    };
    expect(bodyWords([list, table])).toBe(4);
  });

  it('gives a reading time of at least a minute', () => {
    expect([0, 230, 231, 812].map(readingMinutes)).toEqual([1, 1, 2, 4]);
  });
});

describe('a URL slug', () => {
  it.each([
    [
      'Rivers Crest Below Record, Valley Officials Say',
      'rivers-crest-below-record-valley-officials-say',
    ],
    ['Trump’s “Victory” — 2019’s last', 'trumps-victory-2019s-last'],
    ['Über Ærø, São Paulo', 'uber-ærø-sao-paulo'],
    ['ڕووبار هەڵسا', 'ڕووبار-هەڵسا'],
    ['!!!', ''],
  ])('of “%s” is “%s”', (headline, slug) => {
    expect(slugOf(headline)).toBe(slug);
  });

  it('has only letters, digits and single hyphens between them, at most 80 characters, whatever the headline', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (headline) => {
        const slug = slugOf(headline);
        expect(slug.length).toBeLessThanOrEqual(80);
        expect(slug).toMatch(/^([\p{L}\p{N}]+(-[\p{L}\p{N}]+)*)?$/u);
        expect(slugOf(slug)).toBe(slug);
      }),
      tries(),
    );
  });
});
