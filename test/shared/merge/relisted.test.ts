import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, canonicalJson, type Block, type ListBlock } from '#shared/article';
import { paragraph, type Paragraph } from './arbitrary.ts';
import { merge } from './both-ways.ts';
import { tries } from '../../helpers/tries.ts';

/** The list that becomes of texts: it keeps the id of the first, and its items are new. */
function listOf(who: string, texts: readonly Paragraph[]): ListBlock {
  return {
    type: 'list',
    listType: 'bullet',
    $: { id: texts[0]?.$.id ?? 'list' },
    children: texts.map(({ $, children }) => ({
      type: 'listitem',
      $: { id: `${who}-${$.id}` },
      children,
    })),
  };
}

const pumps = paragraph('one1', 'Three pumps at Westbrook.');
const boats = paragraph('two2', 'Nine boats on the river.');
const beds = paragraph('thr3', 'Forty beds in the school.');
const texts = [pumps, boats, beds];
const end = paragraph('end9', 'All else is shut.');
const more = paragraph('two2', 'Ten boats on the river.');

describe('paragraphs of which one editor made a list', () => {
  const listed = [listOf('a', texts)];

  it('ask about the one of which the other made a subhead meanwhile', () => {
    const subhead: Block = { ...boats, type: 'heading', tag: 'h2' };
    expect(merge(texts, listed, [pumps, subhead, beds])).toContainEqual(
      expect.objectContaining({ versions: expect.arrayContaining([subhead, null]) as unknown }),
    );
  });

  it('ask about the one whose break the other suggests to take out', () => {
    const breakRemoved = { id: 'sugg', by: 'slot', at: '2026-11-14T12:00:00.000Z' };
    const suggested: Block = { ...boats, $: { ...boats.$, breakRemoved } };
    expect(merge(texts, listed, [pumps, suggested, beds])).toContainEqual(
      expect.objectContaining({ versions: expect.arrayContaining([suggested, null]) as unknown }),
    );
  });
});

describe('paragraphs of which two editors each made a list of some', () => {
  const items = (block: Block | undefined): string[] => (block ? blockText(block).split('\n') : []);
  const said = texts.map((block) => blockText(block));

  it('are one list where the two overlap, whichever begins earlier, and nothing is contested', () => {
    const four = [...texts, end];
    const [early, late, all] = [
      [listOf('a', [pumps, boats]), beds, end],
      [pumps, listOf('b', [boats, beds]), end],
      [listOf('b', texts), end],
    ];
    for (const [mine, theirs] of [
      [early, late],
      [early, all],
      [late, all],
    ] as const) {
      const [list, last, more] = merge(four, mine, theirs);
      expect(list).toMatchObject({ type: 'list', $: { id: 'one1' } });
      expect(items(list)).toEqual(said);
      expect([last, more]).toEqual([end, undefined]);
    }
  });

  it('are one list with what each wrote in its own, or beside it', () => {
    const ward = paragraph('thr3', 'Fifty beds in the school.');
    const added = paragraph('new1', 'One doctor.');
    const mine = [listOf('a', [pumps, more]), added, ward];
    const theirs = [pumps, listOf('b', [boats, beds])];
    const [list, rest] = merge(texts, mine, theirs);
    expect(rest).toBeUndefined();
    expect(items(list)).toEqual([
      said[0],
      'Ten boats on the river.',
      'One doctor.',
      'Fifty beds in the school.',
    ]);
  });

  it('stand side by side where something that is no paragraph came between', () => {
    const heading: Block = { ...paragraph('new1', 'Help'), type: 'heading', tag: 'h2' };
    const mine = [listOf('a', [pumps, boats]), heading, beds];
    const merged = merge(texts, mine, [listOf('b', texts)]);
    expect(merged[0]).toMatchObject({ type: 'conflict' });
    expect(merged).toContainEqual(heading);
  });
});

describe('paragraphs of which one editor made a list', () => {
  it('are items with the words that the other gave them', () => {
    const list = listOf('a', texts);
    const [first, second, third] = list.children;
    expect(merge([...texts, end], [list, end], [pumps, more, beds, end])).toEqual([
      { ...list, children: [first, { ...second, children: more.children }, third] },
      end,
    ]);
  });

  it('take in what the other wrote between them, and lose what the other took out', () => {
    const added = paragraph('new1', 'One doctor.');
    const merged = merge(texts, [listOf('a', texts)], [pumps, added, beds]);
    expect(merged.map((block) => blockText(block))).toEqual([
      [pumps, added, beds].map((block) => blockText(block)).join('\n'),
    ]);
  });

  it('are one list where both made one, with the words of each', () => {
    const fewer = paragraph('thr3', 'Four beds in the school.');
    const merged = merge(
      texts,
      [listOf('a', [pumps, more, beds])],
      [listOf('b', [pumps, boats, fewer])],
    );
    expect(merged).toEqual([listOf('a', [pumps, more, fewer])]);
  });

  it('are contested where the words of one were changed on both sides', () => {
    const less = paragraph('two2', 'No boats on the river.');
    const [block, other] = merge(texts, [listOf('a', [pumps, more, beds])], [pumps, less, beds]);
    expect(other).toBeUndefined();
    expect(block?.type === 'conflict' && block.versions.map((version) => version?.type)).toEqual([
      'list',
      'list',
    ]);
  });

  it('are left to a person where the other put something else between them', () => {
    const rule: Block = { type: 'horizontalrule', $: { id: 'rule' } };
    const merged = merge(texts, [listOf('a', texts)], [pumps, rule, more, beds]);
    expect(merged.filter(({ type }) => type === 'conflict')).toHaveLength(1);
    expect(canonicalJson(merged)).toContain('Ten boats');
  });
});

describe('a list of which one editor made paragraphs', () => {
  const list = listOf('i', texts);
  const turned = [pumps, paragraph('new2', blockText(boats)), paragraph('new3', blockText(beds))];

  it('has the words and the items of the other in them', () => {
    const [first, second, third] = list.children;
    const added = { ...third, $: { id: 'added' }, children: end.children } as typeof third;
    const edited = {
      ...list,
      children: [first, { ...second, children: more.children }, third, added],
    } as ListBlock;
    expect(merge([list], turned, [edited])).toEqual([
      pumps,
      { ...turned[1], children: more.children },
      turned[2],
      paragraph('added', blockText(end)),
    ]);
  });

  it('has each of them once where both made them, and one went on writing', () => {
    const theirs = [pumps, paragraph('aaa2', blockText(more)), paragraph('aaa3', blockText(beds))];
    expect(merge([list], turned, theirs)).toEqual(theirs);
  });

  it('is not what was written elsewhere with other figures in the same words', () => {
    const ward = paragraph('new4', '12 beds in the school.');
    const [was, now] = [
      paragraph('old4', '30 beds in the school.'),
      paragraph('old4', '40 beds in the school.'),
    ];
    const [before, edited] = [listOf('i', [was]), listOf('i', [now])];
    expect(merge([before, end], [end, ward], [edited, end])).toEqual([
      { type: 'conflict', $: { id: 'old4' }, base: before, versions: [null, edited] },
      end,
      ward,
    ]);
  });
});

describe('whatever else is done to paragraphs that became a list', () => {
  it('contests nothing where the other changed words alone, and loses and doubles none', () => {
    fc.assert(
      fc.property(
        fc.array(fc.boolean(), { minLength: 1, maxLength: 6 }),
        fc.boolean(),
        (changed, isList) => {
          const was = changed.map((_, index) =>
            paragraph(`text-${index}`, `Base${index}w stands here still.`),
          );
          const is = changed.map((isChanged, index) =>
            isChanged
              ? paragraph(`text-${index}`, `Base${index}w stands here New${index}w.`)
              : was[index],
          ) as Paragraph[];
          const own = changed.map((_, index) =>
            index === 0 ? was[0] : paragraph(`own-${index}`, blockText(was[index] as Block)),
          ) as Paragraph[];
          const merged = isList
            ? merge(was, [listOf('a', was)], is)
            : merge([listOf('a', was)], own, [listOf('a', is)]);
          expect(merged.map((block) => blockText(block)).join('\n')).toBe(
            is.map((block) => blockText(block)).join('\n'),
          );
          expect(merged.map(({ type }) => type)).toEqual(
            isList ? ['list'] : is.map(() => 'paragraph'),
          );
        },
      ),
      tries(),
    );
  });
});
