import type { Block, Id } from '#shared/article';
import { isTextBlock, passagesOf } from '../acts/text.ts';
import { same } from './merge-rules.ts';
import { sentencesOf } from './sentences.ts';

/** Paragraphs of which one side put the sentences into another order, and the other changed some. */

type Sentences = readonly string[];

const inBlock = (block: Block): Sentences =>
  isTextBlock(block) ? passagesOf(block).flatMap(sentencesOf) : [];

const sayTheSame = (x: Sentences, y: Sentences): boolean => same(x.toSorted(), y.toSorted());

/** Whether what both hold stands in one order. */
const inOneOrder = (x: Sentences, y: Sentences): boolean =>
  same(
    x.filter((each) => y.includes(each)),
    y.filter((each) => x.includes(each)),
  );

/** Whether these are the sentences of one side, in the order of another; the first of the sides is what they came from. */
function isOfOneInOrderOfOther(
  now: Sentences,
  base: Sentences,
  sides: readonly Sentences[],
): boolean {
  const own = sides.some((side) => sayTheSame(now, side));
  return own && sides.some((side) => inOneOrder(now, side) && !inOneOrder(base, side));
}

/** A body as often as there are versions of something in it, each time with one of them. */
function inEachVersion(body: readonly Block[]): Block[][] {
  const counts = body.map((block) => (block.type === 'conflict' ? block.versions.length : 1));
  return Array.from({ length: Math.max(1, ...counts) }, (_, nth) =>
    body.flatMap((block): Block[] => {
      if (block.type !== 'conflict') return [block];
      const version = block.versions[nth] ?? block.versions.at(-1);
      return version ? [version] : [];
    }),
  );
}

/** The sentences of a text from its first paragraph to its last, one that a break cuts whole again. */
const running = (body: readonly Block[]): Sentences =>
  sentencesOf(body.flatMap((block) => (isTextBlock(block) ? passagesOf(block) : [])).join(' '));

/** Whether these stand next to each other on a side, though in another order than `order` has those that are there, too. */
function areTogether(now: Sentences, side: Sentences, order: Sentences): boolean {
  const places = now.map((each) => side.indexOf(each)).sort((x, y) => x - y);
  const isRow = places.every((place, at) => place >= 0 && place === (places[0] ?? 0) + at);
  const shared = now.filter((each) => order.includes(each));
  return isRow && inOneOrder(now, order) && !inOneOrder(side, shared);
}

/**
 * Whether a text has the sentences of one side in the order that another gave them: those of a block, or such as stand next
 * to each other where a break was carried, too, or where what stood between them was moved away, or is new and stays where it is;
 * or nothing but what was moved, in the order of a side.
 */
export function isReorderedText(
  text: string,
  sides: readonly (readonly Block[])[],
  moved: ReadonlySet<string>,
): boolean {
  const now = sentencesOf(text);
  const [base = [], ...others] = sides;
  const later = others.flatMap(inEachVersion);
  const isOfBlock = base.some((was) => {
    const own = later.flatMap((side) => side.filter(({ $ }) => $.id === was.$.id));
    const isSo = (left: (sentences: Sentences) => Sentences): boolean =>
      isOfOneInOrderOfOther(left(now), left(inBlock(was)), own.map(inBlock).map(left));
    // What was moved there from elsewhere is in the order of who moved it alone.
    return isSo((all) => all) || isSo((all) => all.filter((each) => !moved.has(each)));
  });
  const before = new Set(running(base));
  const all = [base, ...later].map((body) =>
    running(body).filter((each) => now.includes(each) || (before.has(each) && !moved.has(each))),
  );
  const isMoved =
    now.every((each) => moved.has(each)) &&
    all.some((side) => now.every((each) => side.includes(each)) && inOneOrder(now, side));
  return (
    isOfBlock || isMoved || all.some((side) => all.some((order) => areTogether(now, side, order)))
  );
}

/** Whether a block may be otherwise than its sides have it because one gave its sentences another order: none is missing. */
export function isReordered(
  id: Id,
  { base, left, right, merged }: Record<'base' | 'left' | 'right' | 'merged', readonly Block[]>,
): boolean {
  const [was, now, ...sides] = [base, merged, left, right].map((body) =>
    body.find(({ $ }) => $.id === id),
  );
  if (!was || !now || !sides.every((side) => side && isTextBlock(side))) return false;
  const before = inBlock(was);
  const [one, other] = sides.map((side) => (side ? inBlock(side) : []));
  const versions = (now.type === 'conflict' ? now.versions : [now]).map((version) =>
    version ? inBlock(version) : [],
  );
  const isWhole = versions.every(
    (version) =>
      [one, other].some((side) => same(side, version)) ||
      isOfOneInOrderOfOther(version, before, [one!, other!]),
  );
  const isKept = (side: Sentences): boolean =>
    versions.some(
      (version) =>
        side.every((each) => before.includes(each) || version.includes(each)) &&
        before.every((each) => side.includes(each) || !version.includes(each)),
    );
  return isWhole && isKept(one!) && isKept(other!);
}
