import {
  newLocalId,
  type Block,
  type Content,
  type Inline,
  type ListBlock,
  type ListItem,
  type TableBlock,
} from '#shared/article';
import { pickText, textOf, type Desk } from './editing.ts';
import { isTextBlock, paragraph, words as inline, type TextBlock } from './text.ts';

/**
 * What people do to a text of which no word becomes another, beside what they write: things are cut and pasted, made into
 * lists, taken from one list or paragraph to another. Each gives the text as it is afterwards.
 */
type Rearranging = (desk: Desk) => Content;

const withBody = ({ content }: Desk, body: Block[]): Content => ({ ...content, body });
const fresh = ({ dice }: Desk): { id: string } => ({ id: newLocalId(dice.bytes) });
const isFlat = (block: Block): block is ListBlock =>
  block.type === 'list' &&
  block.children.every((item) => item.children.every(({ type }) => type !== 'list'));
const flatLists = ({ content }: Desk): ListBlock[] => content.body.filter(isFlat);

function replaced(desk: Desk, block: Block, ...blocks: Block[]): Content {
  return withBody(
    desk,
    desk.content.body.flatMap((each) => (each === block ? blocks : [each])),
  );
}

/** Under new names, as what comes from the clipboard has. */
function pasted(desk: Desk, block: Block): Block {
  const $ = { ...block.$, ...fresh(desk) };
  if (block.type === 'list')
    return {
      ...block,
      $,
      children: block.children.map((item) => ({ ...item, $: { ...item.$, ...fresh(desk) } })),
    };
  if (block.type !== 'table') return { ...block, $ };
  const rows = block.children.map((row) => ({ ...row, $: { ...row.$, ...fresh(desk) } }));
  return { ...block, $, children: rows };
}

/** Cuts a block and pastes it elsewhere, now and then to write on there. */
const cutAndPaste: Rearranging = (desk) => {
  const { content, dice, words } = desk;
  const found = content.body.filter(
    (block) => block.type !== 'conflict' && !(block.type === 'list' && !isFlat(block)),
  );
  if (found.length === 0) return content;
  const block = dice.pick(found);
  const rest = content.body.filter((each) => each !== block);
  const made = pasted(desk, block);
  const isWrittenOn = isTextBlock(made) && dice.chance(0.3);
  const now = isWrittenOn
    ? { ...made, children: [...made.children, ...inline(` ${words.sentence()}`)] }
    : made;
  return withBody(desk, rest.toSpliced(dice.below(rest.length + 1), 0, now));
};

const enlist: Rearranging = (desk) => {
  const { content, dice } = desk;
  const start = dice.below(content.body.length + 1);
  const run = content.body.slice(start, start + dice.between(1, 3));
  const texts = run.filter(isTextBlock);
  const isPlain = texts.every(({ $ }) => Object.keys($).length === 1);
  if (texts.length === 0 || texts.length < run.length || !isPlain) return content;
  const children = texts.map((text): ListItem => ({
    type: 'listitem',
    $: fresh(desk),
    children: text.children,
  }));
  const list: ListBlock = { type: 'list', listType: 'bullet', $: texts[0]!.$, children };
  return withBody(desk, content.body.toSpliced(start, run.length, list));
};

const asParagraph = ({ children }: ListItem, $: { id: string }): Block => ({
  type: 'paragraph',
  $,
  children: children as Inline[],
});

const unlist: Rearranging = (desk) => {
  const lists = flatLists(desk).filter(({ children }) => children.length > 0);
  if (lists.length === 0) return desk.content;
  const list = desk.dice.pick(lists);
  const texts = list.children.map((item, at) => asParagraph(item, at === 0 ? list.$ : fresh(desk)));
  return replaced(desk, list, ...texts);
};

/** Takes an item to another place in its list, or to another list; or cuts and pastes it there. */
const takeItem: Rearranging = (desk) => {
  const { content, dice } = desk;
  const lists = flatLists(desk);
  const full = lists.filter(({ children }) => children.length > 1);
  if (full.length === 0) return content;
  const from = dice.pick(full);
  const item = dice.pick(from.children);
  const into = dice.pick(lists);
  const now = dice.chance(0.4) ? { ...item, $: { ...item.$, ...fresh(desk) } } : item;
  const body = content.body.map((block): Block => {
    const own = block === from ? from.children.filter((each) => each !== item) : null;
    if (block === into) {
      const items = own ?? into.children;
      return { ...into, children: items.toSpliced(dice.below(items.length + 1), 0, now) };
    }
    return own ? { ...from, children: own } : block;
  });
  return withBody(desk, body);
};

const cutList: Rearranging = (desk) => {
  const full = flatLists(desk).filter(({ children }) => children.length > 1);
  if (full.length === 0) return desk.content;
  const list = desk.dice.pick(full);
  const at = desk.dice.between(1, list.children.length - 1);
  const between = desk.dice.chance(0.5) ? [paragraph(fresh(desk).id, desk.words.sentence())] : [];
  const rest: ListBlock = { ...list, $: fresh(desk), children: list.children.slice(at) };
  return replaced(desk, list, { ...list, children: list.children.slice(0, at) }, ...between, rest);
};

const joinLists: Rearranging = (desk) => {
  const [first, second] = flatLists(desk);
  if (!first || !second) return desk.content;
  const joined = { ...first, children: [...first.children, ...second.children] };
  const body = desk.content.body.filter((block) => block !== second);
  return withBody(
    desk,
    body.map((block) => (block === first ? joined : block)),
  );
};

type Row = TableBlock['children'][number];

/** Puts a column in, takes one out, or takes one to another place. */
const moveColumn: Rearranging = (desk) => {
  const { content, dice, words } = desk;
  const table = content.body.find((block) => block.type === 'table');
  const width = table?.type === 'table' ? (table.children[0]?.children.length ?? 0) : 0;
  if (table?.type !== 'table' || width === 0) return content;
  const [how, at, to] = [dice.below(3), dice.below(width), dice.below(width + 1)];
  if (how === 1 && width < 2) return content;
  const cellsOf = ({ children }: Row): Row['children'] => {
    const cell: Row['children'][number] = {
      type: 'tablecell',
      children: [{ type: 'paragraph', children: inline(words.sentence()) }],
    };
    if (how === 0) return children.toSpliced(to, 0, cell);
    const rest = children.toSpliced(at, 1);
    return how === 1 ? rest : rest.toSpliced(Math.min(to, width - 1), 0, children[at]!);
  };
  const children = table.children.map((row) => ({ ...row, children: cellsOf(row) }));
  return replaced(desk, table, { ...table, children });
};

/** Makes headings of the first row, or of one cell. */
const headRow: Rearranging = (desk) => {
  const { content, dice } = desk;
  const table = content.body.find((block) => block.type === 'table');
  const [row] = table?.type === 'table' ? table.children : [];
  if (table?.type !== 'table' || !row || row.children.length === 0) return content;
  const only = dice.chance(0.5) ? dice.below(row.children.length) : null;
  const headed = row.children.map((cell, at) =>
    only === null || only === at ? { ...cell, headerState: 1 as const } : cell,
  );
  const children = table.children.with(0, { ...row, children: headed });
  return replaced(desk, table, { ...table, children });
};

const sentencesOf = (text: TextBlock): string[] =>
  textOf(text)
    .split(/(?<=\.) /)
    .filter((sentence) => sentence.trim() !== '');

/** Takes the first sentence of a paragraph, or its last, to another one. */
const takeSentence: Rearranging = (desk) => {
  const { content, dice } = desk;
  const texts = content.body.filter(isTextBlock);
  const full = texts.filter((text) => sentencesOf(text).length > 1);
  if (full.length === 0 || texts.length < 2) return content;
  const from = dice.pick(full);
  const into = dice.pick(texts.filter((text) => text !== from));
  const sentences = sentencesOf(from);
  const at = dice.chance(0.5) ? 0 : sentences.length - 1;
  const there = sentencesOf(into);
  const joined = there.toSpliced(dice.below(there.length + 1), 0, sentences[at]!);
  const body = content.body.map((block): Block => {
    if (block === from) return { ...from, children: inline(sentences.toSpliced(at, 1).join(' ')) };
    return block === into ? { ...into, children: inline(joined.join(' ')) } : block;
  });
  return withBody(desk, body);
};

/** Cuts an item in two, or joins two. */
const breakItem: Rearranging = (desk) => {
  const { dice } = desk;
  const lists = flatLists(desk).filter(({ children }) => children.length > 0);
  if (lists.length === 0) return desk.content;
  const list = dice.pick(lists);
  const at = dice.below(list.children.length);
  const [first, second] = list.children.slice(at, at + 2) as [ListItem, ListItem?];
  if (second && dice.chance(0.5)) {
    const joined = { ...first, children: [...first.children, ...inline(' '), ...second.children] };
    return replaced(desk, list, { ...list, children: list.children.toSpliced(at, 2, joined) });
  }
  const sentences = sentencesOf(asParagraph(first, first.$) as TextBlock);
  if (sentences.length < 2) return desk.content;
  const [head, ...tail] = sentences;
  const halves = [
    { ...first, children: inline(head!) },
    { ...first, $: fresh(desk), children: inline(tail.join(' ')) },
  ];
  return replaced(desk, list, { ...list, children: list.children.toSpliced(at, 1, ...halves) });
};

/** An empty line, or a text of which nothing is left. */
const empty: Rearranging = (desk) => {
  const { content, dice } = desk;
  const text = dice.chance(0.4) ? pickText(desk) : null;
  if (text) return replaced(desk, text, { ...text, children: [] });
  const line: Block = { type: 'paragraph', $: fresh(desk), children: [] };
  return withBody(desk, content.body.toSpliced(dice.below(content.body.length + 1), 0, line));
};

/** Writes on where an item stands, or puts the same sentence behind another: items of several sentences can be broken. */
const writeItem: Rearranging = (desk) => {
  const { dice, words } = desk;
  const lists = flatLists(desk).filter(({ children }) => children.length > 0);
  if (lists.length === 0) return desk.content;
  const list = dice.pick(lists);
  const at = dice.below(list.children.length);
  const item = list.children[at]!;
  const longer = { ...item, children: [...item.children, ...inline(` ${words.sentence()}`)] };
  return replaced(desk, list, { ...list, children: list.children.with(at, longer) });
};

const REARRANGINGS = {
  cutAndPaste: 5,
  enlist: 4,
  unlist: 3,
  takeItem: 5,
  cutList: 3,
  joinLists: 2,
  moveColumn: 4,
  headRow: 1,
  takeSentence: 5,
  breakItem: 3,
  empty: 2,
  writeItem: 3,
} as const;

const ACTS: Record<keyof typeof REARRANGINGS, Rearranging> = {
  cutAndPaste,
  enlist,
  unlist,
  takeItem,
  cutList,
  joinLists,
  moveColumn,
  headRow,
  takeSentence,
  breakItem,
  empty,
  writeItem,
};

export type Way = keyof typeof REARRANGINGS;

export const WAYS = Object.keys(ACTS) as Way[];

export const pickWay = ({ dice }: Pick<Desk, 'dice'>): Way => dice.weighted(REARRANGINGS);

export const rearranged = (desk: Desk, way: Way): Content => ACTS[way](desk);
