import { isDeepStrictEqual } from 'node:util';
import type { Block, Content } from '#shared/article';
import type { WorkingEdit } from '#shared/contract';
import type { Dice } from '../world/dice.ts';
import type { Words } from '../world/words.ts';
import { isTextBlock, type TextBlock } from './text.ts';

/** An edit as the window sends it, and the text that the person then sees. */
export interface Writing {
  edit: Omit<WorkingEdit, 'article' | 'generation'>;
  after: Content;
}

export interface Desk {
  content: Content;
  dice: Dice;
  words: Words;
  who: string;
  now: string;
}

export type Act = (desk: Desk) => Writing | null;

export const textOf = (block: TextBlock): string =>
  block.children.map((node) => ('text' in node ? node.text : '')).join('');

export function pickText({ content, dice }: Desk): TextBlock | null {
  const found = content.body.filter(isTextBlock);
  return found.length > 0 ? dice.pick(found) : null;
}

/** Puts changed blocks in the place of their old ones. */
export function change({ content }: Desk, ...blocks: Block[]): Writing {
  const byId = new Map(blocks.map((block) => [block.$.id, block]));
  const body = content.body.map((block) => byId.get(block.$.id) ?? block);
  return { edit: { blocks }, after: { ...content, body } };
}

export function remove({ content }: Desk, ids: readonly string[]): Writing {
  const body = content.body.filter(({ $: { id } }) => !ids.includes(id));
  return { edit: { removed: [...ids] }, after: { ...content, body } };
}

export function insertBehind({ content }: Desk, at: number, block: Block): Writing {
  const body = content.body.toSpliced(at, 0, block);
  const after = content.body[at - 1]?.$.id ?? null;
  return {
    edit: { blocks: [block], placed: [{ id: block.$.id, after }] },
    after: { ...content, body },
  };
}

/** Takes back what was done last: what it removed, moved and settled comes again as it was. */
export function takeBack(now: Content, before: Content): Writing {
  const fields = Object.entries(before.fields).filter(
    ([name, value]) => !isDeepStrictEqual(value, now.fields[name as keyof Content['fields']]),
  );
  const isIn = (body: readonly Block[], block: Block): boolean =>
    body.some((other) => isDeepStrictEqual(other, block));
  const ids = (body: readonly Block[]): string[] => body.map(({ $: { id } }) => id);
  const isMoved = !isDeepStrictEqual(ids(now.body), ids(before.body));
  const lacks = (one: Content, other: Content): Content['conflicts'] =>
    other.conflicts.filter(({ id }) => !one.conflicts.some((card) => card.id === id));
  return {
    edit: {
      fields: Object.fromEntries(fields),
      blocks: before.body.filter((block) => !isIn(now.body, block)),
      removed: ids(now.body).filter((id) => !ids(before.body).includes(id)),
      placed: isMoved
        ? before.body.map(({ $: { id } }, at) => ({ id, after: before.body[at - 1]?.$.id ?? null }))
        : [],
      settled: lacks(before, now).map(({ id }) => id),
      reopened: lacks(now, before),
    },
    after: before,
  };
}
