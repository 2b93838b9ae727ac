import { newLocalId, type ListBlock, type ListItem, type TableBlock } from '#shared/article';
import { change, insertBehind, type Act, type Desk } from './editing.ts';
import { words as inline } from './text.ts';

function item({ dice, words }: Desk): ListItem {
  const $ = { id: newLocalId(dice.bytes) };
  return { type: 'listitem', $, children: inline(words.sentence()) };
}

/** A deeper level: Lexical keeps it in an item of its own. */
function deeper(desk: Desk, children = [item(desk), item(desk)]): ListItem {
  const [outer, inner] = [0, 0].map(() => ({ id: newLocalId(desk.dice.bytes) }));
  return {
    type: 'listitem',
    $: outer!,
    children: [{ type: 'list', listType: 'bullet', $: inner!, children }],
  };
}

/** A line one level deeper; or, of a deeper level, all lines one level up. */
function shifted(desk: Desk, picked: ListItem): ListItem[] {
  const [only] = picked.children;
  return only?.type === 'list' ? only.children : [deeper(desk, [picked])];
}

function changedList(desk: Desk, list: ListBlock): ListBlock {
  const { dice } = desk;
  const { children } = list;
  if (children.length === 0) return { ...list, children: [item(desk)] };
  const at = dice.below(children.length);
  const picked = children[at]!;
  const [only] = picked.children;
  if (only?.type === 'list' && dice.chance(0.8))
    return {
      ...list,
      children: children.with(at, { ...picked, children: [changedList(desk, only)] }),
    };
  const how = dice.below(8);
  if (how === 6) return { ...list, children: children.toSpliced(at, 1, ...shifted(desk, picked)) };
  if (how === 7) return { ...list, listType: list.listType === 'bullet' ? 'number' : 'bullet' };
  if (how < 2) {
    const added = how === 0 && dice.chance(0.5) ? deeper(desk) : item(desk);
    return { ...list, children: children.toSpliced(at, 0, added) };
  }
  if (how === 2 && children.length > 1) return { ...list, children: children.toSpliced(at, 1) };
  if (how === 3) {
    const rest = children.toSpliced(at, 1);
    return { ...list, children: rest.toSpliced(dice.below(rest.length + 1), 0, picked) };
  }
  const written = { ...picked, children: inline(desk.words.sentence()) };
  return { ...list, children: children.with(at, written) };
}

export const list: Act = (desk) => {
  const { content, dice } = desk;
  const lists = content.body.filter((block) => block.type === 'list');
  if (lists.length > 0) return change(desk, changedList(desk, dice.pick(lists)));
  const $ = { id: newLocalId(dice.bytes) };
  const children = [item(desk), item(desk), dice.chance(0.5) ? deeper(desk) : item(desk)];
  const block: ListBlock = { type: 'list', listType: 'bullet', $, children };
  return insertBehind(desk, dice.below(content.body.length + 1), block);
};

type Row = TableBlock['children'][number];

export const table: Act = (desk) => {
  const { content, dice, words } = desk;
  const cell = (): Row['children'][number] => ({
    type: 'tablecell',
    children: [{ type: 'paragraph', children: inline(words.sentence()) }],
  });
  const row = (columns: number): Row => ({
    type: 'tablerow',
    $: { id: newLocalId(dice.bytes) },
    children: Array.from({ length: columns }, cell),
  });
  const tables = content.body.filter((block) => block.type === 'table');
  if (tables.length === 0) {
    const $ = { id: newLocalId(dice.bytes) };
    const block: TableBlock = { type: 'table', $, children: [row(2), row(2)] };
    return insertBehind(desk, dice.below(content.body.length + 1), block);
  }
  const block = dice.pick(tables);
  const rows = block.children;
  const at = dice.below(rows.length);
  const columns = rows[0]?.children.length ?? 2;
  const how = dice.below(10);
  const children =
    how < 3
      ? rows.toSpliced(at, 0, row(columns))
      : how < 5 && columns < 4
        ? rows.map((each) => ({ ...each, children: [...each.children, cell()] }))
        : how < 6 && rows.length > 1
          ? rows.toSpliced(at, 1)
          : rows.with(at, { ...rows[at]!, children: rows[at]!.children.with(0, cell()) });
  return change(desk, { ...block, children });
};
