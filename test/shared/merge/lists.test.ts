import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  blockText,
  canonicalJson,
  type Block,
  type ListBlock,
  type ListItem,
} from '#shared/article';
import { mergeContents } from '#shared/merge';
import { content } from './arbitrary.ts';
import { changeList, hand, type RichAct } from './rich.ts';
import { tries } from '../../helpers/tries.ts';

/** Merges both ways round, and gives the body both ways agree on. */
function merge(base: Block, a: Block, b: Block): Block[] {
  const there = mergeContents(content([base]), content([a]), content([b]));
  const back = mergeContents(content([base]), content([b]), content([a]));
  expect(canonicalJson(back)).toBe(canonicalJson(there));
  return there.content.body;
}

function item(id: string, text: string): ListItem {
  return { type: 'listitem', $: { id }, children: [{ type: 'text', text }] };
}

function deeper(id: string, ...children: ListItem[]): ListItem {
  return {
    type: 'listitem',
    $: { id },
    children: [{ ...list(...children), $: { id: `l-${id}` } }],
  };
}

function list(...children: ListItem[]): ListBlock {
  return { type: 'list', listType: 'bullet', $: { id: 'list' }, children };
}

const [one, two, three] = [item('i111', 'One'), item('i222', 'Two'), item('i333', 'Three')];
const second = item('i222', 'Second');
const third = item('i333', 'Third');
const plain = list(one, two, three);
const shorter = list(one, two);

describe('an item that one editor indented', () => {
  it('stands once, with the words that the other gave it', () => {
    const indented = list(one, deeper('d111', two), three);
    expect(merge(plain, indented, list(one, second, third))).toEqual([
      list(one, deeper('d111', second), third),
    ]);
  });

  it('is gone where the other took it out, for no word of it is new', () => {
    const without = list(one, three);
    expect(merge(plain, list(one, deeper('d111', two), three), without)).toEqual([without]);
    const [standing] = merge(plain, list(one, deeper('d111', second), three), without);
    expect(standing?.type).toBe('conflict');
  });

  it('is taken out of its level again with the other’s words', () => {
    const before = list(one, deeper('d111', two, three));
    expect(
      merge(
        before,
        list(one, two, deeper('d222', three)),
        list(one, deeper('d111', second, third)),
      ),
    ).toEqual([list(one, second, deeper('d222', third))]);
  });

  it('is indented once where both indented it', () => {
    expect(
      merge(plain, list(one, deeper('d111', two), three), list(one, deeper('d222', second), three)),
    ).toEqual([list(one, deeper('d111', second), three)]);
  });

  it('comes into one deeper list with the one below that the other indented', () => {
    expect(
      merge(plain, list(one, deeper('d222', two), three), list(one, two, deeper('d111', three))),
    ).toEqual([list(one, deeper('d222', two, three))]);
  });

  it('stands in two versions of the list where each numbered it from elsewhere', () => {
    const from = (start: number): ListBlock => ({ ...plain, listType: 'number', start });
    const [block] = merge(plain, from(3), from(5));
    expect(block).toMatchObject({ type: 'conflict', versions: [from(3), from(5)] });
  });

  it('stands less deep of two depths that two gave it', () => {
    const before = list(one, deeper('d111', two));
    const deep = list(one, deeper('d111', deeper('d222', two)));
    expect(merge(before, deep, shorter)).toEqual([shorter]);
  });

  it('is shown in no version twice where both changed its words', () => {
    const [block] = merge(
      plain,
      list(one, deeper('d111', item('i222', 'Two pumps')), three),
      list(one, second, three),
    );
    expect(
      block?.type === 'conflict' && block.versions.map((version) => version && blockText(version)),
    ).toEqual(['One\nSecond\nThree', 'One\nTwo pumps\nThree']);
  });
});

describe('a line that stands as deep as before, in a level that one editor made anew', () => {
  const before = list(one, deeper('d111', two, three));
  const anew = list(deeper('d222', one, two, three));

  it('is gone where the other removed it', () => {
    const removed = list(deeper('d333', one, two));
    expect(merge(before, anew, removed)).toEqual([list(deeper('d222', one, two))]);
  });

  it('stands where the other moved it, deeper or less deep', () => {
    const indented = list(one, deeper('d111', two, deeper('d333', three)));
    expect(merge(before, anew, indented)).toEqual([
      list(deeper('d222', one, two, deeper('d333', three))),
    ]);
    const outdented = list(one, deeper('d111', two), three);
    expect(merge(before, anew, outdented)).toEqual([list(deeper('d222', one, two), three)]);
  });

  it('is contested where one editor edited what the other removed', () => {
    const [block] = merge(
      before,
      list(deeper('d222', one, two, third)),
      list(one, deeper('d111', two)),
    );
    expect(
      block?.type === 'conflict' && block.versions.map((version) => version && blockText(version)),
    ).toEqual(['One\nTwo\nThird', 'One\nTwo']);
  });
});

const act = (names: readonly RichAct['do'][]): fc.Arbitrary<RichAct> =>
  fc.record({
    do: fc.constantFrom(...names),
    at: fc.nat({ max: 30 }),
    to: fc.nat({ max: 30 }),
    kind: fc.constant('list' as const),
  });

const start = list(
  ...['A', 'B', 'C', 'D', 'E', 'F'].map((name) => item(`item-${name}`, `${name}w`)),
);
const play = (from: ListBlock, script: readonly RichAct[], who: string): ListBlock => {
  const by = hand(who);
  return script.reduce((now, step) => changeList(now, step, by), from);
};

describe('two levels that stand side by side as two', () => {
  const four = item('i444', 'Four');

  it('stay two where a line between them is of a level that the other made', () => {
    const before = list(one, two);
    const apart = list(deeper('d333', one, two), deeper('d444', three, four));
    const indented = list(one, deeper('d111', two));
    expect(merge(before, apart, indented)).toEqual([
      list(deeper('d333', one, two), deeper('d444', three, four)),
    ]);
  });
});

/** Every id and every word of a list, at any level. */
function everything(value: unknown, name: 'id' | 'text'): string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) =>
    key === name ? [String(member)] : everything(member, name),
  );
}

describe('whatever two editors do to the levels of a list', () => {
  const levels = fc.array(act(['indent', 'outdent']), { maxLength: 8, size: 'max' });
  const any = fc.array(
    act([
      'indent',
      'outdent',
      'entry-insert',
      'entry-remove',
      'entry-move',
      'entry-write',
      'deeper',
      'retype',
    ]),
    { maxLength: 8, size: 'max' },
  );

  it('contests nothing where one changed the levels and the other the words', () => {
    fc.assert(
      fc.property(
        levels,
        levels,
        fc.array(act(['entry-write']), { maxLength: 4 }),
        (before, one, two) => {
          const base = play(start, before, 'base');
          const [a, b] = [play(base, one, 'A'), play(base, two, 'B')];
          const [merged, more] = merge(base, a, b);
          expect(more).toBeUndefined();
          expect(merged?.type).toBe('list');
          expect(everything(merged, 'text')).toEqual(everything(b, 'text'));
          expect(everything(merged, 'id').sort()).toEqual(everything(a, 'id').sort());
        },
      ),
      tries(),
    );
  });

  it('shows no line twice and gives no id twice, in any version', () => {
    fc.assert(
      fc.property(any, any, any, (before, one, two) => {
        const base = play(start, before, 'base');
        const [a, b] = [play(base, one, 'A'), play(base, two, 'B')];
        for (const block of merge(base, a, b))
          for (const version of block.type === 'conflict' ? block.versions : [block])
            for (const name of ['id', 'text'] as const) {
              const found = everything(version, name);
              expect(found).toHaveLength(new Set(found).size);
            }
      }),
      tries(300),
    );
  });
});
