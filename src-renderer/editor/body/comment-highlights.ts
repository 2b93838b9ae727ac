import type { Anchor, Highlight as Thread } from '../types.ts';

const NAMES = { still: 'stet-comment', active: 'stet-comment-active' } as const;

interface Place {
  node: Text;
  start: number;
}

/** The words of a block in one string without line ends, and where each stretch of it stands in the page. */
function readTexts(block: HTMLElement): { text: string; places: Place[] } {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
  const places: Place[] = [];
  let text = '';
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node instanceof Text) {
      places.push({ node, start: text.length });
      text += node.data;
    }
  return { text, places };
}

/**
 * The range of an anchor's words: in their block where they were, else nearest to it. Where a split, a join or a move took
 * them into another block, there, if they stand in the article only once: a guess would put a remark on the wrong words.
 */
export function findAnchor(
  own: HTMLElement | null,
  anchor: Anchor,
  blocks: () => readonly Element[],
): Range | null {
  const found = own && rangeIn(own, anchor);
  if (found) return found;
  const words = anchor.quote.replace(/\n/g, '');
  const [only, another] =
    words.trim() === '' ? [] : blocks().flatMap((block) => holding(block, words));
  return only && !another ? rangeIn(only, { ...anchor, offset: 0 }) : null;
}

/** A block, as often as the words stand in it. */
function holding(block: Element, words: string): HTMLElement[] {
  const text = block.textContent;
  const at = text.indexOf(words);
  if (at < 0 || !(block instanceof HTMLElement)) return [];
  return text.includes(words, at + 1) ? [block, block] : [block];
}

function rangeIn(block: HTMLElement, { quote, offset }: Anchor): Range | null {
  const words = quote.replace(/\n/g, '');
  const { text, places } = readTexts(block);
  if (words === '') return null;
  let best = -1;
  for (let at = text.indexOf(words); at >= 0; at = text.indexOf(words, at + 1))
    if (best < 0 || Math.abs(at - offset) < Math.abs(best - offset)) best = at;
  if (best < 0) return null;
  const spot = (position: number, end: boolean): [Text, number] | null => {
    const place = places.findLast(({ start }) => (end ? start < position : start <= position));
    return place ? [place.node, position - place.start] : null;
  };
  const from = spot(best, false);
  const to = spot(best + words.length, true);
  if (!from || !to) return null;
  const range = document.createRange();
  range.setStart(...from);
  range.setEnd(...to);
  return range;
}

/**
 * Draws comment threads with the CSS Custom Highlight API: nothing is put into the document, so selection, input methods
 * and merging never meet a wrapper.
 */
export function createCommentHighlights(
  blockElement: (id: string) => HTMLElement | null,
  blocks: () => readonly Element[],
  onOrphans: (threads: readonly string[]) => void,
) {
  let wanted: readonly Thread[] = [];
  let ranges: { thread: string; range: Range }[] = [];
  let orphans = '';
  let frame = 0;

  const draw = (): void => {
    frame = 0;
    const still: Range[] = [];
    const active: Range[] = [];
    const lost: string[] = [];
    ranges = [];
    for (const highlight of wanted) {
      const range = findAnchor(blockElement(highlight.anchor.block), highlight.anchor, blocks);
      if (!range) lost.push(highlight.thread);
      else {
        ranges.push({ thread: highlight.thread, range });
        (highlight.active ? active : still).push(range);
      }
    }
    CSS.highlights.set(NAMES.still, new Highlight(...still));
    CSS.highlights.set(NAMES.active, new Highlight(...active));
    const key = lost.join(' ');
    if (key !== orphans) {
      orphans = key;
      onOrphans(lost);
    }
  };

  return {
    show: (highlights: readonly Thread[]): void => {
      wanted = highlights;
      draw();
    },
    /** Text changed: Lexical rewrites text nodes, which collapses ranges. Drawn again with the next frame. */
    refresh: (): void => {
      if (wanted.length > 0 && frame === 0) frame = requestAnimationFrame(draw);
    },
    threadAt: (x: number, y: number): string | null => {
      const hit = ranges.findLast(({ range }) =>
        [...range.getClientRects()].some(
          (box) => x >= box.left && x <= box.right && y >= box.top && y <= box.bottom,
        ),
      );
      return hit?.thread ?? null;
    },
    stop: (): void => {
      cancelAnimationFrame(frame);
      CSS.highlights.delete(NAMES.still);
      CSS.highlights.delete(NAMES.active);
    },
  };
}

/** The anchor of what is selected: the words inside the first block of the selection. */
export function anchorOf(range: Range, block: HTMLElement, id: string): Anchor | null {
  const within = range.cloneRange();
  if (!block.contains(range.endContainer)) within.setEnd(block, block.childNodes.length);
  const before = document.createRange();
  before.setStart(block, 0);
  before.setEnd(within.startContainer, within.startOffset);
  const quote = within.toString().slice(0, 1000);
  return quote.trim() === '' ? null : { block: id, quote, offset: before.toString().length };
}
