import { describe, expect, it } from 'vitest';
import { FIELD_NAMES, Fields, type Block } from '#shared/article';
import { joinParts, wholeText } from '#shared/render';
import { content, paragraph, picture } from '../../helpers/articles.ts';

const HASH = 'a'.repeat(64);
const deskName = (): string => 'Copy Editing Desk';
const whole = (of: Parameters<typeof content>[0]): string =>
  joinParts(wholeText(content(of), deskName));

describe('the whole text of an article', () => {
  it('holds every field that somebody can fill', () => {
    const fields = Fields.parse({
      desk: '0192d3a0-0000-7000-8000-000000000001',
      section: 'World',
      slugline: 'VALLEY-FLOODS',
      headline: 'The headline',
      shortHeadline: 'The short one',
      standfirst: 'The standfirst',
      byline: [{ id: 'byline-1', name: 'Mira Hassan' }],
      dateline: 'VALLEY',
      contributors: [{ id: 'person-1', name: 'Rim', role: 'Photographer', affiliation: 'AFP' }],
      creditLine: 'With thanks to all',
      related: [
        {
          id: 'related-1',
          title: 'The dam',
          url: 'https://example.org/dam',
          postedOn: '2026-11-14',
          publication: 'The Post',
          desk: 'Foreign Desk',
          teaser: 'It holds.',
        },
      ],
      leadImage: {
        asset: HASH,
        mime: 'image/png',
        width: 1,
        height: 1,
        caption: 'A bridge',
        credit: 'Rim',
        alt: 'Stone',
      },
      keywords: ['flood', 'dam'],
      subjects: ['weather'],
      language: 'ar',
      direction: 'rtl',
      source: 'Wire',
      usageTerms: 'Once only',
      editorsNote: 'Call back at six',
      urgency: 3,
      embargo: '2026-11-15T06:00:00.000Z',
      corrections: [
        { id: 'correct-1', note: 'The year was wrong.', at: '2026-11-14T12:00:00.000Z' },
      ],
      urlSlug: 'the-slug',
      teaser: 'The teaser',
    });
    expect(FIELD_NAMES.filter((name) => !(name in fields))).toEqual([]);
    expect(whole({ fields, body: ['The body.'] })).toBe(
      `Headline: The headline

Standfirst: The standfirst

Byline: Mira Hassan

Dateline: VALLEY

The body.

Desk: Copy Editing Desk

Section: World

Slugline: VALLEY-FLOODS

Short headline: The short one

Contributors: Rim, Photographer, AFP

Credit line: With thanks to all

Related articles:
The dam · The Post, Foreign Desk, 2026-11-14
https://example.org/dam
It holds.

Lead image:
A bridge
Rim
Stone

Keywords:
flood
dam

Subjects: weather

Language: ar

Text direction: rtl

Source: Wire

Usage terms: Once only

Editor’s note: Call back at six

Urgency: 3

Embargo: 2026-11-15T06:00:00.000Z

Corrections: 2026-11-14T12:00:00.000Z: The year was wrong.

URL slug: the-slug

Teaser: The teaser`,
    );
  });

  it('holds what never prints: notes, links, suggestions, and what a picture says to a screen reader', () => {
    const by = {
      id: 'suggest-1',
      by: '0192d3a0-0000-7000-8000-000000000001',
      at: '2026-11-14T12:00:00.000Z',
    };
    const body: Block[] = [
      { ...paragraph('Ask the mayor.'), type: 'note' },
      {
        ...paragraph(''),
        children: [
          { type: 'text', text: 'It ' },
          { type: 'text', text: 'held', $: { deleted: by } },
          { type: 'text', text: 'broke', $: { inserted: by } },
          { type: 'linebreak' },
          {
            type: 'link',
            url: 'https://example.org/dam',
            children: [{ type: 'text', text: 'as seen' }],
          },
        ],
      },
      picture(HASH),
    ];
    expect(whole({ body })).toContain(
      'Note: Ask the mayor.\n\nIt [-held-]{+broke+}\nas seen (https://example.org/dam)\n\nImage: A bridge\n\n',
    );
  });

  it('holds both versions of what is not settled, in the text and in a field', () => {
    const text = whole({
      body: [
        {
          type: 'conflict',
          $: { id: 'block-conflict' },
          base: paragraph('Two were hurt.'),
          versions: [paragraph('Three were hurt.'), null],
        },
      ],
      conflicts: [
        {
          kind: 'field',
          id: 'conflict-1',
          field: 'dateline',
          base: '',
          versions: ['VALLEY', 'WESTBROOK'],
        },
        { kind: 'unplaced', id: 'conflict-2', blocks: [paragraph('Left over.')] },
      ],
    });
    expect(text).toContain('Versions:\n1. Three were hurt.\n2. Removed');
    expect(text).toContain('Dateline, 2 versions:\n1. VALLEY\n2. WESTBROOK');
    expect(text).toContain('Left over.');
  });
});
