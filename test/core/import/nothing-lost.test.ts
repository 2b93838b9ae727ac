import { blockText, creditLineOf, Fields, Body } from '#shared/article';
import type { ImportProposal } from '#shared/contract';
import fc from 'fast-check';
import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fixture, takeIn } from './take-in.ts';
import { tries } from '../../helpers/tries.ts';

const WORD = /[\p{L}\p{N}]+/gu;

/** Words that a field says in another way: labels, and dates in their one form. */
const TOLD_OTHERWISE =
  /^(by|and|posted|on|january|february|march|april|may|june|july|august|september|october|november|december|(mon|tues|wednes|thurs|fri|satur|sun)day)$/i;

function counted(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(WORD)) counts.set(word, (counts.get(word) ?? 0) + 1);
  return counts;
}

function everythingIn({ fields, body, leftOut }: ImportProposal): string {
  const related = fields.related.flatMap(({ title, teaser, publication, desk, postedOn }) => {
    // A date is told as words in the source and as figures in the field.
    const [year = '', month = '', day = ''] = postedOn.split('-');
    return [title, teaser, publication, desk, year, day, String(Number(day)), month];
  });
  const head = [
    fields.section,
    fields.headline,
    fields.standfirst,
    fields.dateline,
    creditLineOf(fields),
  ];
  const blocks = body.map(blockText);
  return [
    ...head,
    ...fields.byline.map(({ name }) => name),
    ...related,
    ...blocks,
    ...leftOut.map(({ text }) => text),
  ].join('\n');
}

function missing(source: string, proposal: ImportProposal): string[] {
  const there = counted(everythingIn(proposal));
  return [...counted(source)]
    .filter(([word, count]) => (there.get(word) ?? 0) < count && !TOLD_OTHERWISE.test(word))
    .map(([word]) => word);
}

const seed = new URL('../../../../shared/seed/story.txt', import.meta.url);

const line = fc.oneof(
  fc.constantFrom(...fixture('harbour-page.txt').split('\n')),
  fc.lorem({ maxCount: 3, mode: 'sentences' }),
  fc.lorem({ maxCount: 4 }),
  fc.constantFrom(
    'By Anneke Lindqvist and Rana Saleh',
    '• one point',
    '• another',
    '> quoted line',
    '## Marked',
    '***',
    'See also',
    '4 September 2019',
    'Additional reporting by Tomas Brandt; editing by Pilar Anand',
    'NORRHAMN (NC) — It rained.',
  ),
  fc.string({ unit: 'grapheme', maxLength: 40 }),
);

describe('taking in', () => {
  it('loses no word of the seed page', async (context) => {
    if (!existsSync(seed)) context.skip('the seed page is not beside the project');
    const text = readFileSync(seed, 'utf8');
    expect(missing(text, await takeIn({ name: 'story.txt', text }))).toEqual([]);
  });

  it('loses no word of a text page', async () => {
    const text = fixture('harbour-page.txt');
    expect(missing(text, await takeIn({ name: 'page.txt', text }))).toEqual([]);
  });

  it('loses no word, whatever lines come in whatever order, whichever guesses are declined', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(line, { minLength: 1, maxLength: 14 }),
        fc.constantFrom('', '\n'),
        fc.boolean(),
        fc.array(fc.nat(12)),
        async (lines, gap, file, choices) => {
          const text = lines.join(`\n${gap}`);
          fc.pre(/\p{L}/u.test(text));
          const taken = await takeIn({ name: file ? 'page.txt' : '', text });
          const declined = choices.flatMap((choice) => taken.guesses[choice]?.id ?? []);
          const proposal = taken.adjust({ declined });
          expect(missing(text, taken)).toEqual([]);
          expect(missing(text, proposal)).toEqual([]);
          expect(Fields.safeParse(proposal.fields).error).toBeUndefined();
          expect(Body.safeParse(proposal.body).error).toBeUndefined();
        },
      ),
      tries(300),
    );
  });

  it('gives every block an id of its own', async () => {
    const taken = await takeIn({ name: 'page.html', html: fixture('cms-page.html') });
    const ids = taken.body.map(({ $ }) => $.id);
    expect(new Set(ids).size).toBe(ids.length);
  });
});
