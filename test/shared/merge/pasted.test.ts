import { describe, expect, it } from 'vitest';
import {
  blockText,
  canonicalJson,
  type Block,
  type ListBlock,
  type PlainBlock,
} from '#shared/article';
import { mergeContents, movedBlocks } from '#shared/merge';
import { content, paragraph } from './arbitrary.ts';
import { merge } from './both-ways.ts';

function list(id: string, ...items: [id: string, text: string][]): ListBlock {
  return {
    type: 'list',
    listType: 'bullet',
    $: { id },
    children: items.map(([item, text]) => ({
      type: 'listitem',
      $: { id: item },
      children: [{ type: 'text', text }],
    })),
  };
}

const one = paragraph('one1', 'The bridge is shut.');
const two = paragraph('two2', 'Crews worked all night.');
const three = paragraph('thr3', 'Nobody was hurt.');
const body = [one, two, three];
const under = (id: string, block: PlainBlock): PlainBlock => ({ ...block, $: { ...block.$, id } });

describe('a block that one editor cut and pasted elsewhere', () => {
  it('takes the words with it that the other gave it', () => {
    const edited = paragraph('two2', 'Two crews worked all night.');
    expect(merge(body, [under('new9', two), one, three], [one, edited, three])).toEqual([
      under('new9', edited),
      one,
      three,
    ]);
  });

  it('becomes the quote that the other made of it', () => {
    const quote: Block = { ...two, type: 'quote' };
    expect(merge(body, [under('new9', two), one, three], [one, quote, three])[0]).toEqual({
      ...quote,
      $: { id: 'new9' },
    });
  });

  it('stands once where both moved it, and is told', () => {
    const four = paragraph('fou4', 'Buses run.');
    const before = [...body, four];
    const [a, b] = [
      [under('new9', two), one, three, four],
      [one, three, four, under('new8', two)],
    ];
    const merged = merge(before, a, b);
    expect(merged.map((block) => blockText(block)).sort()).toEqual(
      before.map((block) => blockText(block)).sort(),
    );
    expect(movedBlocks(merged, before, a, b).apart.map((block) => blockText(block))).toEqual([
      blockText(two),
    ]);
  });

  it('is known again when it was written on', () => {
    const mine = [paragraph('new9', 'Crews worked all night long.'), one, three];
    const theirs = [one, three, under('new8', two)];
    expect(
      merge(body, mine, theirs).filter((block) => canonicalJson(block).includes('Crews')),
    ).toEqual([paragraph('new8', 'Crews worked all night long.')]);
    const [contested, ...rest] = merge(body, mine, [
      one,
      paragraph('two2', 'Two crews worked all night.'),
      three,
    ]);
    expect(contested).toMatchObject({ type: 'conflict', $: { id: 'new9' } });
    expect(rest).toEqual([one, three]);
  });

  it('is not known by words that others have too', () => {
    const base = [
      paragraph('one1', 'The mayor denied all of it.'),
      paragraph('two2', 'The mayor denied some of it.'),
    ];
    const mine = [base[0] as Block, paragraph('new9', 'The mayor denied none of it.')];
    const theirs = [base[0] as Block, paragraph('two2', 'The mayor denied some of it, twice.')];
    expect(merge(base, mine, theirs).map(({ $ }) => $.id)).toEqual(['one1', 'new9', 'two2']);
  });

  it('is not known by words that stand scattered over what is new', () => {
    const mine = [
      paragraph('new9', 'Crews are paid for what they worked; of all that, a night is one part.'),
      one,
      three,
    ];
    const heading: Block = { ...two, type: 'heading', tag: 'h2' };
    const merged = merge(body, mine, [one, heading, three]);
    expect(merged).toContainEqual(mine[0]);
    expect(merged.filter(({ type }) => type === 'conflict')).toHaveLength(1);
  });

  it('is not the rest of one that still stands, to which it was joined', () => {
    const crews = paragraph('two2', 'Crews worked all night. Nobody slept here. Trains were late.');
    const [half, rest] = [
      paragraph('two2', 'Crews worked'),
      paragraph('new4', 'all night. Nobody slept here. Trains were late. The bridge is shut.'),
    ];
    const merged = merge([crews, one], [half, rest], [crews]);
    expect(merged).toEqual([half, rest]);
  });

  it('may be a list, with a new item of the other', () => {
    const before = list('list', ['i111', 'One'], ['i222', 'Two']);
    const pasted = list('new9', ['j111', 'One'], ['j222', 'Two']);
    const longer = list('list', ['i111', 'One'], ['i222', 'Second'], ['i333', 'Three']);
    expect(merge([one, before], [pasted, one], [one, longer])).toEqual([
      list('new9', ['j111', 'One'], ['j222', 'Second'], ['i333', 'Three']),
      one,
    ]);
  });

  it('is not guessed where two say the same', () => {
    const twin = under('two4', two);
    const edited = paragraph('two2', 'Two crews worked all night.');
    const merged = merge(
      [...body, twin],
      [under('new9', two), one, three],
      [one, edited, three, twin],
    );
    expect(merged.filter(({ type }) => type === 'conflict')).toHaveLength(1);
  });

  it('is not guessed from two words, which any new text may have', () => {
    const heading = paragraph('two2', 'The mayor');
    const mine = [one, three, paragraph('new1', 'The mayor met the council.')];
    const theirs = [paragraph('new2', 'The mayor left early.'), one, three];
    const merged = merge([one, heading, three], mine, theirs);
    expect(merged).toEqual([theirs[0], one, three, mine[2]]);
  });

  it('is not guessed from two of three words either, as half a sentence may have them', () => {
    const minister = paragraph('one1', 'The minister is away.');
    const [half, rest] = [paragraph('hal2', 'The minister denied'), paragraph('res3', 'it all.')];
    const mine = [paragraph('new4', 'The council denied that.'), minister, rest];
    expect(merge([minister, half, rest], mine, [minister, rest])).toEqual(mine);
  });

  it('stays as it was pasted where the other left it alone', () => {
    const moved = [under('new9', two), one, three];
    expect(merge(body, moved, body)).toEqual(moved);
  });

  it('is gone, and told, where the other took it out, and contested where it was written on', () => {
    const four = paragraph('fou4', 'Buses run.');
    const before = [...body, four];
    const [moved, removed] = [
      [under('new9', two), one, three, four],
      [one, three, four],
    ];
    const merged = merge(before, moved, removed);
    expect(merged).toEqual(removed);
    expect(
      movedBlocks(merged, before, moved, removed).removed.map((block) => blockText(block)),
    ).toEqual([blockText(two)]);
    // Whoever is told of it may be either of the two.
    expect(movedBlocks(merged, before, removed, moved).removed).toEqual(
      movedBlocks(merged, before, moved, removed).removed,
    );
    const edited = paragraph('new9', 'Crews worked all night long.');
    expect(merge(before, [edited, one, three, four], removed)[0]).toMatchObject({
      type: 'conflict',
      versions: expect.arrayContaining([null, edited]) as unknown,
    });
  });

  it('is known again by what is left of it', () => {
    const long = paragraph('two2', 'Crews worked all night. Nobody was hurt in the flood.');
    const left = paragraph('new9', 'Nobody was hurt in the flood.');
    const moved = paragraph(
      'new8',
      'Crews worked all night. Nobody was hurt in the flood, at all.',
    );
    const merged = merge([one, long], [one, left], [moved, one]);
    expect(merged).toHaveLength(2);
    expect(merged.filter(({ type }) => type === 'conflict')).toHaveLength(1);
  });

  it('is looked for by its own words, so that a text pasted anew as a whole costs no minutes', () => {
    const common = 'the river rose and crews worked while nobody was hurt '.repeat(6);
    const texts = Array.from({ length: 120 }, (_, index) => `${common} ${index} of it`);
    const before = texts.map((text, index) => paragraph(`old-${index}`, text));
    const anew = texts.map((text, index) => paragraph(`new-${index}`, `${text}, they say`));
    const edited = texts.map((text, index) => paragraph(`old-${index}`, `${text} again`));
    const merged = mergeContents(content(before), content(anew), content(edited));
    expect(merged.content.body.map(({ $ }) => $.id)).toEqual(anew.map(({ $ }) => $.id));
    expect(merged.conflicts).toBe(texts.length);
  });
});

describe('an item that one editor cut and pasted', () => {
  const [pumps, boats, beds] = [
    ['i111', 'Three pumps run.'],
    ['i222', 'Nine boats wait.'],
    ['i333', 'Forty beds stand ready.'],
  ] as const satisfies [string, string][];
  const before = [list('one1', [...pumps], [...boats], [...beds])];
  const moved = [list('one1', [...boats], [...beds], ['i999', pumps[1]])];

  it('takes the words with it that the other gave it', () => {
    const edited = [list('one1', ['i111', 'Four pumps run.'], [...boats], [...beds])];
    expect(merge(before, moved, edited)).toEqual([
      list('one1', [...boats], [...beds], ['i999', 'Four pumps run.']),
    ]);
  });

  it('is gone where the other took it out, and stands where that was written on', () => {
    const without = [list('one1', [...boats], [...beds])];
    expect(merge(before, moved, without)).toEqual(without);
    const writtenOn = [list('one1', [...boats], [...beds], ['i999', 'Three pumps run today.'])];
    const [standing] = merge(before, writtenOn, without);
    expect(standing).toMatchObject({ type: 'conflict', versions: [writtenOn[0], without[0]] });
  });

  it('is not taken for a new one that tells of another figure in the same few words', () => {
    const [dry, wet] = ['Gauge 16 is dry.', 'Gauge 52 is dry.'];
    const readings = [list('one1', ['i111', dry], [...boats])];
    const newer = [list('one1', [...boats], ['i999', wet])];
    expect(merge(readings, newer, [list('one1', [...boats])])).toEqual(newer);
  });

  it('stands once where both moved it', () => {
    const first = [list('one1', [...boats], ['i888', pumps[1]], [...beds])];
    const [standing] = merge(before, moved, first);
    expect(blockText(standing!).match(/pumps/g)).toHaveLength(1);
  });

  it('takes the words with it into another list, and to another level', () => {
    const also = list('two2', ['i444', 'One doctor came.']);
    const edited = [list('one1', ['i111', 'Four pumps run.'], [...boats], [...beds]), also];
    const into = list('two2', ['i444', 'One doctor came.'], ['i999', pumps[1]]);
    const rest = list('one1', [...boats], [...beds]);
    expect(merge([before[0]!, also], [rest, into], edited)).toEqual([
      rest,
      list('two2', ['i444', 'One doctor came.'], ['i999', 'Four pumps run.']),
    ]);
    const deeper = (words: string): ListBlock => ({
      ...rest,
      children: [
        ...rest.children,
        { type: 'listitem', $: { id: 'level' }, children: [list('deep', ['i999', words])] },
      ],
    });
    expect(merge(before, [deeper(pumps[1])], [edited[0]!])).toEqual([deeper('Four pumps run.')]);
  });
});

describe('a list, a table or a picture that one editor cut, pasted and wrote on', () => {
  const items = [
    ['i111', 'Three pumps run.'],
    ['i222', 'Nine boats wait.'],
    ['i333', 'Forty beds stand ready.'],
  ] satisfies [string, string][];
  const before = [one, two, list('list', ...items)];
  const pasted = list(
    'new9',
    ['n111', 'Four pumps run.'],
    ['n222', 'Nine boats wait.'],
    ['n333', 'Forty beds stand ready.'],
  );

  it('has what the other changed or added in it, where it stands now', () => {
    const doctor: [string, string] = ['i444', 'One doctor came.'];
    const beds: [string, string] = ['i333', 'Fifty beds stand ready.'];
    const other = [one, two, list('list', items[0]!, items[1]!, beds, doctor)];
    expect(merge(before, [pasted, one, two], other)).toEqual([
      list('new9', ['n111', 'Four pumps run.'], ['n222', items[1]![1]], ['n333', beds[1]], doctor),
      one,
      two,
    ]);
  });

  it('is contested where the other wrote in the same item, and stands in one place', () => {
    const other = [one, two, list('list', ['i111', 'Five pumps run.'], items[1]!, items[2]!)];
    const [first, ...rest] = merge(before, [pasted, one, two], other);
    expect(first).toMatchObject({ type: 'conflict', $: { id: 'new9' } });
    expect(rest).toEqual([one, two]);
  });

  it('is another where most of it is other', () => {
    const anew = list(
      'new9',
      ['n111', 'The road is open.'],
      ['n222', 'Ten ships sank.'],
      ['n333', items[2]![1]],
    );
    const other = [one, two, list('list', items[0]!, ['i222', 'Nine boats left.'], items[2]!)];
    expect(merge(before, [anew, one, two], other)).toContainEqual(anew);
  });

  it('is the same picture, whatever is said below it', () => {
    const picture = (id: string, caption: string, credit = ''): PlainBlock => ({
      type: 'image',
      $: { id },
      asset: 'a'.repeat(64),
      mime: 'image/png',
      width: 640,
      height: 480,
      caption,
      credit,
      alt: '',
    });
    expect(
      merge(
        [one, picture('pict', 'A boat.')],
        [picture('new9', 'A red boat.'), one],
        [one, picture('pict', 'A boat.', 'Anna Berg')],
      ),
    ).toEqual([picture('new9', 'A red boat.', 'Anna Berg'), one]);
  });
});
