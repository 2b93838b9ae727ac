import {
  canonicalJson,
  isTextBlock,
  type Block,
  type Inline,
  type ListBlock,
  type ListItem,
  type TextBlock,
} from '#shared/article';
import type { Body } from './bodies.ts';
import { same } from './choose.ts';
import { idOf } from './ids.ts';
import { lettersOf } from './sentences.ts';

/**
 * The items of a list, and what is said below a picture, are texts like any other: they are cut and joined, and sentences go
 * from one to the next, or into a paragraph. For the steps that look for that they stand in the body as texts, each behind its
 * list or picture; afterwards they are put back. What nobody changed stays as it is.
 */

type Bodies = readonly [base: Body, a: Body, b: Body];
type Holder = ListBlock | Extract<Block, { type: 'image' }>;

/** What no id of a block has in it: before it stands the list or the picture, behind it the item. */
const WITHIN = ' ';

/** The list or the picture in which a text stands. */
export function holderOf(id: string): string | null {
  const at = id.indexOf(WITHIN);
  return at < 0 ? null : id.slice(0, at);
}

const isFlat = (list: ListBlock): boolean =>
  list.children.every((item) => item.children.every((child) => child.type !== 'list'));

const isHolder = (block: Block): block is Holder =>
  block.type === 'image' || (block.type === 'list' && isFlat(block));

/** The lists and pictures that are not the same in all three, and are one or the other in each. */
function changedIn(bodies: Bodies): Map<string, Holder> {
  const found = Map.groupBy(bodies.flat(), idOf);
  return new Map(
    [...found].flatMap(([id, blocks]): [string, Holder][] => {
      const isLeft =
        blocks.length === bodies.length && blocks.every((each) => same(each, blocks[0]));
      const holders = blocks.filter(isHolder);
      const isOne = holders.every(({ type }) => type === holders[0]?.type);
      if (isLeft || !isOne || holders.length < blocks.length) return [];
      const [first] = holders.sort((x, y) => (canonicalJson(x) < canonicalJson(y) ? -1 : 1));
      return first ? [[id, first]] : [];
    }),
  );
}

function textsIn(block: Holder): TextBlock[] {
  const idFor = (id: string): string => `${idOf(block)}${WITHIN}${id}`;
  if (block.type === 'image') {
    const children: Inline[] = block.caption === '' ? [] : [{ type: 'text', text: block.caption }];
    return [{ type: 'paragraph', $: { id: idFor('') }, children }];
  }
  return block.children.map(({ $, direction, children }): TextBlock => {
    const own = children.filter((child) => child.type !== 'list');
    const state = { ...$, id: idFor($.id) };
    return { type: 'paragraph', $: state, ...(direction && { direction }), children: own };
  });
}

const open = (body: Body, opened: ReadonlyMap<string, Holder>): Body =>
  body.flatMap((block) =>
    opened.has(idOf(block)) && isHolder(block) ? [block, ...textsIn(block)] : [block],
  );

function asItem({ $, direction, children }: TextBlock): ListItem {
  const id = $.id.slice($.id.indexOf(WITHIN) + WITHIN.length);
  return { type: 'listitem', $: { ...$, id }, ...(direction && { direction }), children };
}

const filled = (holder: Holder, texts: readonly TextBlock[]): Holder =>
  holder.type === 'list'
    ? { ...holder, children: texts.map(asItem) }
    : { ...holder, caption: texts.map(({ children }) => lettersOf(children)).join(' ') };

/** The body with each text back where it came from; one that came here from another body brings its list or picture. */
function close(body: Body, opened: ReadonlyMap<string, Holder>): Body {
  const homeOf = (block: Block): string | null => holderOf(idOf(block));
  const texts = Map.groupBy(body.filter(isTextBlock), homeOf);
  const stands = new Set(body.map(idOf));
  return body.flatMap((block): Block[] => {
    const home = homeOf(block);
    if (home !== null) {
      const holder = opened.get(home);
      const own = texts.get(home) ?? [];
      const isFirst = !stands.has(home) && own[0] === block;
      return holder && isFirst ? [filled(holder, own)] : [];
    }
    if (!opened.has(idOf(block)) || !isHolder(block)) return [block];
    const own = texts.get(idOf(block)) ?? [];
    // A list of which all items went elsewhere is none any more.
    const isEmptied = block.type === 'list' && block.children.length > 0 && own.length === 0;
    return isEmptied ? [] : [filled(block, own)];
  });
}

/** Takes steps over three bodies in which each item and each caption that may matter is a text beside the others. */
export function inAllTexts(
  bodies: Bodies,
  steps: (base: Body, a: Body, b: Body) => Bodies,
): [base: Body, a: Body, b: Body] {
  const opened = changedIn(bodies);
  const [base, a, b] = bodies.map((body) => open(body, opened)) as [Body, Body, Body];
  const [newBase, newA, newB] = steps(base, a, b);
  return [close(newBase, opened), close(newA, opened), close(newB, opened)];
}
