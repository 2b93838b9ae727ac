import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, canonicalJson, type Block, type Content } from '#shared/article';
import { mergeContents } from '#shared/merge';
import { act, content, paragraph, play, type Act } from './arbitrary.ts';
import { tries } from '../../helpers/tries.ts';

function script<W extends string>(who: W) {
  return fc.record({
    who: fc.constant(who),
    acts: fc.array(act, { maxLength: 5 }),
    headline: fc.constantFrom('Rivers crest', `Rivers crest, says ${who}`),
    keyword: fc.constantFrom('flood', `flood-${who}`),
  });
}

/** What several editors did to one article, each without the others. */
const meeting = fc.record({
  size: fc.integer({ min: 1, max: 6 }),
  scripts: fc.tuple(script('A'), script('B'), script('C')),
});

type Script = { who: string; acts: Act[]; headline: string; keyword: string };

function before(size: number): Content {
  const body = Array.from({ length: size }, (_, index) =>
    paragraph(`base-${String(index)}`, `base text ${String(index)}`),
  );
  return content(body, { headline: 'Rivers crest', keywords: ['flood'] });
}

function after(base: Content, { who, acts, headline, keyword }: Script): Content {
  const keywords = [...new Set([...base.fields.keywords, keyword])];
  return content(play(base.body, acts, who), { headline, keywords });
}

function join(base: Content, a: Content, b: Content): Content {
  return mergeContents(base, a, b).content;
}

/** Every text that stands in the content, those in conflicts included. */
function wordsIn({ fields, body, conflicts }: Content): Set<string> {
  const kept = conflicts.flatMap((conflict) =>
    conflict.kind === 'field' ? conflict.versions : conflict.blocks.map(blockText),
  );
  return new Set([
    fields.headline,
    ...fields.keywords,
    ...body.flatMap((block) => blockText(block).split('\n')),
    ...kept.map(String),
  ]);
}

function ids(body: readonly Block[]): string[] {
  return body.map((block) => block.$.id);
}

const RUNS = tries(1000);

describe('however editors meet', () => {
  it('gives the same bytes whichever side is named first, in any layer of meetings', () => {
    fc.assert(
      fc.property(meeting, ({ size, scripts: [one, two, three] }) => {
        const base = before(size);
        const [a, b, c] = [after(base, one), after(base, two), after(base, three)];
        const first = join(base, a, b);
        expect(canonicalJson(join(base, b, a))).toBe(canonicalJson(first));
        expect(canonicalJson(join(base, c, first))).toBe(canonicalJson(join(base, first, c)));
      }),
      RUNS,
    );
  });

  it('adds nothing when the result meets either side again', () => {
    fc.assert(
      fc.property(meeting, ({ size, scripts: [one, two] }) => {
        const base = before(size);
        const [a, b] = [after(base, one), after(base, two)];
        const merged = join(base, a, b);
        expect(canonicalJson(join(a, merged, a))).toBe(canonicalJson(merged));
        expect(canonicalJson(join(b, b, merged))).toBe(canonicalJson(merged));
        // From the old base, too, no word comes twice and none goes.
        const again = join(base, merged, a);
        expect(wordsIn(again)).toEqual(wordsIn(merged));
        expect(ids(again.body).sort()).toEqual(ids(merged.body).sort());
      }),
      RUNS,
    );
  });

  it('keeps what each of three wrote, in whatever order they meet', () => {
    fc.assert(
      fc.property(meeting, ({ size, scripts: [one, two, three] }) => {
        const base = before(size);
        const sides = [after(base, one), after(base, two), after(base, three)] as const;
        const known = wordsIn(base);
        const orders = [
          [0, 1, 2],
          [1, 2, 0],
          [2, 0, 1],
        ] as const;
        const results = orders.map(([x, y, z]) =>
          join(base, join(base, sides[x], sides[y]), sides[z]),
        );
        for (const merged of results) {
          const words = wordsIn(merged);
          for (const side of sides)
            for (const word of wordsIn(side)) if (!known.has(word)) expect(words).toContain(word);
          expect(new Set(ids(merged.body)).size).toBe(merged.body.length);
        }
        const [first, ...others] = results.map((merged) =>
          [...wordsIn(merged)].filter((word) => !known.has(word)).sort(),
        );
        for (const other of others) expect(other).toEqual(first);
      }),
      RUNS,
    );
  });

  it('writes no word that nobody wrote', () => {
    fc.assert(
      fc.property(meeting, ({ size, scripts: [one, two] }) => {
        const base = before(size);
        const [a, b] = [after(base, one), after(base, two)];
        const written = new Set([...wordsIn(base), ...wordsIn(a), ...wordsIn(b)]);
        for (const word of wordsIn(join(base, a, b))) expect(written).toContain(word);
      }),
      RUNS,
    );
  });
});

describe('a long article', () => {
  it('of 10,000 words has what thirty edits of each side made of it', () => {
    const sentence = 'The river rose in the night and officials told residents to leave at once.';
    const body = Array.from({ length: 180 }, (_, index) =>
      paragraph(`para-${String(index)}`, `${String(index)} ${`${sentence} `.repeat(4)}`),
    );
    const edited = (from: (index: number) => string): Block[] =>
      body.map((block, index) => paragraph(block.$.id, `${from(index)}${blockText(block)}`));
    const by = (who: string, at: number) => (index: number) => (index % 6 === at ? `${who} ` : '');
    const [a, b] = [edited(by('A', 1)), edited(by('B', 3))];
    const both = edited((index) => by('A', 1)(index) + by('B', 3)(index));
    expect(join(content(body), content(a), content(b)).body).toEqual(both);
  });
});
