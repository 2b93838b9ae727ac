import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { bodyOf, fixture, takeIn } from './take-in.ts';

const seed = fileURLToPath(new URL('../../../../shared/seed/story.txt', import.meta.url));

describe('the seed page', () => {
  it('is recognised in every part', async (context) => {
    if (!existsSync(seed)) context.skip('the seed page is not beside the project');
    const taken = await takeIn({
      name: 'story.txt',
      base64: readFileSync(seed).toString('base64'),
    });
    expect(taken.page).toBe(true);
    expect(taken.fields).toMatchObject({
      section: 'News Room',
      headline: 'Islamic State Defeated, Syrian Force Says',
      byline: [{ name: 'Jeff Seldin' }],
      contributors: [
        { name: 'Fern Robinson', affiliation: 'VOA', kind: 'person' },
        { name: 'Patsy Widakuswara', affiliation: 'VOA', kind: 'person' },
        { name: 'VOA Kurdish Service', affiliation: 'VOA', kind: 'service' },
      ],
      // The generated credit line says the same, so nothing overrides it.
      creditLine: null,
    });
    expect(bodyOf(taken).filter((line) => line.startsWith('h2'))).toEqual([
      'h2: Last scraps of land',
      'h2: Declaring victory',
      'h2: Trump’s Declarations of Victory Over IS',
    ]);
    expect(
      taken.fields.related.map(({ postedOn, publication, desk }) => [postedOn, publication, desk]),
    ).toEqual([
      ['2019-09-04', 'crimeandmoreworld', 'News Desk'],
      ['2019-08-27', 'crimeandmoreworld', 'Copy Editing Desk'],
      ['2019-06-06', 'crimeandmoreworld', 'Copy Editing Desk'],
      ['2019-05-21', 'crimeandmoreworld', 'News Desk'],
      ['2019-05-15', 'crimeandmoreworld', 'Copy Editing Desk'],
    ]);
    for (const { title, teaser } of taken.fields.related) {
      expect(title.length).toBeGreaterThan(40);
      expect(teaser.length).toBeGreaterThan(100);
    }
    const furniture = taken.leftOut.map(({ label }) => label);
    expect(furniture.filter((label) => label === 'Cookie notice')).toHaveLength(4);
    expect(furniture).toContain('Feedback line');
    expect(furniture).toContain('“Powered by” line');
    const body = bodyOf(taken).join('\n');
    expect(body).not.toMatch(/cookie|powered|donations/i);
    expect(taken.body).toHaveLength(22);
  });
});

describe('a page in the same form', () => {
  it('lands in its fields, with subheads, a quote, contributors and related articles', async () => {
    const taken = await takeIn({ name: 'harbour.txt', text: fixture('harbour-page.txt') });
    expect(taken.fields).toMatchObject({
      section: 'News Room',
      headline: 'Dockers Call Off Strike, Harbour Union Says',
      byline: [{ name: 'Anneke Lindqvist' }],
      contributors: [
        { name: 'Rana Saleh', affiliation: 'Valley Radio', kind: 'person' },
        { name: 'Tomás Brandt', affiliation: 'Valley Radio', kind: 'person' },
        { name: 'Valley Radio Kurdish Service', affiliation: 'Valley Radio', kind: 'service' },
      ],
      related: [
        { postedOn: '2026-11-13', publication: 'northcoastnews', desk: 'News Desk' },
        { postedOn: '2026-11-02', publication: 'northcoastnews', desk: 'Copy Editing Desk' },
        { postedOn: '2026-10-30', title: 'Harbour Master to Retire in Spring' },
      ],
    });
    expect(bodyOf(taken).map((line) => line.slice(0, 32))).toEqual([
      'paragraph: The harbour union sai',
      'paragraph: A spokeswoman for the',
      'paragraph: The port authority pl',
      'h2: Two days of silence',
      'paragraph: The strike began earl',
      'paragraph: “Nobody was going to ',
      'paragraph: Both sides have also ',
      'h2: What remains open',
      'quote: “We will walk every metre',
      'paragraph: The union’s members v',
    ]);
  });

  it('puts a declined guess back into the body as a paragraph, in its place', async () => {
    const taken = await takeIn({ name: 'harbour.txt', text: fixture('harbour-page.txt') });
    const declined = taken.guesses
      .filter(({ label }) => ['Headline', 'Subhead', 'Contributors'].includes(label))
      .map(({ id }) => id);
    const adjusted = taken.adjust({ declined });
    expect(adjusted.declined).toEqual(declined);
    expect(adjusted.fields).toMatchObject({
      headline: '',
      contributors: [],
      byline: [{ name: 'Anneke Lindqvist' }],
    });
    const body = bodyOf(adjusted);
    expect(body[0]).toBe('paragraph: Dockers Call Off Strike, Harbour Union Says');
    expect(body[4]).toBe('paragraph: Two days of silence');
    expect(body.at(-1)).toMatch(/^paragraph: Valley Radio’s Rana Saleh/);
    expect(taken.adjust({}).fields.headline).toBe('Dockers Call Off Strike, Harbour Union Says');
  });

  it('puts what was left out back where it stood', async () => {
    const taken = await takeIn({ name: 'harbour.txt', text: fixture('harbour-page.txt') });
    const feedback = taken.leftOut.find(({ label }) => label === 'Feedback line')!;
    const adjusted = taken.adjust({ kept: [feedback.id] });
    expect(adjusted.kept).toEqual([feedback.id]);
    expect(bodyOf(adjusted).at(-1)).toBe(`paragraph: ${feedback.text}`);
    expect(adjusted.leftOut).toHaveLength(taken.leftOut.length);
  });
});

describe('a wire story', () => {
  it('gives slugline, standfirst, byline, dateline and credits', async () => {
    const text = [
      'VALLEY-FLOODS',
      'Rivers crest below record, officials say',
      'Three towns stay evacuated overnight as crews inspect the eastern levee.',
      'By Jonah Okafor',
      'November 14, 2026',
      '',
      'WESTBROOK, Arn County (VP) — The river crested early Saturday, officials said.',
      'The last towns could reopen Monday.',
      'Additional reporting by Ida Berg.',
    ].join('\n');
    const taken = await takeIn({ name: 'wire.txt', text });
    expect(taken.fields).toMatchObject({
      slugline: 'VALLEY-FLOODS',
      headline: 'Rivers crest below record, officials say',
      standfirst: 'Three towns stay evacuated overnight as crews inspect the eastern levee.',
      byline: [{ name: 'Jonah Okafor' }],
      dateline: 'WESTBROOK, Arn County (VP)',
      contributors: [{ name: 'Ida Berg', role: 'Additional reporting' }],
      creditLine: 'Additional reporting by Ida Berg.',
    });
    expect(bodyOf(taken)).toEqual([
      'paragraph: The river crested early Saturday, officials said.',
      'paragraph: The last towns could reopen Monday.',
    ]);
    expect(taken.leftOut).toMatchObject([{ label: 'Date line', text: 'November 14, 2026' }]);
  });

  it('is read in paragraphs where its lines are broken to one width', async () => {
    const text =
      'Rivers crest below record\n\nBy Jonah Okafor\n\nThe river crested 40 centimetres below its 1997 record early on\n' +
      'Saturday, valley officials said, and the last of the evacuated\ntowns could reopen as soon as Monday if the rain stays away from\n' +
      'the upper valley.\n\nCrews found seepage in two places late on Thursday. Neither of\nthem had widened by dawn.\n';
    const { body } = await takeIn({ name: 'wire.txt', text });
    expect(body).toHaveLength(2);
  });

  it('in Kurdish is known by its script and runs from right to left', async () => {
    const text =
      'ڕووبارەکە لە تۆماری ساڵی پێشوو کەمتر هەڵسا\n\nڕووبارەکە بەیانی زووی شەممە چل سانتیمەتر کەمتر هەڵسا، بەرپرسان وتیان، و شارۆچکەکان لە دووشەممەوە دەکرێنەوە.';
    const { fields } = await takeIn({ name: 'kurdi.txt', text });
    expect(fields).toMatchObject({ language: 'ckb', direction: 'rtl' });
  });
});
