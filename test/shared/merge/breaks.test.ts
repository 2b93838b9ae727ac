import { describe, expect, it } from 'vitest';
import { blockText, type Block } from '#shared/article';
import { paragraph } from './arbitrary.ts';
import { merge } from './both-ways.ts';
import { list } from './newsroom.ts';

/** What stands in the body: a text, or the versions of one. */
function standing(body: readonly Block[]): (string | (string | null)[])[] {
  return body.map((block) =>
    block.type === 'conflict'
      ? block.versions.map((version) => version && blockText(version)).sort()
      : blockText(block),
  );
}

const whole = paragraph('para', 'Crews worked all night. Nobody was hurt.');
const cut = [paragraph('para', 'Crews worked all night.'), paragraph('half', 'Nobody was hurt.')];
const bridge = paragraph('one1', 'The bridge is shut.');
const friday = paragraph('two2', 'It reopens on Friday.');
const joined = paragraph('one1', 'The bridge is shut. It reopens on Friday.');

describe('a paragraph that one editor split', () => {
  it('takes the other editor’s words into the half they were written in', () => {
    const second = paragraph('para', 'Crews worked all night. Nobody was hurt, the mayor said.');
    expect(standing(merge([whole], cut, [second]))).toEqual([
      'Crews worked all night.',
      'Nobody was hurt, the mayor said.',
    ]);
    const first = paragraph('para', 'Two crews worked all night. Nobody was hurt.');
    expect(standing(merge([whole], cut, [first]))).toEqual([
      'Two crews worked all night.',
      'Nobody was hurt.',
    ]);
  });

  it('is left with the space that Enter leaves', () => {
    const spaced = [paragraph('para', 'Crews worked all night. '), cut[1] as Block];
    const edited = paragraph('para', 'Crews worked all night. Nobody was badly hurt.');
    expect(standing(merge([whole], spaced, [edited]))).toEqual([
      'Crews worked all night. ',
      'Nobody was badly hurt.',
    ]);
  });

  it('contests a half that both changed, and only that', () => {
    const mine = [cut[0] as Block, paragraph('half', 'Nobody was badly hurt.')];
    const theirs = paragraph('para', 'Crews worked all night. Two were hurt.');
    expect(standing(merge([whole], mine, [theirs]))).toEqual([
      'Crews worked all night.',
      ['Nobody was badly hurt.', 'Two were hurt.'],
    ]);
  });

  it('keeps words before the break and words behind it, each of another editor', () => {
    const mine = [paragraph('para', 'Two crews worked all night.'), cut[1] as Block];
    const theirs = paragraph('para', 'Crews worked all night. Nobody was badly hurt.');
    expect(standing(merge([whole], mine, [theirs]))).toEqual([
      'Two crews worked all night.',
      'Nobody was badly hurt.',
    ]);
  });

  it('stands whole in both versions where the break is in a sentence that both changed', () => {
    const before = paragraph('para', 'Repairs cost about $4.2 million this year alone.');
    const mine = [
      paragraph('para', 'Repairs cost about $4.6'),
      paragraph('half', 'million this year alone.'),
    ];
    const theirs = paragraph('para', 'Repairs cost about $4.2 billion this year alone.');
    expect(standing(merge([before], mine, [theirs]))).toEqual([
      [
        'Repairs cost about $4.2 billion this year alone.',
        'Repairs cost about $4.6 million this year alone.',
      ],
    ]);
  });

  it('is whole again where the other editor wrote it anew', () => {
    const anew = paragraph('para', 'Nine people slept in the school, and all went home by dawn');
    expect(standing(merge([whole], cut, [anew]))).toEqual([blockText(anew)]);
  });

  it('cuts no sentence that the other wrote in place of it all, be half of its words the same', () => {
    const before = paragraph('para', 'A spokesman confirmed it. The river denied it.');
    const halves = [paragraph('para', 'A spokesman confirmed it. The'), bridge];
    const anew = paragraph('para', 'The minister denied all.');
    const body = merge([before], [...halves, paragraph('half', 'river denied it.')], [anew]);
    expect(standing(body)).toEqual([
      ['A spokesman confirmed it. The', 'The minister denied all.'],
      'The bridge is shut.',
      'river denied it.',
    ]);
  });

  it('is whole again where the other left two words of it, one of them from behind the break', () => {
    const before = paragraph('para', 'A spokesman confirmed it. The river rose at noon.');
    const mine = [
      paragraph('para', 'The council met.'),
      paragraph('half', 'Nobody was there. The river rose at noon.'),
    ];
    const theirs = [paragraph('para', 'The minister'), bridge];
    expect(standing(merge([before], mine, theirs))).toEqual([
      ['The council met. Nobody was there. The river rose at noon.', 'The minister'],
      'The bridge is shut.',
    ]);
  });

  it('is split in both places where two editors split it', () => {
    const before = paragraph('para', 'One is here. Two is here. Three is here.');
    const early = [
      paragraph('para', 'One is here.'),
      paragraph('aaaa', 'Two is here. Three is here.'),
    ];
    const late = [
      paragraph('para', 'One is here. Two is here.'),
      paragraph('bbbb', 'Three is here.'),
    ];
    expect(standing(merge([before], early, late))).toEqual([
      'One is here.',
      'Two is here.',
      'Three is here.',
    ]);
  });

  it('is split once where two editors split it alike, and one went on writing', () => {
    const mine = [cut[0] as Block, paragraph('mine', 'Nobody was hurt, the mayor said.')];
    expect(standing(merge([whole], cut, mine))).toEqual([
      'Crews worked all night.',
      'Nobody was hurt, the mayor said.',
    ]);
  });

  it('makes a quote of both halves where the other editor made one of the paragraph', () => {
    const quote: Block = { ...whole, type: 'quote' };
    expect(merge([whole], cut, [quote]).map(({ type }) => type)).toEqual(['quote', 'quote']);
  });

  it('loses the half that the other editor took out', () => {
    expect(standing(merge([whole], cut, [cut[0] as Block]))).toEqual(['Crews worked all night.']);
    const rest = paragraph('para', 'Nobody was hurt.');
    expect(standing(merge([whole], cut, [rest]))).toEqual(['Nobody was hurt.']);
    const mine = [cut[0] as Block, paragraph('half', 'Nobody was badly hurt.')];
    expect(standing(merge([whole], mine, [cut[0] as Block]))).toEqual([
      'Crews worked all night.',
      ['Nobody was badly hurt.', null].sort(),
    ]);
  });

  it('is taken out in both halves, but for what was changed in one', () => {
    expect(standing(merge([whole, friday], [...cut, friday], [friday]))).toEqual([
      blockText(friday),
    ]);
    const mine = [cut[0] as Block, paragraph('half', 'Nobody was badly hurt.')];
    expect(standing(merge([whole], mine, []))).toEqual([['Nobody was badly hurt.', null].sort()]);
    // Half a sentence is no text to choose.
    const before = paragraph('para', 'Repairs cost about $4.2 million this year alone.');
    const halved = [
      paragraph('para', 'Repairs cost about $4.6'),
      paragraph('half', 'million this year alone.'),
    ];
    expect(standing(merge([before], halved, []))).toEqual([
      ['Repairs cost about $4.6 million this year alone.', null].sort(),
    ]);
  });

  it('is whole again where the other moved a sentence across the break, with what was written behind it', () => {
    const [crews, hurt] = ['Crews worked all night.', 'Nobody was hurt.'];
    const written = 'A pump failed at noon.';
    const mine = [paragraph('para', crews), paragraph('half', `${hurt} ${written}`)];
    const turned = paragraph('para', `${hurt} ${crews}`);
    expect(standing(merge([whole], mine, [turned]))).toEqual([`${hurt} ${written} ${crews}`]);
    const bold: Block = {
      ...paragraph('para', ''),
      children: [{ type: 'text', text: `${hurt} ${crews}`, format: 1 }],
    };
    expect(standing(merge([whole], mine, [bold]))).toEqual([`${hurt} ${written} ${crews}`]);
  });

  it('keeps a space between its two sentences where the break is taken back', () => {
    // Sentences of the same few words: what was rewritten looks like what was cut off.
    const before = paragraph('para', 'Nobody slept. The river confirmed it.');
    const mine = [
      paragraph('para', 'Nobody slept, her lawyer said.'),
      paragraph('half', 'The river confirmed nothing.'),
    ];
    const anew = paragraph('para', 'Nine people went home by dawn');
    expect(standing(merge([before], mine, [anew]))).toEqual([
      [
        'Nine people went home by dawn',
        'Nobody slept, her lawyer said. The river confirmed nothing.',
      ],
    ]);
    const glued = paragraph('para', 'He paid $4.2(million)today and left');
    const cutInside = (last: string): Block[] => [
      paragraph('para', last),
      paragraph('half', '(thousand)today and left'),
    ];
    expect(standing(merge([glued], cutInside('He paid $4.2'), [anew]))).toEqual([
      ['He paid $4.2(thousand)today and left', 'Nine people went home by dawn'],
    ]);
    expect(standing(merge([glued], cutInside('He paid them'), [anew]))).toEqual([
      ['He paid them (thousand)today and left', 'Nine people went home by dawn'],
    ]);
  });

  it('goes on under its new name where something else was written in its place', () => {
    const moved = [paragraph('para', 'It rained.'), paragraph('half', blockText(whole))];
    const edited = paragraph('para', 'Crews worked all night. Two were hurt.');
    expect(standing(merge([whole], moved, [edited]))).toEqual(['It rained.', blockText(edited)]);
    const mine = [moved[0] as Block, paragraph('half', 'Crews worked all night. None was hurt.')];
    const anew = paragraph('para', 'Crews slept.');
    expect(standing(merge([whole], mine, [anew]))).toEqual([
      'It rained.',
      ['Crews slept.', 'Crews worked all night. None was hurt.'],
    ]);
    const theirs = [paragraph('para', 'It snowed.'), paragraph('ours', blockText(edited))];
    expect(standing(merge([whole], moved, theirs))).toEqual([
      ['It rained.', 'It snowed.'],
      blockText(edited),
    ]);
  });

  it('takes the other’s words into their half also where something new stands between the two', () => {
    const subhead: Block = {
      type: 'heading',
      tag: 'h2',
      $: { id: 'subh' },
      children: [{ type: 'text', text: 'By dawn' }],
    };
    const mine = [cut[0] as Block, subhead, cut[1] as Block];
    const edited = paragraph('para', 'Two crews worked all night. Nobody was badly hurt.');
    expect(standing(merge([whole], mine, [edited]))).toEqual([
      'Two crews worked all night.',
      'By dawn',
      'Nobody was badly hurt.',
    ]);
  });

  describe('with a subhead between its halves', () => {
    const subhead: Block = {
      type: 'heading',
      tag: 'h2',
      $: { id: 'subh' },
      children: [{ type: 'text', text: 'By dawn' }],
    };
    const before = [
      paragraph('one1', 'Nobody slept.'),
      paragraph('para', 'It rained. The council met late and put off every vote until Friday.'),
    ];
    const halves = (second: string): Block[] => [
      before[0] as Block,
      paragraph('para', 'It rained.'),
      subhead,
      paragraph('half', second),
    ];
    const last = 'The council met late and put off every vote until Friday.';

    it('gives up the half that the other editor moved into another paragraph', () => {
      const theirs = [paragraph('one1', `Nobody slept. ${last}`), paragraph('para', 'It rained.')];
      expect(standing(merge(before, halves(last), theirs))).toEqual([
        `Nobody slept. ${last}`,
        'It rained.',
        'By dawn',
      ]);
    });

    it('gives up the half also where the other took out what stood before it', () => {
      const long = [before[0] as Block, paragraph('para', `It rained. Buses run again. ${last}`)];
      const mine = [
        before[0] as Block,
        paragraph('para', 'It rained. Buses run again.'),
        ...halves(last).slice(2),
      ];
      const theirs = [
        paragraph('one1', `Nobody slept. Buses run again. ${last}`),
        paragraph('para', 'It rained.'),
      ];
      expect(standing(merge(long, mine, theirs))).toEqual([
        `Nobody slept. Buses run again. ${last}`,
        'It rained.',
        'By dawn',
      ]);
    });

    it('goes along with its changed word where the other moved it', () => {
      const own = last.replace('The', 'Its');
      const theirs = [paragraph('one1', `Nobody slept. ${last}`), paragraph('para', 'It rained.')];
      expect(standing(merge(before, halves(own), theirs))).toEqual([
        `Nobody slept. ${own}`,
        'It rained.',
        'By dawn',
      ]);
    });

    it('is cut between sentences where the other put them into another order', () => {
      const [town, winter, police] = [
        'The town hall burned down.',
        'The winter was hard on all.',
        'The police said nothing.',
      ];
      const old = [paragraph('para', `${town} ${winter} ${police}`)];
      const mine = [paragraph('para', town), subhead, paragraph('half', `${winter} ${police}`)];
      const theirs = [paragraph('para', `${winter} ${police} ${town}`)];
      for (const text of standing(merge(old, mine, theirs)).flat())
        expect(String(text).replace('By dawn', '')).toMatch(/^(The [^.]+\.( |$))*$/);
    });

    it('is cut where its words are, whatever spaces the other’s new sentence brings along', () => {
      const short = [paragraph('para', 'It rained. Buses run again to the school.')];
      const mine = [
        paragraph('para', 'It rained.'),
        subhead,
        paragraph('half', 'Buses run again to the school.'),
      ];
      const theirs = [
        paragraph('para', 'It rained. All of the roads in the north are shut. Buses run.'),
      ];
      expect(standing(merge(short, mine, theirs))).toEqual([
        'It rained. All of the roads in the north are shut.',
        'By dawn',
        'Buses run.',
      ]);
    });
  });

  it('may be cut inside a word, also one that is partly bold', () => {
    const marked = (before: string, behind: string): Block => ({
      ...paragraph('para', ''),
      children: [
        { type: 'text', text: `${before} over` },
        { type: 'text', text: 'night', format: 1 },
        { type: 'text', text: behind },
      ],
    });
    const before = marked('Crews worked', '. Nobody was hurt.');
    const first: Block = {
      ...paragraph('para', ''),
      children: [
        { type: 'text', text: 'Crews worked over' },
        { type: 'text', text: 'ni', format: 1 },
      ],
    };
    const second: Block = {
      ...paragraph('half', ''),
      children: [
        { type: 'text', text: 'ght', format: 1 },
        { type: 'text', text: '. Nobody was hurt.' },
      ],
    };
    const theirs = marked('Two crews worked', '. Nobody was badly hurt.');
    expect(standing(merge([before], [first, second], [theirs]))).toEqual([
      'Two crews worked overni',
      'ght. Nobody was badly hurt.',
    ]);
    const plain = paragraph('para', 'Crews worked overnight.');
    const cutInside = [paragraph('para', 'Crews worked over'), paragraph('half', 'night.')];
    const anew = paragraph('para', 'Two slept.');
    expect(standing(merge([plain], cutInside, [anew]))).toEqual(['Two slept.']);
    const late = paragraph('para', 'Crews worked overnights.');
    expect(standing(merge([plain], cutInside, [late]))).toEqual(['Crews worked overnights.']);
  });

  it('is cut between its sentences, also where these begin with the same words', () => {
    const [first, second] = ['The council met on Monday.', 'The council met again on Friday.'];
    const before = paragraph('para', `${first} ${second}`);
    const mine = [paragraph('para', first), paragraph('half', second)];
    const theirs = [paragraph('new1', first), paragraph('para', second)];
    expect(standing(merge([before], mine, theirs))).toEqual([first, second]);
  });

  it('is no matter to a new paragraph that happens to stand behind it', () => {
    const mine = [whole, paragraph('new1', 'Nobody slept.')];
    const edited = paragraph('para', 'Crews worked all night. Nobody was badly hurt.');
    expect(standing(merge([whole], mine, [edited]))).toEqual([blockText(edited), 'Nobody slept.']);
  });

  it('is no matter to a new paragraph that shares words scattered over it', () => {
    const before = paragraph(
      'para',
      'Her lawyer left early. The crew worked all night. A spokesman praised it.',
    );
    const mine = [paragraph('para', 'Two were hurt.'), paragraph('new1', 'The crew praised it.')];
    const theirs = paragraph('para', `${blockText(before)} Buses run.`);
    expect(standing(merge([before], mine, [theirs]))).toEqual([
      [blockText(theirs), 'Two were hurt.'].sort(),
      'The crew praised it.',
    ]);
  });

  it('is not split for a new paragraph that shares a few small words with it, or some that stand apart there', () => {
    const was = paragraph(
      'para',
      'The minister denied it on Monday. The river repeated its course.',
    );
    const mine = [
      paragraph('para', 'Crews worked all night.'),
      paragraph('rule', 'Her lawyer said nothing.'),
      paragraph('new1', 'The minister repeated'),
    ];
    expect(standing(merge([was], mine, []))).toEqual([
      ['Crews worked all night.', null],
      'Her lawyer said nothing.',
      'The minister repeated',
    ]);
    const river = paragraph('para', 'The river rose again.');
    const apart = [
      paragraph('para', 'Crews worked all night.'),
      paragraph('new1', 'The river is high at noon. Her lawyer rose again.'),
    ];
    const theirs = paragraph('para', 'The river fell.');
    expect(standing(merge([river], apart, [theirs]))).toEqual([
      ['Crews worked all night.', 'The river fell.'],
      'The river is high at noon. Her lawyer rose again.',
    ]);
  });

  it('keeps bold words and links in their half', () => {
    const bold: Block = {
      ...whole,
      children: [
        { type: 'text', text: 'Crews worked all night. ' },
        { type: 'text', text: 'Nobody', format: 1 },
        { type: 'text', text: ' was hurt.' },
      ],
    };
    expect(merge([whole], cut, [bold])[1]).toEqual({
      ...cut[1],
      children: [
        { type: 'text', text: 'Nobody', format: 1 },
        { type: 'text', text: ' was hurt.' },
      ],
    });
  });

  it('is not taken for one that went into what was written behind it, where that tells of another figure', () => {
    const was = paragraph('para', 'Gauge 16 is dry.');
    const rewritten = [
      paragraph('para', 'The lock is open.'),
      paragraph('new1', 'Gauge 52 is dry.'),
    ];
    const edited = paragraph('para', 'Gauge 16 is dry. It was read at noon.');
    expect(standing(merge([was], rewritten, [edited]))).toEqual([
      ['Gauge 16 is dry. It was read at noon.', 'The lock is open.'],
      'Gauge 52 is dry.',
    ]);
  });

  it('is not taken for one that was written anew, where an item behind it tells of another figure', () => {
    const was = paragraph('para', 'The lock is open. Gauge 16 is dry.');
    const rewritten = [
      paragraph('para', 'The mayor denied it all.'),
      list('list', 'item Gauge 52 is dry.'),
    ];
    const edited = paragraph('para', 'The lock is open. Gauge 16 is dry. It was read at noon.');
    expect(merge([was], rewritten, [edited])[1]).toEqual(rewritten[1]);
    expect(standing(merge([was], rewritten, [edited]))[0]).toEqual([
      'The lock is open. Gauge 16 is dry. It was read at noon.',
      'The mayor denied it all.',
    ]);
  });

  it('is not taken for one where all that it said still stands in it, and something like it behind', () => {
    const was = paragraph('para', 'The lock is open. Gauge 16 is dry.');
    const turned = paragraph('para', 'Gauge 16 is dry. The lock is open.');
    const more = paragraph('new1', 'Gauge 52 is dry.');
    expect(standing(merge([was], [turned, more], [turned]))).toEqual([
      'Gauge 16 is dry. The lock is open.',
      'Gauge 52 is dry.',
    ]);
  });

  it('is not taken for one where a new text says something like a sentence that went to its beginning', () => {
    const was = paragraph(
      'para',
      'The road is dry. The lock 16 is shut. A gauge failed. It rained.',
    );
    const turned = paragraph('para', 'The lock 16 is shut. The road is dry.');
    const more = paragraph('new1', 'The gate 52 is shut.');
    const rewritten = paragraph('para', 'Divers look for cars.');
    expect(standing(merge([was], [turned, more], [rewritten]))).toEqual([
      ['Divers look for cars.', 'The lock 16 is shut. The road is dry.'],
      'The gate 52 is shut.',
    ]);
  });

  it('is not taken for one with a sentence in new text behind it that tells of another figure', () => {
    const was = paragraph('para', 'The lock is open. Nobody was hurt. Gauge 16 is dry.');
    const more = list('list', 'first The mayor denied it.', 'item Gauge 52 is dry.');
    const turned = paragraph('para', 'The lock is open. Gauge 16 is dry. Nobody was hurt.');
    const shorter = paragraph('para', 'The lock is open. Nobody was hurt.');
    expect(merge([was], [shorter, more], [turned])[1]).toEqual(more);
  });

  it('is known where the same words stand in it once more', () => {
    const was = paragraph('para', 'Is it shut? No. Is it safe? No.');
    const cut = [paragraph('para', 'Is it shut? No. Is it safe?'), paragraph('new1', 'No.')];
    const edited = paragraph('para', 'Is it still shut? No. Is it safe? No.');
    expect(standing(merge([was], cut, [edited]))).toEqual([
      'Is it still shut? No. Is it safe?',
      'No.',
    ]);
  });

  it('is not one of which the sentences were put into another order before a new one in the same few words', () => {
    const gauge = 'The council read gauge 49.';
    const pump = 'A spokesman read pump 50.';
    const levee = 'The river read levee 51.';
    const weir = 'A spokesman put off weir 56.';
    const para = (...said: string[]): Block => paragraph('para', said.join(' '));
    const merged = merge(
      [para(gauge, pump, levee, weir)],
      [para(levee, gauge, weir, pump), paragraph('new1', 'A spokesman put off lock 92.')],
      [para(pump, levee, weir, gauge)],
    );
    expect(standing(merged.slice(1))).toEqual(['A spokesman put off lock 92.']);
  });
});

describe('two paragraphs that one editor joined', () => {
  it('take the other editor’s words, wherever those were written', () => {
    const old = paragraph('one1', 'The old bridge is shut.');
    const monday = paragraph('two2', 'It reopens on Monday.');
    expect(standing(merge([bridge, friday], [joined], [old, monday]))).toEqual([
      'The old bridge is shut. It reopens on Monday.',
    ]);
  });

  it('grow no two words together where no space was left between them', () => {
    const glued = paragraph('one1', 'The bridge is shut.It reopens on Friday.');
    const old = paragraph('one1', 'The old bridge is shut');
    expect(standing(merge([bridge, friday], [glued], [old, friday]))).toEqual([
      'The old bridge is shut It reopens on Friday.',
    ]);
  });

  it('are taken apart between two sentences where the first one of the second was rewritten', () => {
    const base = [bridge, paragraph('two2', 'A spokesman slept. The river rose. Crews worked.')];
    const mine = paragraph(
      'one1',
      'The bridge is shut. Trains run again. The river rose. Crews worked.',
    );
    const theirs = [
      bridge,
      paragraph('new1', 'Nobody was hurt.'),
      paragraph('two2', 'The mayor resigned.'),
    ];
    expect(standing(merge(base, [mine], theirs))).toEqual([
      'The bridge is shut.',
      'Nobody was hurt.',
      ['The mayor resigned.', 'Trains run again. The river rose. Crews worked.'],
    ]);
  });

  it('are not taken for joined by words that stand elsewhere too', () => {
    const body = [
      paragraph('one1', 'The bridge is shut.'),
      paragraph('two2', 'The minister repeated nothing. The river put off Tuesday.'),
      paragraph('thr3', 'The minister put off nothing. The river repeated.'),
    ];
    const mine = [
      paragraph(
        'one1',
        'The bridge is shut. The minister repeated Friday. The river put off Monday.',
      ),
      body[2] as Block,
    ];
    const theirs = [
      body[0] as Block,
      paragraph('two2', 'The minister repeated nothing.'),
      paragraph('half', 'The river put off Tuesday.'),
      body[2] as Block,
    ];
    expect(merge(body, mine, theirs).find(({ $ }) => $.id === 'one1')).toEqual(mine[0]);
  });

  it('are not taken for joined by one word with which anything may begin', () => {
    const [word, last] = [paragraph('two2', 'The'), paragraph('thr3', 'Ferries run again.')];
    const longer = paragraph('one1', 'The bridge is shut. The crew has left.');
    expect(standing(merge([bridge, word, last], [longer, last], [bridge, last]))).toEqual([
      blockText(longer),
      blockText(last),
    ]);
  });

  it('are not taken for joined where what stands behind something new tells of another figure', () => {
    const gauges = list('list', 'gau1 Gauge 16 is dry.', 'gau2 The lock is open.');
    const mine = paragraph('one1', 'The bridge is shut. The mayor denied it. Gauge 52 is dry.');
    const theirs = paragraph('one1', 'The bridge is shut. Buses run.');
    expect(standing(merge([bridge, gauges], [mine], [theirs, gauges]))).toEqual([
      [blockText(theirs), blockText(mine)].sort(),
    ]);
  });

  it('stand joined in every version where both changed words', () => {
    const mine = paragraph('one1', 'The bridge is shut. It reopens on Friday, they say.');
    const monday = paragraph('two2', 'It reopens on Monday.');
    expect(standing(merge([bridge, friday], [mine], [bridge, monday]))).toEqual([
      [
        'The bridge is shut. It reopens on Friday, they say.',
        'The bridge is shut. It reopens on Monday.',
      ],
    ]);
  });

  it('stand apart again where the other editor put something between them', () => {
    const between = paragraph('new1', 'Buses run.');
    const old = paragraph('one1', 'The old bridge is shut.');
    expect(standing(merge([bridge, friday], [joined], [old, between, friday]))).toEqual([
      'The old bridge is shut.',
      'Buses run.',
      'It reopens on Friday.',
    ]);
  });

  it('leave no empty version where nothing of the first is left', () => {
    const mine = paragraph('one1', 'It reopens on Friday, they say.');
    const between = paragraph('new1', 'Buses run.');
    const old = paragraph('one1', 'The old bridge is shut.');
    expect(standing(merge([bridge, friday], [mine], [old, between, friday]))).toEqual([
      ['The old bridge is shut.', null].sort(),
      'Buses run.',
      'It reopens on Friday, they say.',
    ]);
  });

  it('lose nothing where the other editor removed the first', () => {
    expect(standing(merge([bridge, friday], [joined], [friday]))).toEqual([
      'It reopens on Friday.',
    ]);
  });

  it('stay joined where the other took out, or rewrote, both parts of a sentence that runs across both', () => {
    const before = [
      paragraph('one1', 'Nobody was hurt. The bridge is'),
      paragraph('two2', 'shut.'),
    ];
    const mine = paragraph('one1', 'Nobody was hurt. The bridge is shut. Buses run.');
    const theirs = paragraph('two2', 'It reopens on Friday.');
    expect(standing(merge(before, [mine], [theirs]))).toEqual([
      [blockText(mine), null].sort(),
      ['It reopens on Friday.', null].sort(),
    ]);
    expect(standing(merge(before, [mine], []))).toEqual([[blockText(mine), null].sort()]);
    const rewritten = paragraph('one1', 'Two were hurt.');
    expect(standing(merge(before, [mine], [rewritten]))).toEqual([
      [blockText(mine), 'Two were hurt.'].sort(),
    ]);
    expect(standing(merge(before, [mine], [rewritten, theirs]))).toEqual([
      [blockText(mine), 'Two were hurt. It reopens on Friday.'].sort(),
    ]);
  });

  it('stand apart again where their sentences do, also where both begin with one word', () => {
    const before = [
      paragraph('one1', 'The river rose all night. The bridge shut.'),
      paragraph('two2', 'The council met on Friday. Buses run.'),
    ];
    const mine = paragraph('one1', 'Her lawyer left. The council met on Friday. Buses run again.');
    const theirs = paragraph('two2', 'The council met on Friday. Buses run.');
    expect(standing(merge(before, [mine], [theirs]))).toEqual([
      ['Her lawyer left.', null].sort(),
      'The council met on Friday. Buses run again.',
    ]);
  });

  it('stand apart again where the other took out the first and kept the second', () => {
    const before = [
      paragraph('one1', 'Nobody was hurt. The bridge is'),
      paragraph('two2', 'shut.'),
    ];
    const mine = paragraph('one1', 'Nobody was hurt. The bridge is shut. Buses run.');
    expect(standing(merge(before, [mine], [before[1] as Block]))).toEqual(['shut. Buses run.']);
  });

  it('stay joined where the other took out one of two parts of a sentence, and its words were changed', () => {
    const before = [
      paragraph('one1', 'Nobody was hurt. The bridge is'),
      paragraph('two2', 'shut until Friday.'),
    ];
    const between = paragraph('new1', 'Buses run.');
    const longer = paragraph('one1', 'Nobody was hurt. The bridge is shut until Monday night.');
    expect(standing(merge(before, [longer], [before[0] as Block, between]))).toEqual([
      [blockText(longer), 'Nobody was hurt. The bridge is'].sort(),
      'Buses run.',
    ]);
    const other = paragraph('one1', 'Two were hurt. The old bridge is shut until Friday.');
    expect(standing(merge(before, [other], [before[1] as Block, between]))).toEqual([
      [blockText(other), 'shut until Friday.'].sort(),
      'Buses run.',
    ]);
  });

  it('stay joined where the other took out how a sentence begins, and both changed what follows', () => {
    const before = [paragraph('one1', 'The'), paragraph('two2', 'bridge is shut. Buses run now.')];
    const mine = paragraph('one1', 'The bridge is shut. Trams run now.');
    const trains = paragraph('two2', 'bridge is shut. Trains run now.');
    expect(standing(merge(before, [mine], [trains]))).toEqual([
      [blockText(mine), blockText(trains)].sort(),
    ]);
  });

  it('stay joined where the other has the first in two versions and left the second as it was', () => {
    const [start, end] = [paragraph('one1', 'Buses run. Nobody'), paragraph('two2', 'was hurt.')];
    const versions = [paragraph('one1', 'Buses run again. Nobody'), null];
    const contested: Block = { type: 'conflict', $: { id: 'one1' }, base: start, versions };
    const joined = paragraph('one1', 'Trains run. Nobody was hurt.');
    const [now, ...rest] = merge([start, end], [joined], [contested, end]);
    expect(rest).toEqual([]);
    expect(now).toMatchObject({ type: 'conflict' });
    expect((now as Extract<Block, { type: 'conflict' }>).versions).toContainEqual(joined);
  });

  it('are one word again where one was broken in two, whatever the other wrote beside it', () => {
    const before = [paragraph('one1', 'Crews worked over'), paragraph('two2', 'night. It rained.')];
    const mine = paragraph('one1', 'Crews worked overnight. It rained.');
    const theirs = [paragraph('one1', 'Two crews worked over'), before[1] as Block];
    expect(standing(merge(before, [mine], theirs))).toEqual([
      'Two crews worked overnight. It rained.',
    ]);
    const without = paragraph('one1', 'night. It rained.');
    const snow = [before[0] as Block, paragraph('two2', 'night. It snowed.')];
    expect(
      standing(merge(before, [without], snow))
        .flat()
        .join(' '),
    ).not.toContain('overnight');
  });

  it('keep what was changed in the one that the other editor removed', () => {
    const mine = paragraph('one1', 'The bridge is shut. It reopens on Friday, they say.');
    expect(standing(merge([bridge, friday], [mine], [bridge]))).toEqual([
      'The bridge is shut.',
      ['It reopens on Friday, they say.', null].sort(),
    ]);
  });

  it('are one where both joined them and one went on writing', () => {
    const mine = paragraph('one1', 'The bridge is shut. It reopens on Friday, they say.');
    expect(standing(merge([bridge, friday], [joined], [mine]))).toEqual([blockText(mine)]);
  });

  it('are joined behind the break that the other editor made in the first', () => {
    const mine = [
      paragraph('para', 'Crews worked all night.'),
      paragraph('half', 'Nobody was hurt.'),
      friday,
    ];
    const theirs = paragraph('para', `${blockText(whole)} ${blockText(friday)}`);
    expect(standing(merge([whole, friday], mine, [theirs]))).toEqual([
      'Crews worked all night.',
      'Nobody was hurt. It reopens on Friday.',
    ]);
  });

  it('grow no two words together in what is shown beside the versions, where something was written between', () => {
    const halves = [paragraph('one1', 'A spokesman put'), paragraph('two2', 'off the vote.')];
    const [contested] = merge(
      halves,
      [paragraph('one1', 'A spokesman put The river rose.off the vote.')],
      [halves[0]!, paragraph('two2', 'off the vote. The council signed.')],
    );
    if (contested?.type !== 'conflict') throw new Error('Nothing is asked.');
    expect(
      [contested.base, ...contested.versions].map((block) => block && blockText(block)),
    ).toEqual([
      'A spokesman put off the vote.',
      'A spokesman put The river rose.off the vote.',
      'A spokesman put off the vote. The council signed.',
    ]);
  });

  it('leave no space where nothing stood, when they stand apart again', () => {
    const empty = paragraph('one1', '');
    const contested = {
      type: 'conflict',
      $: { id: 'one1' },
      base: empty,
      versions: [empty, paragraph('one1', 'The ferry is shut.')],
    } as Block;
    const merged = merge(
      [empty, friday],
      [paragraph('one1', ' It reopens on Friday.')],
      [contested, friday],
    );
    expect(merged).toEqual([contested, friday]);
  });

  it('are not a paragraph into whose midst one puts what stood below it', () => {
    const was = paragraph('one1', 'The bridge is shut. The ferry sails.');
    const heading = paragraph('two2', 'It reopens on Friday.');
    const merged = merge(
      [was, heading],
      [paragraph('one1', 'The bridge is shut. It reopens on Friday. The ferry sails.')],
      [was, paragraph('two2', 'Trains are late.')],
    );
    expect(standing(merged)).toEqual([
      'The bridge is shut. It reopens on Friday. The ferry sails.',
      ['Trains are late.', null],
    ]);
  });

  it('are not a paragraph written anew and a list that was taken out, for an item in the same few words', () => {
    const text = (said: string): Block => paragraph('one1', said);
    const items = list('items', 'old1 A spokesman read pump 14.', 'old2 The minister went.');
    const merged = merge(
      [text('The council read gauge 25.'), items],
      [text('The council read gauge 26.'), items],
      [text('Her lawyer denied it. A spokesman read pump 50.')],
    );
    expect(standing(merged)).toEqual([
      ['Her lawyer denied it. A spokesman read pump 50.', 'The council read gauge 26.'],
    ]);
  });
});

describe('many breaks on both sides', () => {
  /** Paragraphs in threes: one that both split, in two places, and two that the one joins while the other writes on. */
  function bodies(count: number): [base: Block[], a: Block[], b: Block[]] {
    const sentences = (index: number): string[] =>
      Array.from(
        { length: 6 },
        (_, at) => `Sentence ${String(index * 6 + at)} is of its own kind.`,
      );
    const all = Array.from({ length: count }, (_, index) => {
      const [one, two, three, four, ...last] = sentences(index);
      const of = (name: string, ...words: (string | undefined)[]): Block =>
        paragraph(`${name}-${String(index)}`, words.join(' '));
      const [first, second] = [of('first', four), of('second', ...last)];
      return {
        base: [of('para', one, two, three), first, second],
        a: [of('para', one), of('a', two, three), first, of('second', ...last, 'New.')],
        b: [of('para', one, two), of('b', three), of('first', four, ...last)],
      };
    });
    return [all.flatMap(({ base }) => base), all.flatMap(({ a }) => a), all.flatMap(({ b }) => b)];
  }

  /** How often the merge looks at the words of a block as it was given. */
  function looksAtWords(count: number): number {
    let looks = 0;
    const watched = (body: Block[]): Block[] =>
      body.map((block) =>
        Object.defineProperty({ ...block }, 'children', {
          enumerable: true,
          get: () => {
            looks += 1;
            return 'children' in block ? block.children : [];
          },
        }),
      );
    const [base, a, b] = bodies(count).map(watched) as [Block[], Block[], Block[]];
    expect(merge(base, a, b)).toHaveLength(count * 4);
    return looks;
  }

  it('are carried with as many looks at the words for each as few', () => {
    expect(looksAtWords(80) / looksAtWords(20)).toBeLessThan(4.5);
  });
});
