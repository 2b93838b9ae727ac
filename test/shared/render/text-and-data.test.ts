import { sha256Hex, type Block } from '#shared/article';
import { jsonLdText, newsArticleData, renderPlainText } from '#shared/render';
import fc from 'fast-check';
import { parseFragment } from 'parse5';
import { describe, expect, it } from 'vitest';
import { fields, paragraph, picture, subhead, text } from '../../helpers/articles.ts';
import { tries } from '../../helpers/tries.ts';

const facts = {
  url: 'https://courier.example/world/rivers',
  publication: { name: 'The Valley Courier', url: 'https://courier.example' },
  publishedAt: '2026-11-14T12:31:00.000Z',
  updatedAt: '2026-11-14T14:05:00.000Z',
  words: 812,
  assetUrl: (hash: string) => `https://courier.example/media/${hash}`,
};

describe('the plain text of a body', () => {
  it('separates blocks by empty lines and marks list items', () => {
    const item = (words: string) => ({
      type: 'listitem' as const,
      $: { id: `item-${words}` },
      children: [text(words)],
    });
    const list: Block = {
      type: 'list',
      listType: 'number',
      start: 2,
      $: { id: 'list-0001' },
      children: [item('two'), item('three')],
    };
    const note: Block = { ...paragraph('Check this.'), type: 'note' };
    expect(renderPlainText([subhead('Waiting'), paragraph('It rose.'), note, list])).toBe(
      'Waiting\n\nIt rose.\n\n2. two\n3. three',
    );
  });
});

describe('the NewsArticle data of a page', () => {
  it('names authors, contributors, dates and corrections as schema.org does', () => {
    const about = picture(sha256Hex('bridge'));
    const data = newsArticleData(
      fields({
        byline: [
          { id: 'byline-1', name: 'Jonah Okafor' },
          { id: 'byline-2', name: 'News Desk', desk: '0190a5d0-0000-7000-8000-000000000001' },
        ],
        contributors: [
          {
            id: 'contrib-1',
            name: 'Rana Saleh',
            affiliation: 'Valley Radio',
            role: '',
            kind: 'person',
          },
        ],
        corrections: [{ id: 'correction-1', note: 'The river is the Arn.', at: facts.updatedAt }],
        leadImage: { ...about, caption: '', credit: '', alt: '' },
      }),
      facts,
    );
    expect(data).toMatchObject({
      '@type': 'NewsArticle',
      headline: 'Floods close the valley road for a second day',
      author: [
        { '@type': 'Person', name: 'Jonah Okafor' },
        { '@type': 'Organization', name: 'News Desk' },
      ],
      contributor: [{ '@type': 'Person', affiliation: { name: 'Valley Radio' } }],
      creditText: 'Valley Radio’s Rana Saleh contributed to this report.',
      correction: [{ '@type': 'CorrectionComment', text: 'The river is the Arn.' }],
      image: [{ url: facts.assetUrl(about.asset), width: 640 }],
      dateModified: facts.updatedAt,
    });
    expect(data).not.toHaveProperty('dateline');
  });

  it('cannot end the script element it stands in', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('</script><script>alert(1)</script>', '<!--<script>', '\u2028'),
        fc.string(),
        (attack, more) => {
          const data = newsArticleData(fields({ headline: attack + more }), facts);
          const nodes = parseFragment(
            `<script type="application/ld+json">${jsonLdText(data)}</script>`,
          ).childNodes;
          expect(nodes).toHaveLength(1);
          expect(JSON.parse(jsonLdText(data))).toMatchObject({ headline: attack + more });
        },
      ),
      tries(),
    );
  });
});
