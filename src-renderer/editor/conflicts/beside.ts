import { blockText, isTextBlock, type Block, type PlainBlock } from '#shared/article';
import { compareInlines } from './changes.ts';
import { quoted } from './differences.ts';

export interface Neighbours {
  above: Block | undefined;
  below: Block | undefined;
}

export function neighboursOf(body: readonly Block[], id: string): Neighbours {
  const at = body.findIndex(({ $ }) => $.id === id);
  return at < 0
    ? { above: undefined, below: undefined }
    : { above: body[at - 1], below: body[at + 1] };
}

/**
 * Words of the version, or of what stood before, that are in the block above or below: a split or a join took them there.
 * Marked as gone they are still in the article; still in the version, they would stand in it twice.
 */
export function wordsBeside(
  version: PlainBlock,
  base: PlainBlock | null,
  { above, below }: Neighbours,
): string[] {
  if (!isTextBlock(version) || !isTextBlock(base)) return [];
  const places = [
    { block: below, where: 'below' },
    { block: above, where: 'above' },
  ];
  const changes = compareInlines(base.children, version.children);
  return places.flatMap(({ block, where }) => {
    if (!isTextBlock(block)) return [];
    const beside = blockText(block).trim();
    const gone = changes.flatMap(({ change, text }) =>
      change === 'removed' && isSentence(text) && beside.includes(text.trim()) ? [text] : [],
    );
    if (gone.length > 0)
      return gone.map((words) => `${quoted(words)} stands in the paragraph ${where}.`);
    return isSentence(beside) && blockText(version).includes(beside)
      ? [`${quoted(beside)} stands in the paragraph ${where} as well.`]
      : [];
  });
}

/** Two words in a row or more: a single one may stand anywhere. */
function isSentence(text: string): boolean {
  return /\S\s+\S/u.test(text);
}
