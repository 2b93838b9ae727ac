import { blockWords, readingMinutes, type Block, type LocalId } from '#shared/article';
import type { Stats } from '../types.ts';

/** Counts words block by block, so that a key recounts one block and not the article. */
export function createWordCounts() {
  const counts = new Map<LocalId, number>();
  let words = 0;
  const set = (id: LocalId, count: number): void => {
    words += count - (counts.get(id) ?? 0);
    if (count === 0) counts.delete(id);
    else counts.set(id, count);
  };
  return {
    update: (block: Block): void => set(block.$.id, blockWords(block)),
    remove: (id: LocalId): void => set(id, 0),
    stats: (): Stats => ({ words, minutes: readingMinutes(words) }),
  };
}
