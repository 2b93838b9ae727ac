import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, type Block } from '#shared/article';
import { paragraph } from './arbitrary.ts';
import { merge } from './both-ways.ts';
import { tries } from '../../helpers/tries.ts';

/** What stands in the body: a text, or the versions of one. */
function standing(body: readonly Block[]): (string | (string | null)[])[] {
  return body.map((block) =>
    block.type === 'conflict'
      ? block.versions.map((version) => version && blockText(version)).sort()
      : blockText(block),
  );
}

const LAST = 'The council met late and put off the vote.';
const before = [
  paragraph('one1', 'The bridge is shut.'),
  paragraph('two2', `Nobody was hurt. ${LAST}`),
  paragraph('thr3', 'Buses run again. The river is falling.'),
];
const [one, , three] = before as [Block, Block, Block];
const two = paragraph('two2', 'Nobody was hurt.');

describe('a sentence that two editors moved to two places', () => {
  it('is asked about in one of them and stands in the other', () => {
    const mine = [paragraph('one1', `The bridge is shut. ${LAST}`), two, three];
    const theirs = [one, two, paragraph('thr3', `Buses run again. ${LAST} The river is falling.`)];
    expect(standing(merge(before, mine, theirs))).toEqual([
      ['The bridge is shut.', `The bridge is shut. ${LAST}`],
      'Nobody was hurt.',
      blockText(theirs[2]!),
    ]);
  });

  it('is rather left out where it would be a paragraph of its own', () => {
    const mine = [paragraph('one1', `The bridge is shut. ${LAST}`), two, three];
    const theirs = [one, two, three, paragraph('new1', LAST)];
    expect(standing(merge(before, mine, theirs))).toEqual([
      `The bridge is shut. ${LAST}`,
      'Nobody was hurt.',
      blockText(three),
      [LAST, null].sort(),
    ]);
  });

  it('is known again in capitals, in a heading, and behind words without a full stop', () => {
    const heading: Block = {
      type: 'heading',
      tag: 'h2',
      $: { id: 'new1' },
      children: [{ type: 'text', text: LAST.toUpperCase().slice(0, -1) }],
    };
    const mine = [one, two, heading, three];
    const theirs = [paragraph('one1', `The bridge is shut ${LAST}`), two, three];
    expect(standing(merge(before, mine, theirs))).toEqual([
      `The bridge is shut ${LAST}`,
      'Nobody was hurt.',
      [blockText(heading), null].sort(),
      blockText(three),
    ]);
  });

  it('is asked about also where it stood in each version of what both settled', () => {
    const contested = {
      type: 'conflict',
      $: { id: 'two2' },
      base: two,
      versions: [before[1], paragraph('two2', `Nobody was badly hurt. ${LAST}`)],
    } as Block;
    const mine = [one, two, paragraph('new1', LAST), three];
    const theirs = [paragraph('one1', `The bridge is shut. ${LAST}`), two, three];
    expect(standing(merge([one, contested, three], mine, theirs))).toEqual([
      `The bridge is shut. ${LAST}`,
      'Nobody was hurt.',
      [LAST, null].sort(),
      blockText(three),
    ]);
  });

  it('may be an item of a list', () => {
    const list: Block = {
      type: 'list',
      listType: 'bullet',
      $: { id: 'list' },
      children: [
        { type: 'listitem', $: { id: 'i111' }, children: [{ type: 'text', text: LAST }] },
        { type: 'listitem', $: { id: 'i222' }, children: [{ type: 'text', text: 'It rains.' }] },
      ],
    };
    const inMiddle = paragraph('thr3', `Buses run again. ${LAST} Nobody slept.`);
    const merged = merge(before, [one, two, three, list], [one, two, inMiddle]);
    expect(standing(merged)).toEqual([
      'The bridge is shut.',
      'Nobody was hurt.',
      blockText(inMiddle),
      ['It rains.', `${LAST}\nIt rains.`],
    ]);
  });

  it('stands twice without a word where one editor wrote it twice', () => {
    const mine = [
      paragraph('one1', `The bridge is shut. ${LAST}`),
      two,
      three,
      paragraph('new1', LAST),
    ];
    const theirs = [one, two, three];
    expect(standing(merge(before, mine, theirs))).toEqual(standing(mine));
  });

  it('is no two words that many sentences have', () => {
    const old = [one, paragraph('head', 'The mayor'), three];
    const mine = [one, three, paragraph('new1', 'The mayor met the council.')];
    const theirs = [paragraph('new2', 'The mayor left early.'), one, three];
    expect(standing(merge(old, mine, theirs))).toEqual([
      'The mayor left early.',
      'The bridge is shut.',
      blockText(three),
      'The mayor met the council.',
    ]);
  });
});

/** A paragraph as the sentences in it, each of which can be told from every other. */
interface Para {
  id: string;
  sentences: readonly string[];
}

const deed = fc.record({
  do: fc.constantFrom(
    'move',
    'move',
    'out',
    'split',
    'subhead',
    'join',
    'paste',
    'write',
    'reword',
  ),
  at: fc.nat({ max: 20 }),
  to: fc.nat({ max: 20 }),
});
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

let written = 0;
const sentence = (who: string): string =>
  `The ${who} ${String((written += 1))} met once more this week.`;

function play(start: readonly Para[], deeds: readonly Deed[], who: string): Para[] {
  const body = [...start];
  deeds.forEach(({ do: what, at, to }, step) => {
    const [from, into] = [at % body.length, to % body.length];
    const [here, there] = [body[from], body[into]];
    const fresh = `${who}-${String(step)}`;
    if (!here || !there) return;
    const cut = to % here.sentences.length;
    const [said, rest] = [here.sentences.slice(cut, cut + 1), here.sentences.toSpliced(cut, 1)];
    if (what === 'write')
      body[from] = { ...here, sentences: here.sentences.toSpliced(cut, 0, sentence(who)) };
    else if (what === 'reword') {
      const again = (here.sentences[cut] ?? '').replace(/this .*/, `this ${fresh}.`);
      body[from] = { ...here, sentences: here.sentences.with(cut, again) };
    } else if (what === 'paste') {
      body.splice(from, 1);
      body.splice(into, 0, { ...here, id: fresh });
    } else if (what === 'join' && from > 0 && body[from - 1]) {
      const before = body[from - 1]!;
      body.splice(from - 1, 2, { ...before, sentences: [...before.sentences, ...here.sentences] });
    } else if (what === 'split' || what === 'subhead') {
      if (cut === 0) return;
      body[from] = { ...here, sentences: here.sentences.slice(0, cut) };
      const half = { id: fresh, sentences: here.sentences.slice(cut) };
      const subhead = { id: `${fresh}-subhead`, sentences: [sentence(who)] };
      body.splice(from + 1, 0, ...(what === 'split' ? [] : [subhead]), half);
    } else if (what === 'out' && rest.length > 0) {
      body[from] = { ...here, sentences: rest };
      body.splice(into, 0, { id: fresh, sentences: said });
    } else if (what === 'move' && rest.length > 0 && here !== there) {
      body[from] = { ...here, sentences: rest };
      const place = at % (there.sentences.length + 1);
      body[into] = { ...there, sentences: there.sentences.toSpliced(place, 0, ...said) };
    }
  });
  return body;
}

const asBody = (body: readonly Para[]): Block[] =>
  body.map(({ id, sentences }) => paragraph(id, sentences.join(' ')));

/** How often a sentence stands for certain, and at most, whatever is chosen. */
function times(body: readonly Block[], words: string): { least: number; most: number } {
  const counts = body.map((block) => {
    const versions = block.type === 'conflict' ? block.versions : [block];
    return versions.map((one) => (one ? blockText(one).split(words).length - 1 : 0));
  });
  const sum = (pick: (...of: number[]) => number): number =>
    counts.reduce((all, of) => all + pick(...of), 0);
  return { least: sum(Math.min), most: sum(Math.max) };
}

describe('whatever two editors do to sentences', () => {
  it('leaves none standing twice untold, and drops none', () => {
    const size = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
    const deeds = fc.array(deed, { maxLength: 5 });
    fc.assert(
      fc.property(size, deeds, deeds, (sizes, ofA, ofB) => {
        const start = sizes.map((count, index) => ({
          id: `base-${String(index)}`,
          sentences: Array.from({ length: count }, () => sentence('council')),
        }));
        const [a, b] = [play(start, ofA, 'mayor'), play(start, ofB, 'crew')];
        const merged = merge(...([start, a, b].map(asBody) as [Block[], Block[], Block[]]));
        for (const words of new Set([...a, ...b].flatMap(({ sentences }) => sentences))) {
          // In whatever words it goes on, a sentence keeps the number that is in it.
          const { least, most } = times(merged, words.replace(/ met .*/, ' met '));
          expect(least).toBeLessThanOrEqual(1);
          expect(most).toBeGreaterThanOrEqual(1);
        }
      }),
      tries(1000),
    );
  });
});
