import { BLOCK_LABELS, blockText, type Block } from '#shared/article';

const QUOTED = 60;

/** A move is not contested, for all words stand: it is told, here and in History, so that somebody looks at the place. */
export function movedWords(moved: readonly Block[]): string[] {
  const [first, ...others] = moved;
  if (!first) return [];
  const text = blockText(first).replace(/\s+/g, ' ').trim();
  const quoted = text.length > QUOTED ? `${text.slice(0, QUOTED - 1).trimEnd()}…` : text;
  const what = quoted ? `“${quoted}”` : `a ${BLOCK_LABELS[first.type].toLowerCase()}`;
  const more = others.length > 0 ? ` and ${String(others.length)} more` : '';
  return [`Moved to two places: ${what}${more}`];
}
