import { newLocalId, type Block, type Content } from '#shared/article';
import { change, insertBehind, pickText, remove, textOf } from './editing.ts';
import type { Act, Desk, Writing } from './editing.ts';
import { addKnown, editEntry, setEmbargo, setField, setList } from './fields.ts';
import { list, table } from './lists.ts';
import {
  answerSuggestion,
  emphasise,
  isSuggestedIn,
  suggest,
  suggestKind,
  suggestRemoval,
} from './marking.ts';
import { embed, retitle } from './media.ts';
import { isTextBlock, paragraph, words as inline } from './text.ts';

const write: Act = (desk) => {
  const block = pickText(desk);
  if (!block) return insert(desk);
  const text = `${textOf(block)} ${desk.words.sentence()}`.trim();
  return change(desk, { ...block, children: inline(text) });
};

const rewrite: Act = (desk) => {
  const block = pickText(desk);
  return block && change(desk, { ...block, children: inline(desk.words.sentence()) });
};

const ENOUGH_BLOCKS = 9;

const insert: Act = (desk) => {
  const { content, dice, words } = desk;
  if (content.body.length >= ENOUGH_BLOCKS) return cut(desk);
  const id = newLocalId(dice.bytes);
  const block: Block = dice.chance(0.15)
    ? { type: 'horizontalrule', $: { id } }
    : paragraph(id, words.sentence());
  return insertBehind(desk, dice.below(content.body.length + 1), block);
};

const cut: Act = (desk) => {
  const { content, dice } = desk;
  if (content.body.length < 3) return null;
  const at = dice.below(content.body.length);
  const ids = content.body.slice(at, at + (dice.chance(0.2) ? 2 : 1)).map(({ $ }) => $.id);
  return remove(desk, ids);
};

const split: Act = (desk) => {
  const block = pickText(desk);
  if (!block) return null;
  // Mostly between two sentences; now and then in the middle of one.
  const pieces = textOf(block).split(desk.dice.chance(0.8) ? /(?<=\.) / : ' ');
  if (pieces.length < 2) return null;
  const at = desk.dice.between(1, pieces.length - 1);
  const first = { ...block, children: inline(pieces.slice(0, at).join(' ')) };
  const second: Block = {
    ...block,
    $: { id: newLocalId(desk.dice.bytes) },
    children: inline(pieces.slice(at).join(' ')),
  };
  const body = desk.content.body.flatMap((each) =>
    each.$.id === block.$.id ? [first, second] : [each],
  );
  return {
    edit: { blocks: [first, second], placed: [{ id: second.$.id, after: block.$.id }] },
    after: { ...desk.content, body },
  };
};

/** Takes the break between two paragraphs out. */
const join: Act = (desk) => {
  const { content, dice } = desk;
  const pairs = content.body.flatMap((block, at) => {
    const next = content.body[at + 1];
    return next && isTextBlock(block) && isTextBlock(next) ? [[block, next] as const] : [];
  });
  if (pairs.length === 0) return null;
  const [first, second] = dice.pick(pairs);
  // Mostly with a space in the place of the break; never so that two words become one.
  const isTight = textOf(first).endsWith('.') && dice.chance(0.3);
  const between = isTight ? [] : inline(' ');
  const joined = { ...first, children: [...first.children, ...between, ...second.children] };
  const body = content.body.flatMap((each) =>
    each === first ? [joined] : each === second ? [] : [each],
  );
  return { edit: { blocks: [joined], removed: [second.$.id] }, after: { ...content, body } };
};

const move: Act = (desk) => {
  const { content, dice } = desk;
  if (content.body.length < 2) return null;
  const block = dice.pick(content.body);
  const rest = content.body.filter((each) => each !== block);
  const at = dice.below(rest.length + 1);
  const after = rest[at - 1]?.$.id ?? null;
  return {
    edit: { placed: [{ id: block.$.id, after }] },
    after: { ...content, body: rest.toSpliced(at, 0, block) },
  };
};

/** Takes a sentence of a paragraph to another place in it. */
const reorder: Act = (desk) => {
  const { content, dice } = desk;
  const found = content.body.flatMap((block) => {
    const sentences = isTextBlock(block) ? textOf(block).split(/(?<=\.) /) : [];
    return isTextBlock(block) && sentences.length > 1 ? [{ block, sentences }] : [];
  });
  if (found.length === 0) return null;
  const { block, sentences } = dice.pick(found);
  const at = dice.below(sentences.length);
  const left = sentences.toSpliced(at, 1);
  const order = left.toSpliced(dice.below(left.length + 1), 0, ...sentences.slice(at, at + 1));
  return change(desk, { ...block, children: inline(order.join(' ')) });
};

const turn: Act = (desk) => {
  const block = pickText(desk);
  if (!block) return null;
  const { $, children } = block;
  const turned: Block[] = [
    { type: 'paragraph', $, children },
    { type: 'quote', $, children },
    { type: 'heading', tag: 'h2', $, children },
    { type: 'note', $, children },
  ];
  return change(desk, desk.dice.pick(turned.filter(({ type }) => type !== block.type)));
};

/** Puts some paragraphs at once where the cursor stands, now and then in place of what was selected. */
const paste: Act = (desk) => {
  const { content, dice, words } = desk;
  if (content.body.length >= ENOUGH_BLOCKS) return cut(desk);
  const blocks = Array.from({ length: dice.between(2, 3) }, () =>
    paragraph(newLocalId(dice.bytes), words.sentence()),
  );
  const at = dice.chance(0.4) ? content.body.length : dice.below(content.body.length + 1);
  const selected = dice.chance(0.3) ? content.body.slice(at, at + dice.between(1, 2)) : [];
  const body = content.body.toSpliced(at, selected.length, ...blocks);
  const placed = blocks.map(({ $: { id } }, index) => ({
    id,
    after: body[at + index - 1]?.$.id ?? null,
  }));
  return {
    edit: { blocks, placed, removed: selected.map(({ $ }) => $.id) },
    after: { ...content, body },
  };
};

/** Settles one thing that two people changed, by choosing one of its versions. */
const settle: Act = (desk) => {
  const { content, dice } = desk;
  const block = content.body.find(({ type }) => type === 'conflict');
  if (block?.type === 'conflict') {
    const chosen = dice.pick(block.versions);
    return chosen === null
      ? remove(desk, [block.$.id])
      : change(desk, { ...chosen, $: { ...chosen.$, id: block.$.id } });
  }
  const [card] = content.conflicts;
  if (card?.kind !== 'field') return null;
  const fields = { [card.field]: dice.pick(card.versions) } as Partial<Content['fields']>;
  return {
    edit: { fields, settled: [card.id] },
    after: {
      fields: { ...content.fields, ...fields },
      body: content.body,
      conflicts: content.conflicts.filter(({ id }) => id !== card.id),
    },
  };
};

const ACTS = {
  write,
  rewrite,
  insert,
  paste,
  cut,
  split,
  join,
  reorder,
  move,
  turn,
  list,
  table,
  suggest,
  suggestRemoval,
  suggestKind,
  emphasise,
  answerSuggestion,
  setField,
  setList,
  addKnown,
  editEntry,
  setEmbargo,
  embed,
  retitle,
} satisfies Record<string, Act>;

const WEIGHTS: Record<keyof typeof ACTS, number> = {
  write: 22,
  rewrite: 8,
  insert: 12,
  paste: 3,
  cut: 6,
  split: 4,
  join: 3,
  reorder: 3,
  move: 6,
  turn: 3,
  list: 9,
  table: 5,
  suggest: 2,
  suggestRemoval: 1,
  suggestKind: 1,
  emphasise: 4,
  answerSuggestion: 5,
  setField: 9,
  setList: 9,
  addKnown: 2,
  editEntry: 5,
  setEmbargo: 6,
  embed: 2,
  retitle: 3,
};

/** Whether something waits to be settled or answered. */
export function isContested({ conflicts, body }: Content): boolean {
  return (
    conflicts.length > 0 ||
    body.some((block) => block.type === 'conflict' || (isTextBlock(block) && isSuggestedIn(block)))
  );
}

/** Settles or answers one thing. */
export function settleSomething(desk: Desk): Writing | null {
  return settle(desk) ?? answerSuggestion(desk);
}

/** Something a person does to a text; what is contested they settle now and then. */
export function writeSomething(desk: Desk): Writing | null {
  const contested =
    desk.content.conflicts.length > 0 || desk.content.body.some(({ type }) => type === 'conflict');
  if (contested && desk.dice.chance(0.3)) return settle(desk);
  return ACTS[desk.dice.weighted(WEIGHTS)](desk);
}

/** Kinds of writing in which two people are likely to touch the same thing, and `settle` for what they left. */
export const KINDS = {
  settle: 3,
  list: 8,
  table: 7,
  retitle: 7,
  setList: 4,
  addKnown: 4,
  editEntry: 3,
  setField: 2,
  rewrite: 2,
  emphasise: 1,
  move: 3,
  cut: 1,
  insert: 2,
  turn: 1,
  split: 2,
  join: 2,
  reorder: 2,
} as const;
export type Kind = keyof typeof KINDS;

export function writeAs(desk: Desk, kind: Kind): Writing | null {
  return kind === 'settle' ? settleSomething(desk) : ACTS[kind](desk);
}
