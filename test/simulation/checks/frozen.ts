import type { Hash, PlainBlock } from '#shared/article';
import type { Frozen } from './server-disk.ts';

/** Every picture that is to be seen in a revision, those of versions to choose from and of what stood before them included. */
function picturesIn({ fields, body }: Pick<Frozen, 'fields' | 'body'>): Hash[] {
  const blocks = body.flatMap((block): (PlainBlock | null)[] =>
    block.type === 'conflict' ? [block.base, ...block.versions] : [block],
  );
  const shown = blocks.flatMap((block) => (block?.type === 'image' ? [block.asset] : []));
  return [...(fields.leadImage ? [fields.leadImage.asset] : []), ...shown];
}

/** What is wrong with a revision beside its words, or null: it names its pictures, and no side of a merge before the other. */
export function wronglyFrozen(
  revision: Pick<Frozen, 'fields' | 'body' | 'parents' | 'assets'>,
): string | null {
  const { parents, assets } = revision;
  if (assets.join() !== [...new Set(picturesIn(revision))].sort().join())
    return 'does not name the pictures that it shows';
  return parents.join() === [...parents].sort().join()
    ? null
    : 'names its parents in the order in which somebody had them';
}
