import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assetsOf,
  canonicalJson,
  FIELD_NAMES,
  Revision,
  type Block,
  type Content,
  type ListBlock,
  type PlainBlock,
} from '#shared/article';
import { mergeContents } from '#shared/merge';
import { hand, playRich, richAct, richArticle, richKinds } from './rich.ts';
import { tries } from '../../helpers/tries.ts';

const ARTICLE = '0192d3a0-0000-7000-8000-000000000001';

function bytes(value: unknown): string {
  return value === undefined ? 'nothing' : canonicalJson(value);
}

/** Every word that stands anywhere: in fields, in blocks, in versions to choose from. */
function wordsIn({ fields, body, conflicts }: Content): Set<string> {
  const standing = [
    fields,
    body.map((block) => (block.type === 'conflict' ? block.versions : block)),
    conflicts.map((conflict) => (conflict.kind === 'field' ? conflict.versions : conflict)),
  ];
  return new Set(canonicalJson(standing).match(/[A-Za-z]+[0-9]+w/g) ?? []);
}

/** Every text that is written in one place, whole. */
function textsIn(value: unknown, found = new Set<string>()): Set<string> {
  if (typeof value !== 'object' || value === null) return found;
  if ('type' in value && 'children' in value && Array.isArray(value.children)) {
    const inline = value.children.filter((child: { type: string }) => child.type === 'text') as {
      text: string;
    }[];
    if (inline.length > 0) found.add(inline.map((node) => node.text).join('|'));
  }
  for (const [name, member] of Object.entries(value)) {
    if (['caption', 'credit', 'alt', 'title', 'name'].includes(name)) found.add(String(member));
    textsIn(member, found);
  }
  return found;
}

const TEXTS: readonly string[] = ['paragraph', 'heading', 'quote', 'pullquote', 'note'];

/** The words one after the other, whatever stands between them. */
function spaced(text: string): string {
  return ` ${(text.match(/[A-Za-z]+[0-9]+w/g) ?? []).join(' ')} `;
}

/** The text of a body from its first paragraph, or item of a list, to its last: either may be joined to the other. */
function running(body: readonly Block[]): string {
  const standing = body.flatMap((block) => (block.type === 'conflict' ? block.versions : [block]));
  return spaced(
    standing
      .flatMap((block) =>
        block && [...TEXTS, 'list'].includes(block.type) ? [...textsIn(block)] : [],
      )
      .join(' '),
  );
}

/** The block that every word of a text, or of a list, stands in. */
function homes(body: readonly Block[]): Map<string, string> {
  return new Map(
    body.flatMap((block) =>
      [...TEXTS, 'list'].includes(block.type)
        ? [...textsIn(block)].flatMap((one) =>
            spaced(one)
              .split(' ')
              .map((word) => [word, block.$.id] as const),
          )
        : [],
    ),
  );
}

/** The blocks in which a side cut a text, joined two or made a list of them: words that stood in one stand in another. */
function broken(base: readonly Block[], side: readonly Block[]): Set<string> {
  const now = homes(side);
  return new Set(
    [...homes(base)].flatMap(([word, was]) => {
      const is = now.get(word);
      return is === undefined || is === was ? [] : [was, is];
    }),
  );
}

/** The lines of a list from the first to the last, whatever levels they stand on. */
function linesOf({ children }: ListBlock): string[] {
  return children.flatMap((item) =>
    item.children.some(({ type }) => type === 'list')
      ? item.children.flatMap((child) => (child.type === 'list' ? linesOf(child) : []))
      : [item.$.id],
  );
}

/** Whether a side put items of a list into another order. */
function hasMovedItems(base: readonly Block[], side: readonly Block[]): boolean {
  const now = byId(side);
  return base.some((was) => {
    const is = now.get(was.$.id);
    if (was.type !== 'list' || is?.type !== 'list') return false;
    const [before, after] = [was, is].map(linesOf);
    const kept = (before ?? []).filter((id) => after?.includes(id));
    return kept.join() !== (after ?? []).filter((id) => before?.includes(id)).join();
  });
}

function byId(body: readonly Block[]): Map<string, Block> {
  return new Map(body.map((block) => [block.$.id, block]));
}

function ids(body: readonly Block[]): string[] {
  return body.map((block) => block.$.id);
}

const versionsOf = (block: Block | undefined): readonly (PlainBlock | null)[] =>
  block?.type === 'conflict' ? block.versions : [block ?? null];

/** The words of a block, in whatever version. */
function wordsOf(block: Block | undefined): string[] {
  return canonicalJson(versionsOf(block)).match(/[A-Za-z]+[0-9]+w/g) ?? [];
}

/**
 * Whether each block in which a word stands, which stood there in several, is one that a side took it out of. For words that
 * is right: many stand in several, and who takes one out of the last is no different from who took it out of the others.
 */
function isTakenOutOfEach(word: string, base: Content, sides: readonly Content[]): boolean {
  const holders = (body: readonly Block[]): Block[] =>
    body.filter((block) => wordsOf(block).includes(word));
  const inFields = canonicalJson([base, ...sides].map((each) => [each.fields, each.conflicts]));
  const known = holders(base.body).map(({ $ }) => $.id);
  const isLeft = (id: string): boolean =>
    sides.every(({ body }) => ids(holders(body)).includes(id));
  const isNew = sides.some(({ body }) => holders(body).some(({ $ }) => !known.includes($.id)));
  return known.length > 1 && !isNew && !known.some(isLeft) && !inFields.includes(word);
}

/** Whether a merge asks of a block that one side changed and the other left, for something of it stands nowhere else. */
function isAskedFor(
  id: string,
  side: Block | undefined,
  other: Block | undefined,
  merged: Content,
): boolean {
  const now = merged.body.find(({ $ }) => $.id === id);
  const elsewhere = wordsIn({ ...merged, body: merged.body.filter((block) => block !== now) });
  const offered = new Set([...versionsOf(side), ...versionsOf(other)].map(bytes));
  return (
    now?.type === 'conflict' &&
    offered.size === now.versions.length &&
    now.versions.every((version) => offered.has(bytes(version))) &&
    wordsOf(other).some((word) => !elsewhere.has(word) && !wordsOf(side).includes(word))
  );
}

/** What a field holds, with the card at it. */
function held({ fields, conflicts }: Content, name: (typeof FIELD_NAMES)[number]): string {
  return bytes([
    fields[name],
    conflicts.filter((conflict) => conflict.kind === 'field' && conflict.field === name),
  ]);
}

/** Everything that is promised of one merge, whatever led to it. Gives what it made. */
function checkedMerge(base: Content, a: Content, b: Content): Content {
  const { content: merged } = mergeContents(base, a, b);
  expect(bytes(mergeContents(base, b, a).content)).toBe(bytes(merged));

  // It is an article that every Stet can read, with nothing left out by reading it.
  const revision = {
    schema: 1,
    article: ARTICLE,
    parents: [],
    assets: assetsOf(merged),
    ...merged,
  };
  expect(bytes(Revision.parse(revision))).toBe(bytes(revision));
  expect(new Set(ids(merged.body)).size).toBe(merged.body.length);
  for (const block of merged.body)
    if (block.type === 'conflict')
      expect(new Set(block.versions.map(bytes)).size).toBe(block.versions.length);

  // Nothing is dropped: neither what a side wrote nor what both left standing.
  const [before, ofA, ofB, after] = [base, a, b, merged].map(wordsIn) as [
    Set<string>,
    Set<string>,
    Set<string>,
    Set<string>,
  ];
  for (const word of [...ofA, ...ofB])
    if (!before.has(word) || (ofA.has(word) && ofB.has(word)))
      if (!isTakenOutOfEach(word, base, [a, b])) expect(after).toContain(word);
  // A text of two words or more that both still have somewhere stands, or is asked for, also where each took out the other's.
  const [textsOfA, textsOfB, standing] = [a, b, merged].map(({ body }) => [
    ...textsIn(body.map(versionsOf)),
  ]) as [string[], string[], string[]];
  for (const text of textsOfA.filter((one) => textsOfB.includes(one) && / \S/.test(one.trim())))
    expect(standing.map(spaced).join()).toContain(spaced(text));

  // Nothing is made up: each text is the text of one side, whole, though a break of the other may stand in it or be gone.
  const written = new Set([...textsIn(base), ...textsIn(a), ...textsIn(b)]);
  const runs = [base, a, b].map(({ body }) => running(body));
  for (const one of textsIn(merged))
    if (!runs.some((run) => run.includes(spaced(one)))) expect(written).toContain(one);

  // What only one side changed is as that side left it, apart from its breaks where the other changed the words.
  const [inBase, inA, inB, inMerged] = [base, a, b, merged].map(({ body }) => byId(body)) as [
    Map<string, Block>,
    Map<string, Block>,
    Map<string, Block>,
    Map<string, Block>,
  ];
  for (const [side, other] of [
    [inA, inB],
    [inB, inA],
  ] as const) {
    const cut = broken(base.body, [...side.values()]);
    for (const id of new Set([...inBase.keys(), ...side.keys()])) {
      if (cut.has(id) || bytes(other.get(id)) !== bytes(inBase.get(id))) continue;
      const isTwin = !inBase.has(id) && !inMerged.has(id);
      const isAsked = isAskedFor(id, side.get(id), other.get(id), merged);
      if (!isTwin && !isAsked) expect(bytes(inMerged.get(id))).toBe(bytes(side.get(id)));
    }
  }
  for (const name of FIELD_NAMES) {
    if (held(b, name) === held(base, name)) expect(held(merged, name)).toBe(held(a, name));
    if (held(a, name) === held(base, name)) expect(held(merged, name)).toBe(held(b, name));
  }

  // Where one side moved and added nothing, the other's order stands.
  for (const [side, other] of [
    [a, b],
    [b, a],
  ] as const) {
    const kept = ids(base.body).filter((id) => byId(other.body).has(id));
    if (kept.join() !== ids(other.body).join()) continue;
    // Items that the other put into another order are blocks in that order where the side made blocks of them.
    const loose = hasMovedItems(base.body, other.body)
      ? broken(base.body, side.body)
      : new Set<string>();
    const order = ids(merged.body).filter((id) => byId(side.body).has(id) && !loose.has(id));
    expect(order).toEqual(ids(side.body).filter((id) => inMerged.has(id) && !loose.has(id)));
  }

  // Meeting a side again changes nothing.
  expect(bytes(mergeContents(a, merged, a).content)).toBe(bytes(merged));
  expect(bytes(mergeContents(base, a, base).content)).toBe(bytes(a));
  expect(bytes(mergeContents(base, a, a).content)).toBe(bytes(a));
  return merged;
}

describe('whatever editors do to an article of every kind of block and field', () => {
  it('keeps every promise when two meet', () => {
    fc.assert(
      fc.property(
        richKinds,
        fc.array(richAct, { maxLength: 8, size: 'max' }),
        fc.array(richAct, { maxLength: 8, size: 'max' }),
        (kinds, one, two) => {
          const base = richArticle(kinds);
          checkedMerge(base, playRich(base, one, hand('A')), playRich(base, two, hand('B')));
        },
      ),
      tries(500),
    );
  });

  const editors = ['A', 'B', 'C'] as const;
  const step = fc.oneof(
    {
      weight: 3,
      arbitrary: fc.record({
        who: fc.nat({ max: 2 }),
        acts: fc.array(richAct, { minLength: 1, maxLength: 4 }),
      }),
    },
    { weight: 2, arbitrary: fc.record({ who: fc.nat({ max: 2 }), meets: fc.nat({ max: 2 }) }) },
  );

  it('keeps every promise however often, and crosswise, they meet', () => {
    fc.assert(
      fc.property(richKinds, fc.array(step, { maxLength: 24, size: 'max' }), (kinds, steps) => {
        const start = richArticle(kinds);
        const hands = editors.map(hand);
        const history: { content: Content; parents: number[] }[] = [
          { content: start, parents: [] },
        ];
        const at = editors.map(() => 0);
        const put = (who: number, content: Content, parents: number[]): void => {
          history.push({ content, parents });
          at[who] = history.length - 1;
        };
        const before = (one: number): Set<number> => {
          const seen = new Set([one]);
          for (const member of seen)
            for (const parent of history[member]?.parents ?? []) seen.add(parent);
          return seen;
        };
        // Where merges met crosswise, both come from several revisions, joined as a computer joins them.
        const common = (one: number, other: number): Content => {
          const shared = [...before(one)].filter((each) => before(other).has(each));
          const passed = new Set(shared.flatMap((each) => history[each]?.parents ?? []));
          const [first = 0, ...others] = shared
            .filter((each) => !passed.has(each))
            .sort((x, y) => x - y);
          return others.reduce(
            (joined, each) =>
              mergeContents(common(first, each), joined, history[each]?.content ?? start).content,
            history[first]?.content ?? start,
          );
        };
        for (const now of steps) {
          const mine = at[now.who] ?? 0;
          const ours = history[mine]?.content ?? start;
          if ('acts' in now) {
            put(now.who, playRich(ours, now.acts, hands[now.who] ?? hand('D')), [mine]);
            continue;
          }
          const theirs = at[now.meets] ?? 0;
          if (before(mine).has(theirs)) continue;
          if (before(theirs).has(mine)) {
            at[now.who] = theirs;
            continue;
          }
          const base = common(mine, theirs);
          put(now.who, checkedMerge(base, ours, history[theirs]?.content ?? start), [mine, theirs]);
        }
      }),
      tries(500),
    );
  });
});
