import type { Block } from '#shared/article';
import { idOf } from './ids.ts';
import { remembered } from './remembered.ts';

/** Bodies, and the steps by which those of two sides and of their base are brought closer before they are merged. */

export type Body = readonly Block[];

export interface Three {
  base: Body;
  /** The side that cut or joined. */
  side: Body;
  other: Body;
}

/**
 * A change that brings two sides closer, found at a block of the base; `order` says which of several there is made first,
 * whichever side is named first.
 */
export interface Step {
  order: readonly [cut: number, tie: string];
  take: () => Three;
}

/** The steps that may be taken at each block of the base, by its place there. */
export type StepsAt = (at: number) => Step[];

export function find(body: Body, id: string): Block | undefined {
  return body.find((block) => idOf(block) === id);
}

export function put(body: Body, ...changed: readonly Block[]): Body {
  const byId = new Map(changed.map((block) => [idOf(block), block]));
  return body.map((block) => byId.get(idOf(block)) ?? block);
}

export function putBehind(body: Body, id: string, added: Block): Body {
  return body.flatMap((block) => (idOf(block) === id ? [block, added] : [block]));
}

export function putAhead(body: Body, id: string, added: Block): Body {
  return body.flatMap((block) => (idOf(block) === id ? [added, block] : [block]));
}

/** The body with a block behind what it stands behind in `like`, or behind the next before that is there. */
export function putAs(body: Body, block: Block, like: Body): Body {
  const places = new Map(body.map((each, at) => [idOf(each), at]));
  const ahead = like.slice(
    0,
    like.findIndex((each) => idOf(each) === idOf(block)),
  );
  const before = ahead.findLast((each) => places.has(idOf(each)));
  const at = before ? (places.get(idOf(before)) ?? 0) + 1 : 0;
  return [...body.slice(0, at), block, ...body.slice(at)];
}

export function without(body: Body, id: string): Body {
  return body.filter((block) => idOf(block) !== id);
}

function withId<B extends Block | null>(block: B, id: string): B {
  return block && { ...block, $: { ...block.$, id } };
}

/** The body with a block under another id, the versions of a contested one included. */
export function renamed(body: Body, from: string, to: string): Body {
  return body.map((block) => {
    if (idOf(block) !== from) return block;
    if (block.type !== 'conflict') return withId(block, to);
    const versions = block.versions.map((version) => withId(version, to));
    return { ...withId(block, to), base: withId(block.base, to), versions };
  });
}

export function byId(body: Body): Map<string, Block> {
  return new Map(body.map((block) => [idOf(block), block]));
}

/** A body with the place of each of its blocks. */
export interface Placed {
  body: Body;
  places: ReadonlyMap<string, number>;
}

export const placed = remembered((body: Body): Placed => ({
  body,
  places: new Map(body.map((block, index) => [idOf(block), index])),
}));

export function blockIn({ body, places }: Placed, id: string): Block | undefined {
  return body[places.get(id) ?? -1];
}
