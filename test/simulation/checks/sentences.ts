import type { Block, Content } from '#shared/article';
import { isTextBlock, passagesOf } from '../acts/text.ts';

type Text = Pick<Content, 'body'>;

const spaced = (text: string): string => text.split(/\s+/).filter(Boolean).join(' ');

/** The sentences of a passage, and what stands at its end without one's full stop. */
export const sentencesOf = (passage: string): string[] =>
  (spaced(passage).match(/[^.]*\.|[^.]+$/g) ?? []).map((sentence) => sentence.trim());

const isRead = (block: Block | null): block is Block =>
  block !== null && (isTextBlock(block) || block.type === 'list' || block.type === 'table');

function passagesIn({ body }: Text): string[] {
  return body
    .flatMap((block) => (block.type === 'conflict' ? block.versions : [block]))
    .filter(isRead)
    .flatMap(passagesOf);
}

/**
 * The sentences of the whole text, wherever its paragraphs begin: one that was cut in two is one here. Where versions
 * stand side by side, the first of each makes one such text, the second the other.
 */
function acrossBreaks({ body }: Text): string[] {
  return [0, 1].flatMap((nth) =>
    sentencesOf(
      body
        .map((block) => (block.type === 'conflict' ? (block.versions[nth] ?? null) : block))
        .filter((block) => block !== null && isTextBlock(block))
        .flatMap((block) => passagesOf(block))
        .join(' '),
    ),
  );
}

/** A sentence of a merge that stands so on neither side: words are those of one side, whole. */
export function brokenSentence(merge: Text, sides: readonly Text[]): string | null {
  // One that a side cut in two may be whole again.
  const whole = sides.flatMap(acrossBreaks);
  const known = new Set([
    ...whole,
    ...sides.flatMap((side) => passagesIn(side).flatMap(sentencesOf)),
  ]);
  const strange = passagesIn(merge)
    .flatMap(sentencesOf)
    .filter((sentence) => !known.has(sentence));
  if (strange.length === 0) return null;
  const uncut = acrossBreaks(merge).filter((sentence) => known.has(sentence));
  // A break that was taken back puts what had no full stop before what stood behind it.
  const open = [...known].filter((sentence) => !sentence.endsWith('.'));
  const isTakenBack = (part: string): boolean =>
    open.some((begun) => part.startsWith(`${begun} `) && known.has(part.slice(begun.length + 1)));
  return (
    strange.find(
      (part) => !isTakenBack(part) && !uncut.some((sentence) => sentence.includes(part)),
    ) ?? null
  );
}
