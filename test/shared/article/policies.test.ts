import {
  creditLineOf,
  defaultDeskProfile,
  generateCreditLine,
  joinNames,
  lengthOf,
  readinessOf,
  safeLink,
  safeWebUrl,
  sha256Hex,
  type Block,
  type Contributor,
} from '#shared/article';
import { describe, expect, it } from 'vitest';
import { content, paragraph, picture } from '../../helpers/articles.ts';

const credit = (
  name: string,
  affiliation = '',
  kind: Contributor['kind'] = 'person',
): Contributor => ({ id: `contrib-${name.length}`, name, affiliation, role: '', kind });

describe('the credit line', () => {
  it('joins names as English prints them', () => {
    expect([[], ['A'], ['A', 'B'], ['A', 'B', 'C']].map(joinNames)).toEqual([
      '',
      'A',
      'A and B',
      'A, B and C',
    ]);
  });

  it('names an affiliation once, before the first who shares it', () => {
    const people = [
      credit('Rana Saleh', 'Valley Radio'),
      credit('Tomás Brandt', 'Valley Radio'),
      credit('Valley Radio Kurdish Service', 'Valley Radio', 'service'),
    ];
    expect(generateCreditLine(people)).toBe(
      'Valley Radio’s Rana Saleh, Tomás Brandt and Valley Radio Kurdish Service contributed to this report.',
    );
    expect(
      generateCreditLine([credit('Ida Berg', 'Reuters'), credit('Ali Haidari', 'Valley Radio')]),
    ).toBe('Reuters’ Ida Berg and Valley Radio’s Ali Haidari contributed to this report.');
  });

  it('gives way to what was written by hand, even to nothing', () => {
    const contributors = [credit('Ida Berg')];
    expect(creditLineOf({ contributors, creditLine: null })).toBe(
      'Ida Berg contributed to this report.',
    );
    expect(creditLineOf({ contributors, creditLine: '' })).toBe('');
    expect(generateCreditLine([])).toBe('');
  });
});

describe('the URL policy', () => {
  it.each([
    ['https://news.example/a b', 'https://news.example/ab'],
    ['HTTP://News.example', 'http://news.example/'],
    ['mailto:desk@news.example', 'mailto:desk@news.example'],
    ['tel:+4712345678', 'tel:+4712345678'],
  ])('links %s', (given, link) => {
    expect(safeLink(given)).toBe(link);
  });

  it.each([
    'javascript:alert(1)',
    ' java\nscript:alert(1)',
    'JaVaScRiPt:alert(1)',
    '\u0001javascript:alert(1)',
    'java\u200bscript:alert(1)',
    'data:text/html,x',
    'file:///etc/passwd',
    'vbscript:x',
    'blob:https://a/b',
    '/relative',
    '#part',
    '',
    'x',
  ])('never links %j', (given) => {
    expect(safeLink(given)).toBeNull();
  });

  it('fetches and embeds web addresses without credentials only', () => {
    expect(safeWebUrl('https://news.example/')).toBe('https://news.example/');
    for (const given of [
      'mailto:a@b.example',
      'https://user:secret@news.example/',
      'ftp://news.example/',
    ])
      expect(safeWebUrl(given)).toBeNull();
  });
});

describe('what stands between an article and print', () => {
  const profile = { ...defaultDeskProfile(), headlineLimit: 20 };
  const codes = (of: Parameters<typeof content>[0]): string[] =>
    readinessOf(content(of), profile).map(({ code, state }) => `${state} ${code}`);

  it('is nothing but the length of the headline for a whole article', () => {
    expect(codes({ fields: { headline: 'Floods close road' } })).toEqual([
      'ok length-headline',
      'ok present-section',
      'ok present-byline',
    ]);
  });

  it('is each required field that is missing, and a body without words', () => {
    expect(codes({ fields: { headline: '', section: ' ', byline: [] }, body: [] })).toEqual([
      'block missing-section',
      'block missing-headline',
      'block missing-byline',
      'block missing-body',
    ]);
  });

  it('warns of a long headline and of pictures that say nothing', () => {
    const silent: Block = { ...picture(sha256Hex('bridge')), alt: '' };
    const found = codes({
      fields: { headline: 'Floods close the valley road again' },
      body: ['Words.', silent],
    });
    expect(found).toContain('warn length-headline');
    expect(found).toContain('warn alt-text');
  });

  it('is every block and card with two versions', () => {
    const conflict: Block = {
      type: 'conflict',
      $: { id: 'conflict-1' },
      base: null,
      versions: [null, paragraph('Theirs')],
    };
    const card = { kind: 'unplaced' as const, id: 'card-0001', blocks: [paragraph('Lost')] };
    const items = readinessOf(content({ body: [conflict], conflicts: [card] }), profile);
    expect(items.find(({ code }) => code === 'conflicts')).toMatchObject({
      state: 'block',
      detail: '2 to settle',
    });
  });

  it('counts characters as a reader does', () => {
    expect(lengthOf('né👩‍👩‍👧‍👦')).toBe(3);
  });
});
