import type { Block } from '#shared/article';
import type * as blockModule from '../../../src-shared/merge/block.ts';
import type * as breaksModule from '../../../src-shared/merge/breaks.ts';
import type * as entriesModule from '../../../src-shared/merge/entries.ts';
import type * as fieldsModule from '../../../src-shared/merge/fields.ts';
import type * as versionsModule from '../../../src-shared/merge/versions.ts';
import { at, idOf, overBodies, type PlantedBug, type Seam } from './seam.ts';

type MergePlain = typeof blockModule.mergePlain;
type MergeStanding = typeof versionsModule.mergeStanding;

function overStanding(replace: (original: MergeStanding) => MergeStanding): Seam {
  return at<MergeStanding>('src-shared/merge/versions.ts', 'mergeStanding', replace);
}

const saying = (value: unknown): string =>
  typeof value === 'string' ? value : JSON.stringify(value);

const orderOf = (blocks: readonly Block[], among: readonly Block[]): string[] => {
  const ids = new Set(among.map(idOf));
  return blocks.map(idOf).filter((id) => ids.has(id));
};

/** The first block that stands elsewhere among those that both hold. */
function firstMoved(base: readonly Block[], side: readonly Block[]): string | undefined {
  const before = orderOf(base, side);
  return orderOf(side, base).find((id, index) => id !== before[index]);
}

/** A paragraph without its first word, and the space behind it. */
function beheaded(block: Block): Block {
  if (block.type !== 'paragraph') return block;
  const [first, ...rest] = block.children;
  if (first?.type !== 'text' || !first.text.includes(' ')) return block;
  return { ...block, children: [{ ...first, text: first.text.replace(/^\S+\s+/, '') }, ...rest] };
}

export const BUGS_OF_MERGING = {
  'carried-breaks-cost-a-word': {
    what: 'Where a cut of one side is carried over to the words of the other, the word behind it is lost.',
    seam: at<typeof breaksModule.carryBreaks>(
      'src-shared/merge/breaks.ts',
      'carryBreaks',
      (original) => (base, a, b) => {
        const carried = original(base, a, b);
        const known = [base, a, b].map((body) => new Set(body.map(idOf)));
        const [ofBase, ofA, ofB] = carried.map((body, at) =>
          body.map((block) => (known[at]!.has(idOf(block)) ? block : beheaded(block))),
        );
        return [ofBase!, ofA!, ofB!];
      },
    ),
    seed: 42,
    breaks: [2, 3, 8],
  },
  'list-items-of-one-side-lost': {
    what: 'Of two versions of a list, only the items that both hold stay.',
    seam: overBodies((merged, _base, a, b) =>
      merged.map((block) => {
        const [mine, theirs] = [a, b].map((side) =>
          side.find((each) => idOf(each) === idOf(block)),
        );
        if (block.type !== 'list' || mine?.type !== 'list' || theirs?.type !== 'list') return block;
        const held = new Set(mine.children.map(({ $ }) => $.id));
        const both = new Set(theirs.children.map(({ $ }) => $.id).filter((id) => held.has(id)));
        return { ...block, children: block.children.filter(({ $ }) => both.has($.id)) };
      }),
    ),
    seed: 2,
    breaks: [2, 8],
  },
  'moved-blocks-stand-twice': {
    what: 'A block that one side moved stands at both places.',
    seam: overBodies((merged, base, a, b) => {
      const moved = firstMoved(base, a) ?? firstMoved(base, b);
      const twin = merged.find((block) => idOf(block) === moved);
      return twin ? [...merged, twin] : merged;
    }),
    seed: 3,
    breaks: [1, 7, 8],
  },
  'moves-are-forgotten': {
    what: 'Blocks that one side moved stand where they stood before.',
    seam: overBodies((merged, base) => {
      const before = orderOf(base, merged);
      const byId = new Map(merged.map((block) => [idOf(block), block]));
      return merged.map((block) =>
        base.some((each) => idOf(each) === idOf(block)) ? byId.get(before.shift()!)! : block,
      );
    }),
    seed: 2,
    breaks: [7],
  },
  'removing-an-entry-wins': {
    what: 'A list item, row or credit that one side edited and the other removed is removed.',
    seam: at<typeof entriesModule.mergeEntries>(
      'src-shared/merge/entries.ts',
      'mergeEntries',
      (original) => (base, a, b, rules) => {
        const ids = (side: typeof a): Set<string> => new Set(side.map(rules.idOf));
        const [ofBase, ofA, ofB] = [ids(base), ids(a), ids(b)];
        const stays = (entry: (typeof a)[number]): boolean => {
          const id = rules.idOf(entry);
          return !ofBase.has(id) || (ofA.has(id) && ofB.has(id));
        };
        const [forA, forB] = original(base, a, b, rules);
        return [forA.filter(stays), forB.filter(stays)];
      },
    ),
    seed: 15,
    breaks: [2, 8],
  },
  'captions-change-pictures': {
    what: 'Where one side put another picture in, it gets the caption that the other wrote for the first.',
    seam: at<MergePlain>('src-shared/merge/block.ts', 'mergePlain', (original) => (base, a, b) => {
      const merged = original(base, a, b);
      if (a.type !== 'image' || b.type !== 'image' || a.asset === b.asset) return merged;
      return [
        { ...a, caption: b.caption },
        { ...b, caption: a.caption },
      ];
    }),
    seed: 40,
    breaks: [3, 8],
  },
  'one-list-of-two': {
    what: 'Of two versions of a list, only one is kept, whole.',
    seam: at<MergePlain>(
      'src-shared/merge/block.ts',
      'mergePlain',
      (original) => (base, a, b) =>
        a.type === 'list' && b.type === 'list'
          ? JSON.stringify(a) < JSON.stringify(b)
            ? [a, a]
            : [b, b]
          : original(base, a, b),
    ),
    seed: 3,
    breaks: [2, 8],
  },
  'third-version-dropped': {
    what: 'No more than two versions stand side by side.',
    seam: overStanding((original) => (base, a, b, merge) => {
      const { versions, ...rest } = original(base, a, b, merge);
      return { ...rest, versions: versions.slice(0, 2) };
    }),
    seed: 1,
    breaks: [2, 8],
  },
  'settled-for-everyone': {
    what: 'Who settles a conflict decides over versions as well that they never saw.',
    seam: overStanding((original) => (base, a, b, merge) => {
      if (base.versions.length > 1 && a.versions.length === 1 && b.versions.length > 1) return a;
      if (base.versions.length > 1 && b.versions.length === 1 && a.versions.length > 1) return b;
      return original(base, a, b, merge);
    }),
    seed: 2,
    breaks: [2, 8],
  },
  'shown-beside-a-version': {
    what: 'Beside the versions of what is contested, one of them is shown in the place of what stood there.',
    seam: overStanding((original) => (base, a, b, merge) => {
      const standing = original(base, a, b, merge);
      const [first, more] = standing.versions;
      return first !== undefined && more !== undefined ? { ...standing, base: first } : standing;
    }),
    seed: 1,
    breaks: [8],
  },
  'contested-fields-are-blank': {
    what: 'A field in which two versions stand shows nothing where one of them is nothing.',
    seam: at<typeof fieldsModule.mergeFields>(
      'src-shared/merge/fields.ts',
      'mergeFields',
      (original) => (base, a, b) => {
        const { fields, conflicts } = original(base, a, b);
        const blank = conflicts.flatMap(({ field, versions }) => {
          const none = versions.find((version) => ['', '[]', 'null'].includes(saying(version)));
          return none === undefined ? [] : [[field, none] as const];
        });
        return { fields: { ...fields, ...Object.fromEntries(blank) }, conflicts };
      },
    ),
    seed: 3,
    breaks: [8],
  },
} satisfies Record<string, PlantedBug>;
