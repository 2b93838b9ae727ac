import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, type Block, type ConflictBlock } from '#shared/article';
import { paragraph } from './arbitrary.ts';
import { merge } from './both-ways.ts';
import { tries } from '../../helpers/tries.ts';

function standing(body: readonly Block[]): unknown[] {
  return body.map((block) =>
    block.type === 'conflict'
      ? block.versions.map((version) => version && blockText(version)).sort()
      : blockText(block),
  );
}

const VOTE = 'The council put off the vote.';
const NEW_VOTE = 'The council put off every vote.';
const [one, two, three] = [
  paragraph('one1', 'The bridge is shut.'),
  paragraph('two2', `Nobody was hurt. ${VOTE} Crews slept.`),
  paragraph('thr3', 'Buses run again. The river is falling.'),
];
const before = [one, two, three];
const moved = [
  paragraph('one1', `The bridge is shut. ${VOTE}`),
  paragraph('two2', 'Nobody was hurt. Crews slept.'),
  three,
];

describe('a sentence that one editor moved to another paragraph', () => {
  it('goes to no place that another of the same id has, in which versions stand', () => {
    const old: ConflictBlock = {
      type: 'conflict',
      $: { id: 'old9' },
      base: null,
      versions: [paragraph('old9', 'What stood here was changed since.'), null],
    };
    const left = `${VOTE} Crews slept in the school.`;
    const merged = merge(
      [paragraph('two2', `Nobody was hurt. ${left}`)],
      [paragraph('two2', left), old],
      [paragraph('old9', `${left} More is said here.`)],
    );
    const ids = merged.map(({ $ }) => $.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('stands there once where the other changed what it went from', () => {
    const edited = [one, paragraph('two2', `Two were hurt. ${VOTE} Crews slept.`), three];
    expect(standing(merge(before, moved, edited))).toEqual([
      `The bridge is shut. ${VOTE}`,
      'Two were hurt. Crews slept.',
      blockText(three),
    ]);
  });

  it('does not stand once more beside versions of what it went to, which two had contested before', () => {
    const goal = paragraph('new4', `The lock is old. ${VOTE}`);
    const contested: Block = {
      type: 'conflict',
      $: { id: 'new4' },
      base: null,
      versions: ['The lock is old.', 'The lock leaks.'].map((words) => paragraph('new4', words)),
    };
    const merged = merge(before, [one, goal, three], [one, contested, two, three]);
    const ids = merged.map(({ $ }) => $.id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('stands there in the words that the other gave it meanwhile', () => {
    const edited = [one, paragraph('two2', `Nobody was hurt. ${NEW_VOTE} Crews slept.`), three];
    expect(standing(merge(before, moved, edited))).toEqual([
      `The bridge is shut. ${NEW_VOTE}`,
      'Nobody was hurt. Crews slept.',
      blockText(three),
    ]);
  });

  it('stands there once where it was all of its paragraph, that stays empty and the other wrote on in it', () => {
    const alone = [one, paragraph('two2', VOTE), three];
    const cut = [one, paragraph('two2', ''), three, paragraph('new4', VOTE)];
    const writtenOn = [one, paragraph('two2', `${VOTE} The mayor will speak.`), three];
    expect(standing(merge(alone, cut, writtenOn))).toEqual([
      blockText(one),
      'The mayor will speak.',
      blockText(three),
      VOTE,
    ]);
  });

  it('stands there beside what the other changed or wrote in its new paragraph', () => {
    const edited = [
      paragraph('one1', 'It rained. The old bridge is shut. Trains run.'),
      two,
      three,
    ];
    const inMiddle = paragraph('thr3', `Buses run again. ${VOTE} The river is falling.`);
    expect(standing(merge(before, moved, edited))[0]).toBe(
      `It rained. The old bridge is shut. Trains run. ${VOTE}`,
    );
    expect(
      standing(
        merge(
          before,
          [one, moved[1] as Block, inMiddle],
          [one, two, paragraph('thr3', 'Buses run again. The river is rising.')],
        ),
      )[2],
    ).toBe(`Buses run again. ${VOTE} The river is rising.`);
  });

  it('goes along when it was made a paragraph of its own', () => {
    const out = [paragraph('new1', VOTE), one, moved[1] as Block, three];
    const edited = [one, paragraph('two2', `Two were hurt. ${NEW_VOTE} Crews slept.`), three];
    expect(standing(merge(before, out, edited))).toEqual([
      NEW_VOTE,
      'The bridge is shut.',
      'Two were hurt. Crews slept.',
      blockText(three),
    ]);
  });

  it('goes along when it was made a paragraph of its own, whatever was taken out before that', () => {
    const page = [paragraph('old4', 'Divers look for cars.'), paragraph('old5', 'It rains.')];
    const quote: Block = { ...one, type: 'quote' };
    const out = [quote, paragraph('new1', VOTE), moved[1] as Block, three];
    const edited = [...page, paragraph('two2', `Two were hurt. ${VOTE} Crews slept.`), three];
    expect(standing(merge([...page, ...before], out, edited))).toEqual([
      ['The bridge is shut.', null],
      VOTE,
      'Two were hurt. Crews slept.',
      blockText(three),
    ]);
  });

  it('goes along behind what it was put behind when it was made a paragraph of its own, wherever the other put the first', () => {
    const out = [one, moved[1] as Block, three, paragraph('new1', VOTE)];
    const turned = [paragraph('two2', `Two were hurt. ${VOTE} Crews slept.`), three, one];
    expect(standing(merge(before, out, turned))).toEqual([
      'Two were hurt. Crews slept.',
      blockText(three),
      VOTE,
      blockText(one),
    ]);
  });

  it('goes along with the rest of its paragraph where it was put before that and the other moved it', () => {
    const text = paragraph('two2', `${VOTE} Nobody was hurt this time.`);
    const out = [one, paragraph('new1', 'Nobody was hurt this time.'), paragraph('two2', VOTE)];
    const turned = [paragraph('two2', `It rains. ${VOTE} Nobody was hurt this time.`), one];
    expect(standing(merge([one, text], out, turned))).toEqual([
      'Nobody was hurt this time.',
      `It rains. ${VOTE}`,
      blockText(one),
    ]);
  });

  it('leaves its paragraph where the other put that, with the words that are new there', () => {
    const [vote, crews] = [
      paragraph('vot4', VOTE),
      paragraph('cre5', 'Crews slept in the school.'),
    ];
    const anew = [
      paragraph('vot4', 'Her lawyer resigned.'),
      paragraph('cre5', `Crews slept in the school. ${VOTE}`),
    ];
    const turned = [paragraph('cre5', 'Crews slept in the old school.'), one, vote];
    expect(standing(merge([vote, crews, one], [...anew, one], turned))).toEqual([
      `Crews slept in the old school. ${VOTE}`,
      'The bridge is shut.',
      'Her lawyer resigned.',
    ]);
  });

  it('leaves no empty paragraph where the other moved what else stood there', () => {
    const both = paragraph('bot4', `${VOTE} Crews slept in the school.`);
    const [mine, theirs] = [
      [
        paragraph('bot4', 'Crews slept in the school.'),
        paragraph('one1', `${VOTE} The bridge is shut.`),
        three,
      ],
      [
        paragraph('bot4', VOTE),
        one,
        paragraph('thr3', `${blockText(three)} Crews slept in the school.`),
      ],
    ];
    expect(standing(merge([both, one, three], mine, theirs))).toEqual([
      `${VOTE} The bridge is shut.`,
      `${blockText(three)} Crews slept in the school.`,
    ]);
  });

  it('puts no empty paragraph to the choice where the other left nothing but that', () => {
    const both = paragraph('bot4', `${VOTE} Crews slept in the school.`);
    const mine = [
      paragraph('bot4', 'Two pumps came by rail.'),
      paragraph('one1', `${VOTE} The bridge is shut.`),
    ];
    const theirs = [paragraph('bot4', VOTE), one];
    const [block] = merge([both, one], mine, theirs);
    expect(block?.type === 'conflict' && block.versions).toEqual([null, mine[0]]);
  });

  it('puts the empty paragraph to the choice that the other left there', () => {
    const both = paragraph('bot4', `${VOTE} Crews slept in the school.`);
    const mine = [
      paragraph('bot4', 'Crews slept in the school.'),
      paragraph('one1', `${VOTE} The bridge is shut.`),
    ];
    const theirs = [paragraph('bot4', ''), one];
    const [block] = merge([both, one], mine, theirs);
    expect(block?.type === 'conflict' && block.versions).toContainEqual(theirs[0]);
  });

  it('is contested where both changed its words, in the one place where it stands', () => {
    const own = VOTE.replace('vote', 'vote again');
    const mine = [paragraph('one1', `The bridge is shut. ${own}`), moved[1] as Block, three];
    const theirs = [one, paragraph('two2', `Two were hurt. ${NEW_VOTE} Crews slept.`), three];
    expect(standing(merge(before, mine, theirs))).toEqual([
      [`The bridge is shut. ${own}`, `The bridge is shut. ${NEW_VOTE}`].sort(),
      'Two were hurt. Crews slept.',
      blockText(three),
    ]);
  });

  it('stays where the other has it when that took its new paragraph out', () => {
    const edited = [paragraph('two2', `Two were hurt. ${NEW_VOTE} Crews slept.`), three];
    expect(standing(merge(before, moved, edited))).toEqual([
      `Two were hurt. ${NEW_VOTE} Crews slept.`,
      blockText(three),
    ]);
  });

  it('is asked about once where the other moved it elsewhere in other words', () => {
    const theirs = [one, moved[1] as Block, paragraph('thr3', `${blockText(three)} ${NEW_VOTE}`)];
    const merged = merge(before, moved, theirs);
    expect(standing(merged)).toEqual([
      ['The bridge is shut.', `The bridge is shut. ${VOTE}`],
      'Nobody was hurt. Crews slept.',
      `${blockText(three)} ${NEW_VOTE}`,
    ]);
    expect(merge(moved, merged, moved)).toEqual(merged);
  });

  it('goes along each by itself where several went and the other has them apart by now', () => {
    const [rain, crews] = ['Rain fell for three days.', 'The crews left on Monday.'];
    const [shut, open] = ['The bridge is shut.', 'The bridge is open.'];
    const page = (first: string, third?: string): Block[] => [
      paragraph('one1', first),
      three,
      ...(third === undefined ? [] : [paragraph('fou4', third)]),
    ];
    const mine = page(`${shut} ${rain} ${crews}`);
    const theirs = page(open, `Rain fell for nine days. ${crews} ${rain}`);
    expect(standing(merge(page(shut, `${rain} ${crews}`), mine, theirs))).toEqual([
      `${open} ${rain} ${crews}`,
      blockText(three),
      'Rain fell for nine days.',
    ]);
  });

  it('stands where it stood again, with its text, where the other took out what it was joined to', () => {
    const [text, other] = [
      paragraph('two2', `Nobody was hurt. ${VOTE}`),
      paragraph('fou4', 'It rains.'),
    ];
    const old = [one, three, text, other];
    const joined = [
      paragraph('one1', `The bridge is shut. Nobody was hurt. ${VOTE} Divers look for cars.`),
      three,
      other,
    ];
    expect(standing(merge(old, joined, [three, text, other]))).toEqual([
      ['The bridge is shut. Divers look for cars.', null],
      'Buses run again. The river is falling.',
      `Nobody was hurt. ${VOTE}`,
      'It rains.',
    ]);
  });

  it('is no new sentence that says the same of another figure', () => {
    const old = [
      paragraph('one1', 'The mayor resigned. Turnout in the capital fell to 41 percent.'),
      paragraph('two2', 'The polls are shut.'),
    ];
    const mine = [
      paragraph(
        'one1',
        'The mayor resigned. Turnout in the capital fell to 41 percent. The crews slept.',
      ),
      paragraph('two2', 'The polls are shut.'),
    ];
    const theirs = [
      paragraph('one1', 'The mayor stays.'),
      paragraph('two2', 'Turnout in the capital fell to 38 percent.'),
    ];
    expect(standing(merge(old, mine, theirs))).toEqual([
      [
        'The mayor resigned. Turnout in the capital fell to 41 percent. The crews slept.',
        'The mayor stays.',
      ],
      'Turnout in the capital fell to 38 percent.',
    ]);
    const reworded = [
      paragraph('one1', 'The mayor stays.'),
      paragraph('two2', 'The polls are shut. Turnout in the capital dropped to 41 percent.'),
    ];
    expect(standing(merge(old, mine, reworded))[0]).toEqual(
      ['The mayor resigned. The crews slept.', 'The mayor stays.'].sort(),
    );
  });

  it('is no new sentence that has only words of others', () => {
    const old = [
      paragraph('one1', 'The mayor denied all of it.'),
      paragraph('two2', 'The mayor denied some of it. Buses run.'),
    ];
    const mine = [
      paragraph('one1', 'The mayor denied all of it. The mayor denied none of it.'),
      paragraph('two2', 'Buses run.'),
    ];
    const theirs = [old[0] as Block, paragraph('two2', 'The mayor denied some of it. Trains run.')];
    const merged = merge(old, mine, theirs);
    expect(merged[0]).toEqual(mine[0]);
    expect(merged[1]?.type).toBe('conflict');
  });
});

/** A paragraph as the sentences in it, each by the name that is in it, and its words as they are by now. */
interface Para {
  id: string;
  sentences: readonly { name: string; words: string }[];
}

const deed = fc.record({ at: fc.nat({ max: 20 }), to: fc.nat({ max: 20 }), own: fc.boolean() });
type Deed = typeof deed extends fc.Arbitrary<infer D> ? D : never;

const say = (name: string, verb = 'met'): { name: string; words: string } => ({
  name,
  words: `The council of ${name} ${verb} once more this week.`,
});

/** Moves sentences of the paragraphs that were there into others of them, or out into one of their own. */
const moving = (start: readonly Para[], deeds: readonly Deed[]): Para[] =>
  deeds.reduce<Para[]>(
    (body, { at, to, own }, step) => {
      const [from, into] = [at % body.length, to % body.length];
      const here = body[from];
      if (!here || here.sentences.length < 2) return body;
      const cut = to % here.sentences.length;
      const said = here.sentences.slice(cut, cut + 1);
      if (!own && !body[into]?.id.startsWith('base')) return body;
      const left = body.with(from, { ...here, sentences: here.sentences.toSpliced(cut, 1) });
      if (own) return left.toSpliced(into, 0, { id: `moved-${String(step)}`, sentences: said });
      return left.map((para, index) =>
        index === into
          ? {
              ...para,
              sentences: para.sentences.toSpliced(at % (para.sentences.length + 1), 0, ...said),
            }
          : para,
      );
    },
    [...start],
  );

/** Rewords sentences, and writes new ones. */
const writing = (start: readonly Para[], deeds: readonly Deed[]): Para[] =>
  deeds.reduce<Para[]>(
    (body, { at, to, own }, step) => {
      const from = at % body.length;
      const here = body[from];
      if (!here) return body;
      const place = to % here.sentences.length;
      const was = here.sentences[place];
      const now =
        own || !was ? [say(`writer${String(step)}`)] : [say(was.name, `sat${String(step)}`)];
      const sentences = here.sentences.toSpliced(place, own ? 0 : 1, ...now);
      return body.with(from, { ...here, sentences });
    },
    [...start],
  );

const asBody = (body: readonly Para[]): Block[] =>
  body.map(({ id, sentences }) => paragraph(id, sentences.map(({ words }) => words).join(' ')));

describe('where one editor moves sentences and the other rewords some and writes new ones', () => {
  it('contests nothing, and each stands once, in the newest words', () => {
    const size = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 5 });
    const deeds = fc.array(deed, { maxLength: 6 });
    fc.assert(
      fc.property(size, deeds, deeds, (sizes, moves, writes) => {
        const start = sizes.map((count, para) => ({
          id: `base-${String(para)}`,
          sentences: Array.from({ length: count }, (_, at) =>
            say(`base-${String(para)}x${String(at)}`),
          ),
        }));
        const [a, b] = [moving(start, moves), writing(start, writes)];
        const merged = merge(...([start, a, b].map(asBody) as [Block[], Block[], Block[]]));
        expect(merged.filter(({ type }) => type === 'conflict')).toEqual([]);
        const said = merged.flatMap((block) => blockText(block).split(/(?<=\.) /)).sort();
        expect(said).toEqual(
          b.flatMap(({ sentences }) => sentences.map(({ words }) => words)).sort(),
        );
      }),
      tries(500),
    );
  });
});
