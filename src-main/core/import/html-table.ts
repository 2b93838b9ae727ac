import type { PlainBlock, TableBlock } from '#shared/article';
import type { Draft, Page, Walk } from './html-draft.ts';
import { isLayout, type Context } from './html-context.ts';
import { attribute, findAll, isElement, type HtmlElement } from './html-tree.ts';
import { inlineText, plainBlocks } from './piece.ts';

type Cell = TableBlock['children'][number]['children'][number];

/** The rows of this table, not of tables inside it. */
function rowsOf(table: HtmlElement): { row: HtmlElement; head: boolean }[] {
  return table.childNodes.filter(isElement).flatMap((child) => {
    if (child.tagName === 'tr') return [{ row: child, head: false }];
    if (!/^t(head|body|foot)$/.test(child.tagName)) return [];
    const head = child.tagName === 'thead';
    return child.childNodes
      .filter(isElement)
      .filter(({ tagName }) => tagName === 'tr')
      .map((row) => ({ row, head }));
  });
}

function cellsOf(row: HtmlElement): HtmlElement[] {
  return row.childNodes
    .filter(isElement)
    .filter(({ tagName }) => tagName === 'td' || tagName === 'th');
}

/** A table with one cell, or one that only arranges, is no table to a reader. */
export function isTableWorthKeeping(table: HtmlElement): boolean {
  if (isLayout(table)) return false;
  const rows = rowsOf(table);
  if (findAll(table, ({ tagName }) => tagName === 'h1' || tagName === 'article').length > 0)
    return false;
  return rows.length > 1
    ? rows.some(({ row }) => cellsOf(row).length > 1)
    : rows.some(({ row }) => cellsOf(row).length > 2);
}

function span(cell: HtmlElement, name: string, most: number): number | undefined {
  const value = Number.parseInt(attribute(cell, name), 10);
  return value > 1 ? Math.min(value, most) : undefined;
}

function headerState(cell: HtmlElement, head: boolean): number {
  if (cell.tagName !== 'th') return head ? 2 : 0;
  if (attribute(cell, 'scope').startsWith('row')) return 1;
  if (head || attribute(cell, 'scope').startsWith('col')) return 2;
  return 0;
}

/** A table, preceded by its caption, and after it what stood inside but cannot stand in a cell. */
export function tableOf(table: HtmlElement, page: Page, context: Context, walk: Walk): Draft[] {
  const hoisted: Draft[] = [];
  const plain: Context = { ...context, type: 'paragraph' };
  const captions = table.childNodes
    .filter(isElement)
    .filter(({ tagName }) => tagName === 'caption');
  const before = captions.flatMap(({ childNodes }) => walk(childNodes, page, plain));

  const paragraphs = (block: PlainBlock): Cell['children'] => {
    if (block.type === 'table')
      return block.children.flatMap((row) => row.children.flatMap((cell) => cell.children));
    const texts = plainBlocks({ id: '', block, text: '', hints: new Set() }, page.newId);
    return texts.flatMap((text) =>
      text.type === 'paragraph'
        ? [
            {
              type: 'paragraph' as const,
              ...(text.direction && { direction: text.direction }),
              children: text.children,
            },
          ]
        : [],
    );
  };
  const cellOf = (cell: HtmlElement, state: number): Cell => {
    const children: Cell['children'] = [];
    for (const draft of walk(cell.childNodes, page, plain)) {
      const stands =
        draft.block !== null &&
        !draft.leftOut &&
        !/^(image|embed|horizontalrule)$/.test(draft.block.type);
      if (stands && draft.block) children.push(...paragraphs(draft.block));
      else hoisted.push(draft);
    }
    const colSpan = span(cell, 'colspan', 100);
    const rowSpan = span(cell, 'rowspan', 1000);
    return {
      type: 'tablecell',
      ...(state > 0 && { headerState: state }),
      ...(colSpan !== undefined && { colSpan }),
      ...(rowSpan !== undefined && { rowSpan }),
      children: children.length > 0 ? children : [{ type: 'paragraph', children: [] }],
    };
  };
  const rows = rowsOf(table).map(({ row, head }, index) => {
    const cells = cellsOf(row);
    const allHeaders = cells.every(({ tagName }) => tagName === 'th');
    return cells.map((cell, column) => {
      const said = headerState(cell, head || (index === 0 && allHeaders));
      return cellOf(cell, said === 0 && cell.tagName === 'th' ? (column === 0 ? 1 : 2) : said);
    });
  });
  const block: TableBlock = {
    type: 'table',
    $: { id: page.newId() },
    children: rows
      .filter((cells) => cells.length > 0)
      .map((children) => ({ type: 'tablerow', $: { id: page.newId() }, children })),
  };
  const text = block.children
    .map((row) =>
      row.children
        .map((cell) => cell.children.map((paragraph) => inlineText(paragraph.children)).join('\n'))
        .join('\t'),
    )
    .join('\n');
  return [...before, { block, text, hints: context.hints, outside: context.outside }, ...hoisted];
}
