import { BLOCK_LABELS, blockText, type Block } from '#shared/article';
import type { MovedBlocks } from '#shared/merge';

/** What History keeps beside a revision has 200 characters. */
const QUOTED = 44;

function quoted([first, ...others]: readonly Block[]): string {
  const text = first ? blockText(first).replace(/\s+/g, ' ').trim() : '';
  const cut = text.length > QUOTED ? `${text.slice(0, QUOTED - 1).trimEnd()}…` : text;
  const what = cut ? `“${cut}”` : first ? `a ${BLOCK_LABELS[first.type].toLowerCase()}` : '';
  return others.length > 0 ? `${what} and ${String(others.length)} more` : what;
}

/** One sentence about moves of a merge, and what to do about it. */
interface Told {
  words: string;
  advice: string;
}

/** A move is not contested, for no word of it is: it is told, here and in History, so that somebody looks at the place. */
export function movedWords({ apart, removed }: MovedBlocks): Told[] {
  const told: Told[] = [];
  if (apart.length > 0)
    told.push({
      words: `Moved to two places: ${quoted(apart)}`,
      advice: 'It stands in one of them: see whether that is right.',
    });
  if (removed.length > 0)
    told.push({
      words: `Moved by one, removed by the other: ${quoted(removed)}`,
      advice: 'It is gone: an earlier version in History has it.',
    });
  return told;
}
