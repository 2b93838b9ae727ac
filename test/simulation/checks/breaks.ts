import type { Block, Content, Id } from '#shared/article';
import { everythingIn, isTextBlock, passagesOf } from '../acts/text.ts';
import { marksIn } from '../world/words.ts';
import type { ServerDisk } from './server-disk.ts';

/** Breaks of paragraphs, told from words by the marked word that every sentence carries. */

function textsOf(block: Block): string[] {
  const standing = block.type === 'conflict' ? block.versions : [block];
  return standing.flatMap((one) => (one && isTextBlock(one) ? passagesOf(one) : []));
}

const spaced = (text: string): string => ` ${text.split(/\s+/).filter(Boolean).join(' ')} `;

/** Whether a passage stands in a text from end to end, wherever paragraphs begin there. */
function isStretch(passage: string, { body }: Pick<Content, 'body'>): boolean {
  return spaced(body.flatMap(textsOf).join(' ')).includes(spaced(passage));
}

/** The blocks between which a side moved the end of a paragraph: a sentence that stood in one stands in another. */
export function brokenBlocks(base: readonly Block[], side: readonly Block[]): Set<Id> {
  const homes = (body: readonly Block[]): Map<string, Id> =>
    new Map(
      body
        .filter(isTextBlock)
        .flatMap((block) => [...marksIn(passagesOf(block))].map((mark) => [mark, block.$.id])),
    );
  const now = homes(side);
  return new Set(
    [...homes(base)].flatMap(([mark, was]) => {
      const is = now.get(mark);
      return is === undefined || is === was ? [] : [was, is];
    }),
  );
}

/** A passage of a merge that is no side's: neither whole, nor a stretch of the text of one. */
export function madeUp(merge: Content, sides: readonly Content[]): string | null {
  const whole = new Set(sides.flatMap(everythingIn));
  const passages = merge.body.flatMap((block) =>
    (block.type === 'conflict' ? block.versions : [block]).flatMap(passagesOf),
  );
  return (
    passages.find(
      (passage) => !whole.has(passage) && !sides.some((side) => isStretch(passage, side)),
    ) ?? null
  );
}

/** Whether a passage came to be where a merge took a break of one side over to the words of the other. */
export function madeByBreak(disk: ServerDisk, article: Id, passage: string): boolean {
  return [...disk.revisions.values()].some(
    (merge) =>
      merge.article === article &&
      merge.parents.length === 2 &&
      everythingIn(merge).includes(passage) &&
      merge.parents.some((hash) => {
        const parent = disk.revisions.get(hash);
        return parent !== undefined && isStretch(passage, parent);
      }),
  );
}
