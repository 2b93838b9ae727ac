import type { Block } from '#shared/article';
import { idOf, overBodies, type PlantedBug } from './seam.ts';

const orderOf = (blocks: readonly Block[], among: readonly Block[]): string[] => {
  const ids = new Set(among.map(idOf));
  return blocks.map(idOf).filter((id) => ids.has(id));
};

/** The first block that stands elsewhere among those that both hold. */
function firstMoved(base: readonly Block[], side: readonly Block[]): string | undefined {
  const before = orderOf(base, side);
  return orderOf(side, base).find((id, index) => id !== before[index]);
}

export const BUGS_OF_MERGING = {
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
    breaks: [2, 8],
  },
  'moved-blocks-stand-twice': {
    what: 'A block that one side moved stands at both places.',
    seam: overBodies((merged, base, a, b) => {
      const moved = firstMoved(base, a) ?? firstMoved(base, b);
      const twin = merged.find((block) => idOf(block) === moved);
      return twin ? [...merged, twin] : merged;
    }),
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
    breaks: [7],
  },
} satisfies Record<string, PlantedBug>;
