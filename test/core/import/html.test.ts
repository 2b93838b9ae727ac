import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pngOf } from '../assets/bytes.ts';
import { bodyOf, fixture, takeIn } from './take-in.ts';

const paste = async (html: string): Promise<string[]> => bodyOf(await takeIn({ html }));

describe('a page from a CMS', () => {
  it('gives its fields by mark-up and by what it says of itself', async () => {
    const { fields, page } = await takeIn({ name: 'page.html', html: fixture('cms-page.html') });
    expect(page).toBe(true);
    expect(fields).toMatchObject({
      section: 'World',
      headline: 'Dockers Call Off Strike',
      standfirst: 'Union and port agree on cable tests after a night of talks',
      byline: [{ name: 'Anneke Lindqvist' }, { name: 'News Desk' }],
      dateline: 'NORRHAMN (NC)',
      contributors: [{ name: 'Rana Saleh', affiliation: 'Valley Radio' }],
      related: [
        {
          title: 'Crane Inspection Was Put Off Twice',
          url: 'https://northcoast.example/crane',
          postedOn: '2026-11-13',
        },
        { title: 'Forty Ships Wait as Talks Stall', url: 'https://northcoast.example/queue' },
      ],
      keywords: ['harbour', 'strike', 'Norrhamn'],
      source: 'The North Coast',
      teaser: 'Forty ships had waited outside Norrhamn for two days.',
      language: 'en-GB',
    });
  });

  it('keeps formats, links, lists, tables and quotes of the body', async () => {
    const taken = await takeIn({ name: 'page.html', html: fixture('cms-page.html') });
    expect(bodyOf(taken)).toEqual([
      'paragraph: The harbour union said Tuesday it has *called off* a strike that kept _forty ships_ waiting.',
      'paragraph: It came after [a night of talks](https://northcoast.example/talks?a=1&b=2), see the [terms](https://northcoast.example/files/terms.pdf).',
      'pullquote: Nobody was going to stand under that crane.',
      'h2: Two days of silence',
      'quote: Everyone knew it.',
      'quote: Tomas Brandt',
      'paragraph: The settlement has three parts:',
      'list: bullet(tests | bullet(by day | by night) | pay for *two days* | a vote)',
      'h3: By the numbers',
      'paragraph: Ships waiting',
      'table: #Day | #Ships || Sunday | 12 || Monday | 40',
      'paragraph: CO,2, at the berth fell, the port said.\\nFigures follow.',
      'horizontalrule',
    ]);
    expect(taken.guesses.find(({ label }) => label === 'Subhead of the second level')?.kind).toBe(
      'changed',
    );
  });

  it('lists everything that it leaves out, with the words and a reason', async () => {
    const { leftOut } = await takeIn({ name: 'page.html', html: fixture('cms-page.html') });
    expect(leftOut.map(({ label }) => label).sort()).toEqual([
      'Button',
      'Cookie notice',
      'Date line',
      'Drawing',
      'Embedded page',
      'Foot of the page',
      'Form',
      'Heading of related articles',
      'Image',
      'Navigation',
      'Scripts',
      'Sidebar',
      'Style sheets',
    ]);
    const image = leftOut.find(({ label }) => label === 'Image')!;
    expect(image.text).toContain('The crane at berth four.');
    expect(image.text).toContain('https://cdn.northcoast.example/crane.jpg');
    for (const { reason } of leftOut) expect(reason).toMatch(/\.$/);
  });

  it('turns an embedded page that is put back into a link card', async () => {
    const taken = await takeIn({ name: 'page.html', html: fixture('cms-page.html') });
    const { id } = taken.leftOut.find(({ label }) => label === 'Embedded page')!;
    expect(bodyOf(taken.adjust({ kept: [id] }))).toContain('embed: https://video.example/embed/42');
  });
});

describe('paste', () => {
  it('reads Word’s lists, quotes and headings and drops its noise', async () => {
    const taken = await takeIn({ html: fixture('word-clipboard.html') });
    expect(taken.page).toBe(false);
    expect(bodyOf(taken)).toEqual([
      'paragraph: The council *met* on\u00a0Monday and again.',
      'h2: What was agreed',
      'list: bullet(A pump for the levee | bullet(paid by the _district_) | A second survey)',
      'paragraph: First steps:',
      'list: number(Measure | Dig)',
      'quote: We did not wait for the rain.',
    ]);
  });

  it('unwraps what Google Docs wraps, and keeps its formats and nested lists', async () => {
    expect(await paste(fixture('google-docs-clipboard.html'))).toEqual([
      'h2: What was agreed',
      'paragraph: The council met *_twice_*, and read [the minutes](https://docs.example/minutes).',
      'list: bullet(A pump | bullet(paid by the district) | A survey)',
      'paragraph: x^2^',
    ]);
  });

  it('finds the paragraphs in a soup of divs and line breaks', async () => {
    expect(
      await paste(
        '<div><div>One <span>and</span> two.<br><br>Three</div>four<div><p>five</p></div></div>',
      ),
    ).toEqual([
      'paragraph: One and two.',
      'paragraph: Three',
      'paragraph: four',
      'paragraph: five',
    ]);
  });

  it('reads malformed HTML as browsers do', async () => {
    expect(await paste('<p>one <b>two <i>three</b> four</i><p>five</div></li><td>six')).toEqual([
      'paragraph: one *two **_three_*_ four_',
      'paragraph: fivesix',
    ]);
  });

  it('never lets a script become more than text', async () => {
    const attack =
      '<script>alert(1)</script><p onclick="alert(1)">Hi<img src=x onerror=alert(1)> <a href="java\nscript:alert(1)">go</a> <a href=" data:text/html,x">on</a></p><svg onload=alert(1)><script>alert(2)</script></svg><iframe src="javascript:alert(1)"></iframe><math><a xlink:href="javascript:alert(1)">m</a></math>';
    const taken = await takeIn({ html: attack });
    expect(bodyOf(taken)).toEqual(['paragraph: Hi', 'paragraph: go on']);
    expect(JSON.stringify(taken.body)).not.toMatch(/alert|javascript|onclick/);
    const everything = taken.adjust({ kept: taken.leftOut.map(({ id }) => id) });
    expect(everything.body.every(({ type }) => type === 'paragraph')).toBe(true);
    expect(taken.leftOut.filter(({ label }) => label === 'Link')).toHaveLength(2);
  });

  it('takes in a picture whose bytes stand in the text, by its bytes and not by its name', async () => {
    const png = pngOf(3, 2, deflateSync(Buffer.alloc(20)));
    const data = (bytes: Uint8Array): string =>
      `data:image/png;base64,${Buffer.from(bytes).toString('base64')}`;
    const taken = await takeIn({
      html: `<figure><img alt="A bridge" src="${data(png)}"><figcaption>The bridge</figcaption></figure><img alt="fake" src="${data(Buffer.from('<svg onload=alert(1)>'))}">`,
    });
    expect(taken.body).toMatchObject([
      {
        type: 'image',
        mime: 'image/png',
        width: 3,
        height: 2,
        caption: 'The bridge',
        alt: 'A bridge',
      },
    ]);
    expect(taken.leftOut).toMatchObject([{ label: 'Image', text: 'fake' }]);
  });

  it('marks paragraphs that run from right to left', async () => {
    const { body } = await takeIn({ html: '<p>ڕووبارەکە هەڵسا</p><p>The river rose.</p>' });
    expect(body.map((block) => ('direction' in block ? block.direction : undefined))).toEqual([
      'rtl',
      undefined,
    ]);
  });
});
