import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockText, type Block, type ListBlock, type ListItem } from '#shared/article';
import { paragraph } from './arbitrary.ts';
import { merge } from './both-ways.ts';
import { tries } from '../../helpers/tries.ts';

const item = (id: string, text: string): ListItem => ({
  type: 'listitem',
  $: { id },
  children: [{ type: 'text', text }],
});

const list = (id: string, ...children: ListItem[]): ListBlock => ({
  type: 'list',
  listType: 'bullet',
  $: { id },
  children,
});

const [pumps, boats, beds, doctor] = [
  item('i111', 'Three pumps'),
  item('i222', 'Nine boats'),
  item('i333', 'Forty beds'),
  item('i444', 'One doctor'),
];
const doctors = item('i444', 'Two doctors');
const also = paragraph('also', 'And in the school:');
const whole = [list('one1', pumps, boats, beds, doctor)];
const cut = [list('one1', pumps, boats), also, list('two2', beds, doctor)];

describe('a list that one editor cut in two', () => {
  it('has what the other wrote in the half where it belongs', () => {
    expect(merge(whole, cut, [list('one1', pumps, boats, beds, doctors)])).toEqual([
      list('one1', pumps, boats),
      also,
      list('two2', beds, doctors),
    ]);
    const nurse = item('i555', 'A nurse');
    expect(merge(whole, cut, [list('one1', pumps, boats, beds, doctor, nurse)])).toEqual([
      list('one1', pumps, boats),
      also,
      list('two2', beds, doctor, nurse),
    ]);
  });

  it('has its new half where that was put, whatever each took out before it', () => {
    const [town, school] = [paragraph('tow5', 'In the town:'), paragraph('sch6', 'In the school:')];
    const mine = [{ ...school, type: 'quote' } as Block, cut[2] as Block, cut[0] as Block];
    const theirs = [
      paragraph('tow5', 'All over the town:'),
      list('one1', pumps, boats, beds, doctors),
    ];
    expect(merge([town, school, ...whole], mine, theirs).map(({ $ }) => $.id)).toEqual([
      'tow5',
      'sch6',
      'two2',
      'one1',
    ]);
  });

  it('has not what the other took out', () => {
    expect(merge(whole, cut, [list('one1', pumps, boats, doctor)])).toEqual([
      list('one1', pumps, boats),
      also,
      list('two2', doctor),
    ]);
    expect(merge(whole, cut, [list('one1', pumps, boats)])).toEqual([
      list('one1', pumps, boats),
      also,
    ]);
  });
});

describe('two lists of which one editor made one', () => {
  it('are one with the words that the other gave an item', () => {
    const edited = [list('one1', pumps, boats), also, list('two2', beds, doctors)];
    expect(merge(cut, whole, edited)).toEqual([list('one1', pumps, boats, beds, doctors)]);
  });
});

describe('an item that one editor took to another list', () => {
  const moved = [list('one1', pumps, doctor, boats), also, list('two2', beds)];

  it('stands there in the words of the other, and in one of two lists where both took it to one', () => {
    const edited = [list('one1', pumps, boats), also, list('two2', beds, doctors)];
    expect(merge(cut, moved, edited)[0]).toEqual(list('one1', pumps, doctors, boats));
    const third = list('thr3', item('i666', 'Tents'));
    const elsewhere = [
      list('one1', pumps, boats),
      also,
      list('two2', beds),
      list('thr3', item('i666', 'Tents'), doctor),
    ];
    expect(merge([...cut, third], [...moved, third], elsewhere)).toEqual([...moved, third]);
  });

  it('stays where it was when the other took out the list to which it went', () => {
    expect(merge(cut, moved, [also, list('two2', beds, doctors)])).toEqual([
      also,
      list('two2', beds, doctors),
    ]);
  });
});

const act = fc.record({
  do: fc.constantFrom('cut', 'join', 'take', 'write', 'add', 'remove', 'order'),
  at: fc.nat({ max: 20 }),
  to: fc.nat({ max: 20 }),
});
type Act = typeof act extends fc.Arbitrary<infer A> ? A : never;

/** Plays what one editor did to lists, each of which keeps an item. */
const play = (lists: readonly ListBlock[], script: readonly Act[], who: string): ListBlock[] =>
  script.reduce<ListBlock[]>(
    (body, { do: what, at, to }, step) => {
      const [from, into] = [at % body.length, to % body.length];
      const [here, there] = [body[from], body[into]];
      if (!here || !there) return body;
      const { children } = here;
      const place = to % children.length;
      const picked = children.slice(place, place + 1);
      const fresh = item(`${who}-${String(step)}`, `${who}${String(step)}w`);
      const withItems = (items: ListItem[]): ListBlock[] =>
        body.with(from, { ...here, children: items });
      if (what === 'cut' && place > 0)
        return withItems(children.slice(0, place)).toSpliced(from + 1, 0, {
          ...list(`${who}-list-${String(step)}`),
          children: children.slice(place),
        });
      if (what === 'join' && from + 1 < body.length)
        return withItems([...children, ...(body[from + 1]?.children ?? [])]).toSpliced(from + 1, 1);
      if (what === 'write')
        return withItems(
          children.map((one) => (picked.includes(one) ? { ...fresh, $: one.$ } : one)),
        );
      if (what === 'add') return withItems(children.toSpliced(place, 0, fresh));
      if (children.length < 2) return body;
      const left = withItems(children.toSpliced(place, 1));
      if (what === 'remove') return left;
      if (what === 'order') return withItems([...picked, ...children.toSpliced(place, 1)]);
      if (what !== 'take' || here === there) return body;
      return left.with(into, { ...there, children: [...picked, ...there.children] });
    },
    [...lists],
  );

describe('whatever two editors do to the items of several lists', () => {
  it('leaves no item in two lists, and drops none that is new or that both left', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 4 }), { minLength: 1, maxLength: 3 });
    const script = fc.array(act, { maxLength: 4 });
    fc.assert(
      fc.property(sizes, script, script, (counts, one, two) => {
        const base = counts.map((count, at) => ({
          ...list(`base-${String(at)}`),
          children: Array.from({ length: count }, (_, index) =>
            item(`item-${String(at)}-${String(index)}`, `base${String(at)}x${String(index)}w`),
          ),
        }));
        const [a, b] = [play(base, one, 'mine'), play(base, two, 'theirs')];
        const merged = merge(base, a, b);
        const idsIn = (body: readonly Block[]): string[] =>
          body.flatMap((block) =>
            block.type === 'list' ? block.children.map(({ $ }) => $.id) : [],
          );
        expect(new Set(idsIn(merged)).size).toBe(idsIn(merged).length);
        const texts = (body: readonly Block[]): Set<string> =>
          new Set(body.flatMap((block) => blockText(block).split('\n')));
        const [before, ofA, ofB, after] = [base, a, b, merged].map(texts);
        for (const text of [...(ofA ?? []), ...(ofB ?? [])])
          if (!before?.has(text) || (ofA?.has(text) && ofB?.has(text)))
            expect(after).toContain(text);
        expect(merge(a, merged, a)).toEqual(merged);
      }),
      tries(1000),
    );
  });
});
