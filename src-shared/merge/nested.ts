import {
  canonicalJson,
  isTextBlock,
  type Block,
  type ListBlock,
  type ListItem,
  type TextBlock,
} from '#shared/article';
import { find, type Body } from './bodies.ts';
import { same } from './choose.ts';
import { idOf } from './ids.ts';

/**
 * The items of a list are texts like any other: they are cut and joined, and sentences go from one to the next, or into a
 * paragraph. For the steps that look for that they stand in the body as texts, each behind its list; afterwards they are put
 * back. What nobody changed stays as it is. What is said below a picture stays out of it: the picture would come back with a
 * sentence that is put back to where it stood.
 */

type Bodies = readonly [base: Body, a: Body, b: Body];

/** What no id of a block has in it: before it stands the list, behind it the item. */
const WITHIN = ' ';

/** The list in which a text stands. */
export function holderOf(id: string): string | null {
  const at = id.indexOf(WITHIN);
  return at < 0 ? null : id.slice(0, at);
}

/** Whether a side took out the list in which a text would stand. */
export function isGoneWithIt(base: Body, side: Body, id: string): boolean {
  const holder = holderOf(id);
  return holder !== null && find(base, holder) !== undefined && !find(side, holder);
}

const isFlat = (block: Block): block is ListBlock =>
  block.type === 'list' &&
  block.children.every((item) => item.children.every((child) => child.type !== 'list'));

/** The lists that are not the same in all three, and a list without levels in each. */
function changedIn(bodies: Bodies): Map<string, ListBlock> {
  const found = Map.groupBy(bodies.flat(), idOf);
  return new Map(
    [...found].flatMap(([id, blocks]): [string, ListBlock][] => {
      const isLeft =
        blocks.length === bodies.length && blocks.every((each) => same(each, blocks[0]));
      const lists = blocks.filter(isFlat);
      if (isLeft || lists.length < blocks.length) return [];
      const [first] = lists.sort((x, y) => (canonicalJson(x) < canonicalJson(y) ? -1 : 1));
      return first ? [[id, first]] : [];
    }),
  );
}

/** An item as the text that it is, without what stands below it. */
export function asText({ $, direction, children }: ListItem): TextBlock {
  const own = children.filter((child) => child.type !== 'list');
  return { type: 'paragraph', $, ...(direction && { direction }), children: own };
}

const textsIn = (list: ListBlock): TextBlock[] =>
  list.children.map((item): TextBlock => {
    const text = asText(item);
    return { ...text, $: { ...text.$, id: `${idOf(list)}${WITHIN}${idOf(item)}` } };
  });

const open = (body: Body, opened: ReadonlyMap<string, ListBlock>): Body =>
  body.flatMap((block) =>
    opened.has(idOf(block)) && isFlat(block) ? [block, ...textsIn(block)] : [block],
  );

function asItem({ $, direction, children }: TextBlock): ListItem {
  const id = $.id.slice($.id.indexOf(WITHIN) + WITHIN.length);
  return { type: 'listitem', $: { ...$, id }, ...(direction && { direction }), children };
}

const filled = (list: ListBlock, texts: readonly TextBlock[]): ListBlock => ({
  ...list,
  children: texts.map(asItem),
});

/** The body with each text back where it came from; one that came here from another body brings its list. */
function close(body: Body, opened: ReadonlyMap<string, ListBlock>): Body {
  const homeOf = (block: Block): string | null => holderOf(idOf(block));
  const texts = Map.groupBy(body.filter(isTextBlock), homeOf);
  const stands = new Set(body.map(idOf));
  return body.flatMap((block): Block[] => {
    const home = homeOf(block);
    if (home !== null) {
      const list = opened.get(home);
      const own = texts.get(home) ?? [];
      const isFirst = !stands.has(home) && own[0] === block;
      return list && isFirst ? [filled(list, own)] : [];
    }
    if (!opened.has(idOf(block)) || !isFlat(block)) return [block];
    const own = texts.get(idOf(block)) ?? [];
    // A list of which all items went elsewhere is none any more.
    return block.children.length > 0 && own.length === 0 ? [] : [filled(block, own)];
  });
}

/** Takes steps over three bodies in which each item that may matter is a text beside the others; gives all they make of them. */
export function inAllTexts<Made extends string>(
  bodies: Bodies,
  steps: (base: Body, a: Body, b: Body) => Record<Made, Body>,
): Record<Made, Body> {
  const opened = changedIn(bodies);
  const [base, a, b] = bodies.map((body) => open(body, opened)) as [Body, Body, Body];
  const made = Object.entries<Body>(steps(base, a, b));
  return Object.fromEntries(made.map(([name, body]) => [name, close(body, opened)])) as Record<
    Made,
    Body
  >;
}
