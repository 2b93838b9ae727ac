import { describe, expect, it } from 'vitest';
import {
  blockText,
  type Block,
  type Content,
  type ListBlock,
  type ListItem,
  type PlainBlock,
  type TableBlock,
} from '#shared/article';
import { mergeContents } from '#shared/merge';
import { content, paragraph } from './arbitrary.ts';
import { merge } from './both-ways.ts';
import { table } from './newsroom.ts';

const ASSET = 'a'.repeat(64);

function item(id: string, ...children: (string | ListBlock)[]): ListItem {
  return {
    type: 'listitem',
    $: { id },
    children: children.map((child) =>
      typeof child === 'string' ? { type: 'text', text: child } : child,
    ),
  };
}

function list(id: string, ...children: ListItem[]): ListBlock {
  return { type: 'list', listType: 'bullet', $: { id }, children };
}

function image(
  changes: Partial<Extract<PlainBlock, { type: 'image' }>> = {},
): Extract<PlainBlock, { type: 'image' }> {
  const about = { mime: 'image/png', width: 640, height: 480, caption: '', credit: '', alt: '' };
  return { type: 'image', $: { id: 'image' }, asset: ASSET, ...about, ...changes } as Extract<
    PlainBlock,
    { type: 'image' }
  >;
}

function versions(block: Block | undefined): (string | null)[] {
  if (block?.type !== 'conflict') throw new Error('No conflict stands here.');
  return block.versions.map((version) => version && blockText(version)).sort();
}

describe('the kind of a block and its words', () => {
  const before = paragraph('para', 'The river rose.');
  const asSubhead = (words: string): Block => ({
    ...paragraph('para', words),
    type: 'heading',
    tag: 'h2',
  });

  it('are both kept when one editor makes it a subhead and the other changes its words', () => {
    expect(
      merge([before], [asSubhead('The river rose.')], [paragraph('para', 'The river fell.')]),
    ).toEqual([asSubhead('The river fell.')]);
  });

  it('contest only the words when both changed those', () => {
    const [block] = merge(
      [before],
      [asSubhead('The river sank.')],
      [paragraph('para', 'The river fell.')],
    );
    expect(block).toMatchObject({
      type: 'conflict',
      versions: [
        { type: 'heading', children: [{ text: 'The river fell.' }] },
        { type: 'heading', children: [{ text: 'The river sank.' }] },
      ],
    });
  });

  it('contest only the kind when each made it another one', () => {
    const quote: Block = { ...paragraph('para', 'The river rose.'), type: 'quote' };
    const [block] = merge([before], [asSubhead('The river rose.')], [quote]);
    expect(versions(block)).toEqual(['The river rose.', 'The river rose.']);
  });

  it('keep a suggested change of kind beside an edit of the words', () => {
    const suggestion = {
      id: 'sugg1',
      by: '0192d3a0-0000-7000-8000-000000000002',
      at: '2026-11-14T12:00:00.000Z',
      was: 'paragraph',
    };
    const suggested = asSubhead('The river rose.');
    suggested.$ = { id: 'para', typeChanged: suggestion };
    const [block] = merge([before], [suggested], [paragraph('para', 'The river fell.')]);
    expect(block).toMatchObject({
      type: 'heading',
      $: { typeChanged: suggestion },
      children: [{ text: 'The river fell.' }],
    });
  });

  it('keep two suggestions in one paragraph as two versions', () => {
    const by = '0192d3a0-0000-7000-8000-000000000002';
    const suggesting = (id: string, words: string): Block => ({
      ...before,
      children: [
        ...before.children,
        {
          type: 'text',
          text: words,
          $: { inserted: { id, by, at: '2026-11-14T12:00:00.000Z' } },
        },
      ],
    });
    const [block] = merge([before], [suggesting('s111', ' Fast.')], [suggesting('s222', ' Far.')]);
    expect(versions(block)).toEqual(['The river rose. Far.', 'The river rose. Fast.']);
  });
});

describe('pictures and embeds', () => {
  it('take caption, credit and alternative text from whoever wrote each', () => {
    expect(
      merge(
        [image()],
        [image({ caption: 'The pump at Westbrook' })],
        [image({ credit: 'Ana Reyes', alt: 'A pump' })],
      ),
    ).toEqual([image({ caption: 'The pump at Westbrook', credit: 'Ana Reyes', alt: 'A pump' })]);
  });

  it('contest a caption that both wrote, with the credit of the one under both', () => {
    const [block] = merge(
      [image()],
      [image({ caption: 'A pump', credit: 'Ana Reyes' })],
      [image({ caption: 'Two pumps' })],
    );
    expect(versions(block)).toEqual(['A pump\nAna Reyes', 'Two pumps\nAna Reyes']);
  });

  it('never put one picture’s caption under another picture', () => {
    const [block] = merge(
      [image()],
      [image({ asset: 'b'.repeat(64) })],
      [image({ caption: 'The pump at Westbrook' })],
    );
    expect(block).toMatchObject({
      versions: [
        { asset: ASSET, caption: 'The pump at Westbrook' },
        { asset: 'b'.repeat(64), caption: '' },
      ],
    });
  });

  it('never put one address’s title over another address', () => {
    const embed = (url: string, title: string): Block => ({
      type: 'embed',
      $: { id: 'embed' },
      url,
      provider: '',
      title,
    });
    const [block] = merge(
      [embed('https://video.example/1', '')],
      [embed('https://video.example/2', '')],
      [embed('https://video.example/1', 'The flood from the air')],
    );
    expect(block?.type).toBe('conflict');
  });

  it('merge the lead image’s properties like those of any picture', () => {
    const lead = (changes: object) => content([], { leadImage: { ...image(), ...changes } });
    const merged = mergeContents(lead({}), lead({ caption: 'A pump' }), lead({ alt: 'A pump' }));
    expect(merged.conflicts).toBe(0);
    expect(merged.content.fields.leadImage).toMatchObject({ caption: 'A pump', alt: 'A pump' });
    // What one says of the picture goes under no other that the other put in its place.
    const [said, other] = [lead({ caption: 'A pump' }), lead({ asset: 'b'.repeat(64) })];
    expect(mergeContents(lead({}), said, other).content.conflicts).toMatchObject([
      {
        versions: expect.arrayContaining([
          said.fields.leadImage,
          other.fields.leadImage,
        ]) as unknown,
      },
    ]);
  });
});

describe('lists', () => {
  const deep = (first: string, second: string): ListBlock =>
    list(
      'list',
      item('i111', 'Pumps'),
      item('i222', list('deep', item('d111', first), item('d222', second))),
    );

  it('merge a deeper level item by item too', () => {
    expect(
      merge(
        [deep('Westbrook', 'Ferry Lane')],
        [deep('Westbrook: two', 'Ferry Lane')],
        [deep('Westbrook', 'Ferry Lane: one')],
      ),
    ).toEqual([deep('Westbrook: two', 'Ferry Lane: one')]);
  });

  it('show whole lists when both change one item of a deeper level', () => {
    const [block] = merge(
      [deep('Westbrook', 'Ferry Lane')],
      [deep('Westbrook: two', 'Ferry Lane')],
      [deep('Westbrook: three', 'Ferry Lane: one')],
    );
    expect(versions(block)).toEqual([
      'Pumps\nWestbrook: three\nFerry Lane: one',
      'Pumps\nWestbrook: two\nFerry Lane: one',
    ]);
  });

  it('carry an edit along with an item that the other editor moved', () => {
    const [a, b, c] = [item('i111', 'One'), item('i222', 'Two'), item('i333', 'Three')];
    expect(
      merge(
        [list('list', a, b, c)],
        [list('list', c, a, b)],
        [list('list', a, b, item('i333', 'Third'))],
      ),
    ).toEqual([list('list', item('i333', 'Third'), a, b)]);
  });

  it('keep an item that one removed and the other changed, in two versions of the list', () => {
    const [a, b] = [item('i111', 'One'), item('i222', 'Two')];
    const [block] = merge(
      [list('list', a, b)],
      [list('list', a)],
      [list('list', a, item('i222', 'Two pumps'))],
    );
    expect(versions(block)).toEqual(['One', 'One\nTwo pumps']);
  });

  it('take a numbered list from one and an item from the other', () => {
    const [a, b] = [item('i111', 'One'), item('i222', 'Two')];
    const numbered: ListBlock = { ...list('list', a, b), listType: 'number' };
    expect(
      merge([list('list', a, b)], [numbered], [list('list', a, item('i222', 'Second'))]),
    ).toEqual([{ ...numbered, children: [a, item('i222', 'Second')] }]);
  });
});

describe('tables', () => {
  const before = table(['r111', 'Town', 'Crest'], ['r222', 'Westbrook', '4.2 m']);

  it('take a changed cell and a new row from two editors', () => {
    const a = table(['r111', 'Town', 'Crest'], ['r222', 'Westbrook', '4.6 m']);
    const b = table(
      ['r111', 'Town', 'Crest'],
      ['r222', 'Westbrook', '4.2 m'],
      ['r333', 'Ferry Lane', '3.9 m'],
    );
    expect(merge([before], [a], [b])).toEqual([
      table(
        ['r111', 'Town', 'Crest'],
        ['r222', 'Westbrook', '4.6 m'],
        ['r333', 'Ferry Lane', '3.9 m'],
      ),
    ]);
  });

  it('are gone, like lists, where each editor took out what the other left of them', () => {
    const rows = table(['r1', 'Mon'], ['r2', 'Tue']);
    const items = list('list', item('i1', 'Mon'), item('i2', 'Tue'));
    const only = (kept: string) => [
      { ...rows, children: rows.children.filter(({ $ }) => $.id === `r${kept}`) },
      { ...items, children: items.children.filter(({ $ }) => $.id === `i${kept}`) },
    ];
    const after = paragraph('after', 'After.');
    expect(merge([rows, items, after], [...only('1'), after], [...only('2'), after])).toEqual([
      after,
    ]);
  });
});

describe('a table with a cell over two rows', () => {
  const spanning = (first: string, second: string, third: string): TableBlock => {
    const made = table(['r111', 'Westbrook', first], ['r222', second], ['r333', 'Mill', third]);
    const cell = made.children[0]?.children[0];
    if (cell) cell.rowSpan = 2;
    return made;
  };

  it('merges row by row like any other', () => {
    expect(
      merge([spanning('1', '2', '3')], [spanning('1', 'two', '3')], [spanning('1', '2', 'three')]),
    ).toEqual([spanning('1', 'two', 'three')]);
  });

  it('stands in two versions where a row under that cell went', () => {
    const before = spanning('1', '2', '3');
    const without = { ...before, children: before.children.filter(({ $ }) => $.id !== 'r222') };
    const [block] = merge([before], [without], [spanning('1', '2', 'three')]);
    expect(block?.type).toBe('conflict');
  });
});

describe('removing, moving and splitting', () => {
  const [one, two, three] = [
    paragraph('one1', 'One.'),
    paragraph('two2', 'Two.'),
    paragraph('three3', 'Three.'),
  ] as [Block, Block, Block];

  it('removes once what both removed', () => {
    expect(merge([one, two], [one], [one])).toEqual([one]);
  });

  it('asks about no empty paragraph that one removed and the other put a space into', () => {
    const empty = paragraph('zero', '');
    const spaced = paragraph('zero', ' ');
    expect(merge([one, empty, two], [one, two], [one, spaced, two])).toEqual([one, two]);
    const written = paragraph('zero', 'Word.');
    expect(merge([one, empty, two], [one, two], [one, written, two])).toHaveLength(3);
  });

  it('lets a removal stand against a move that changed no words', () => {
    expect(merge([one, two, three], [three, one, two], [one, two])).toEqual([one, two]);
  });

  it('keeps one copy of a block that each moved to another place', () => {
    const merged = merge([one, two, three], [two, one, three], [one, three, two]);
    expect(merged.map(blockText).sort()).toEqual(['One.', 'Three.', 'Two.']);
  });

  it('moves none that the other has in its place where that one took the moved one out', () => {
    const [first, gone, last] = ['One.', 'Two or more words.', 'Three.'].map((words, at) =>
      paragraph(`p${at}`, words),
    ) as [Block, Block, Block];
    const picture = paragraph('zz1', 'Between.');
    const moved = paragraph('p1', 'Two or more other words.');
    const behind = paragraph('a0', 'Behind.');
    const body = merge([first, gone, last], [first, picture, last], [first, last, behind, moved]);
    expect(body.map(({ $ }) => $.id)).toEqual(['p0', 'zz1', 'p2', 'a0', 'p1']);
  });

  it('lets no block go along with one that the other editor moved', () => {
    const before = ['one1', 'two2', 'three3', 'four4', 'five5'].map((id) => paragraph(id, id));
    const isNot = (one: Block) => (other: Block) => other !== one;
    for (const [at, first] of before.slice(0, -1).entries())
      for (const far of before) {
        const swapped = before.toSpliced(at, 2, before[at + 1]!, first);
        const others = swapped.filter(isNot(far));
        const sentDown = [...before.filter(isNot(far)), far];
        expect(merge(before, swapped, sentDown).filter(isNot(far))).toEqual(others);
        const sentUp = [far, ...before.filter(isNot(far))];
        expect(merge(before, swapped, sentUp).filter(isNot(far))).toEqual(others);
      }
  });

  it('lets a new block go along with the one behind which it was put', () => {
    const half = paragraph('half5', 'Half.');
    expect(merge([one, two, three], [one, half, two, three], [two, three, one])).toEqual([
      two,
      three,
      one,
      half,
    ]);
  });

  it('keeps blocks together that one editor moved, wherever what stood before them went', () => {
    const body = (...ids: string[]): Block[] => ids.map((id) => paragraph(`para${id}`, id));
    const before = body('1', '2', '3', '4', '5', '6');
    const mine = body('1', '5', '6', '2', '3', '4');
    const theirs = body('2', '3', '1', '4', '5', '6');
    expect(merge(before, mine, theirs)).toEqual(body('5', '6', '2', '3', '1', '4'));
  });

  it('keeps every edit when the other editor turned the whole body round', () => {
    const edited = paragraph('two2', 'Two, edited.');
    expect(merge([one, two, three], [three, two, one], [one, edited, three])).toEqual([
      three,
      edited,
      one,
    ]);
  });

  it('adds one list where both pasted the same', () => {
    const list = (id: string, name: string): Block => ({
      type: 'list',
      listType: 'bullet',
      $: { id },
      children: [{ type: 'listitem', $: { id: name }, children: [{ type: 'text', text: 'One' }] }],
    });
    const [mine, theirs] = [list('aaaa', 'item1'), list('bbbb', 'item2')];
    expect(merge([one, two], [one, mine, two], [one, theirs, two])).toEqual([one, mine, two]);
  });

  it('adds one empty paragraph where both pressed Enter', () => {
    expect(
      merge([one, two], [one, paragraph('aaaa', ''), two], [one, paragraph('bbbb', ''), two]),
    ).toHaveLength(3);
  });
});

describe('items that two merges of the same work brought in', () => {
  const [zoo, ape, bee] = ['zoo1', 'ape1', 'bee1'].map((id) => paragraph(id, id)) as [
    Block,
    Block,
    Block,
  ];

  it('keep one place each when the two merges order them otherwise', () => {
    const merged = merge([zoo], [zoo, ape, bee], [zoo, bee, ape]);
    expect(merged.map(({ $ }) => $.id).sort()).toEqual(['ape1', 'bee1', 'zoo1']);
    expect(merged[0]).toEqual(zoo);
  });
});

describe('a body in which two blocks have one id', () => {
  it('is merged into a revision that can be read', () => {
    const twice = (second: string): Block[] => [
      paragraph('same', 'First.'),
      paragraph('same', second),
    ];
    const [first, block] = merge(twice('Second.'), twice('Mine.'), twice('Theirs.'));
    expect(first).toEqual(paragraph('same', 'First.'));
    expect(block).toMatchObject({ type: 'conflict', $: { id: 'same' } });
    expect(versions(block)).toEqual(['Mine.', 'Theirs.']);
  });
});

describe('a third editor', () => {
  const before = paragraph('para', 'The river rose.');
  const say = (words: string): Block => paragraph('para', words);
  const [standing] = merge([before], [say('The river sank.')], [say('The river fell.')]) as [Block];

  it('adds a version to those that stand', () => {
    const [block] = merge([before], [standing], [say('The river froze.')]);
    expect(versions(block)).toEqual(['The river fell.', 'The river froze.', 'The river sank.']);
  });

  it('gives every standing version the kind it made the block', () => {
    const quote: Block = { ...before, type: 'quote' };
    const [block] = merge([before], [standing], [quote]);
    expect(block).toMatchObject({ versions: [{ type: 'quote' }, { type: 'quote' }] });
    expect(versions(block)).toEqual(['The river fell.', 'The river sank.']);
  });

  it('leaves settled what another settled, and shows only what that one had not seen', () => {
    const [wider] = merge([before], [standing], [say('The river froze.')]) as [Block];
    const [block] = merge([standing], [say('The river fell.')], [wider]);
    expect(versions(block)).toEqual(['The river fell.', 'The river froze.']);
  });

  it('contests again what two settled differently', () => {
    const [block] = merge([standing], [say('The river fell.')], [say('The river sank.')]);
    expect(versions(block)).toEqual(['The river fell.', 'The river sank.']);
  });

  it('sees no version beside what was made of it, where one has been joined with each of two others', () => {
    const water = (words: string): ListItem => item('water', words);
    const [radio, two, three] = [item('radio', 'A radio.'), 'Two days.', 'Three days.'];
    const list3 = list('list', water(three));
    const before = list('list', water(two));
    const [withRadio] = merge([before], [list3], [list('list', radio, water(two))]) as [Block];
    const [contested] = merge([before], [list3], [list('list', water('Bottles.'))]) as [Block];
    const [block] = merge([list3], [withRadio], [contested]);
    expect(versions(block).sort()).toEqual(['A radio.\nBottles.', 'A radio.\nThree days.']);
    // The same where what each made is contested by then.
    const [more] = merge([list3], [contested], [list('list', radio, water('Four days.'))]) as [
      Block,
    ];
    const [other] = merge([before], [list3], [list('list', water('Casks.'))]) as [Block];
    expect(versions(merge([list3], [more], [other])[0])).not.toContain(three);
  });

  it('contests a headline that one settled while the other wrote a third', () => {
    const field = (headline: string): Content => content([], { headline });
    const contested = mergeContents(field('Old'), field('Mine'), field('Theirs')).content;
    const settled: Content = { ...contested, conflicts: [] };
    const written: Content = {
      ...contested,
      fields: { ...contested.fields, headline: 'Third' },
    };
    const merged = mergeContents(contested, settled, written);
    expect(merged.content.conflicts).toMatchObject([
      { field: 'headline', versions: ['Mine', 'Third'] },
    ]);
  });
});
