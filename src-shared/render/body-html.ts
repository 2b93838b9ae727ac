import {
  isTextBlock,
  safeLink,
  TextFormat,
  type Block,
  type ImageInfo,
  type Inline,
  type ListBlock,
  type ListItem,
  type TableBlock,
  type TextNode,
} from '#shared/article';
import {
  element,
  joined,
  type Attributes,
  type Child,
  type ElementName,
  type Markup,
} from './markup.ts';
import { printedBlocks, type PrintBlock } from './original.ts';

export interface BodyHtmlOptions {
  /** Where a reader finds the picture with this SHA-256: an absolute address or one within the site. */
  assetUrl(hash: string): string;
  /** The direction of the page around the body; a block is marked where it differs. Left to right by default. */
  direction?: 'ltr' | 'rtl';
}

/** Outermost first, always in this order, so that the same text gives the same bytes. */
const NESTING: readonly (readonly [number, ElementName])[] = [
  [TextFormat.bold, 'strong'],
  [TextFormat.italic, 'em'],
  [TextFormat.underline, 'u'],
  [TextFormat.strikethrough, 's'],
  [TextFormat.subscript, 'sub'],
  [TextFormat.superscript, 'sup'],
];

function textHtml({ text, format = 0 }: TextNode): Child {
  return NESTING.reduceRight<Child>(
    (inner, [bit, name]) => (format & bit ? element(name, {}, [inner]) : inner),
    text,
  );
}

function inlineHtml(node: Inline): Child {
  if (node.type === 'text') return textHtml(node);
  if (node.type === 'linebreak') return element('br', {});
  const children = node.children.map(inlineHtml);
  const href = safeLink(node.url);
  return href === null ? joined(children) : element('a', { href }, children);
}

function inlinesHtml(children: readonly Inline[]): Child[] {
  return children.map(inlineHtml);
}

function hasPrint(children: readonly Inline[]): boolean {
  return children.some(
    (child) =>
      (child.type === 'text' && child.text.trim() !== '') ||
      (child.type === 'link' && hasPrint(child.children)),
  );
}

function directed(direction: 'ltr' | 'rtl' | undefined, options: BodyHtmlOptions): Attributes {
  return { dir: direction === (options.direction ?? 'ltr') ? undefined : direction };
}

function isNested(item: ListItem): boolean {
  return item.children.length > 0 && item.children.every((child) => child.type === 'list');
}

function listHtml(list: ListBlock, options: BodyHtmlOptions): Markup {
  // The editor keeps a nested list in an item of its own; in HTML it belongs to the item before it.
  const items: ListItem[] = [];
  for (const item of list.children) {
    const before = items.at(-1);
    if (before && isNested(item))
      items[items.length - 1] = { ...before, children: [...before.children, ...item.children] };
    else items.push(item);
  }
  const rows = items.map((item) =>
    element(
      'li',
      directed(item.direction, options),
      item.children.map((child) =>
        child.type === 'list' ? listHtml(child, options) : inlineHtml(child),
      ),
    ),
  );
  if (list.listType === 'bullet') return element('ul', {}, rows);
  return element('ol', { start: list.start === 1 ? undefined : list.start }, rows);
}

const ROW_HEADER = 1;
const COLUMN_HEADER = 2;
type Row = TableBlock['children'][number];
type Cell = Row['children'][number];

function cellHtml(cell: Cell, options: BodyHtmlOptions): Markup {
  const header = cell.headerState ?? 0;
  const [only] = cell.children;
  const children =
    only && cell.children.length === 1
      ? inlinesHtml(only.children)
      : cell.children.map((paragraph) =>
          element('p', directed(paragraph.direction, options), inlinesHtml(paragraph.children)),
        );
  return element(
    header ? 'th' : 'td',
    {
      scope: header === COLUMN_HEADER ? 'col' : header === ROW_HEADER ? 'row' : undefined,
      colspan: cell.colSpan === 1 ? undefined : cell.colSpan,
      rowspan: cell.rowSpan === 1 ? undefined : cell.rowSpan,
      ...(cell.children.length === 1 && directed(only?.direction, options)),
    },
    children,
  );
}

function isHeadRow(row: Row): boolean {
  return (
    row.children.length > 0 &&
    row.children.every((cell) => ((cell.headerState ?? 0) & COLUMN_HEADER) !== 0)
  );
}

function tableHtml(table: TableBlock, options: BodyHtmlOptions): Markup {
  const rowHtml = (row: Row): Markup =>
    element(
      'tr',
      {},
      row.children.map((cell) => cellHtml(cell, options)),
    );
  const bodyStart = table.children.findIndex((row) => !isHeadRow(row));
  const split = bodyStart === -1 ? table.children.length : bodyStart;
  const head = table.children.slice(0, split).map(rowHtml);
  const rest = table.children.slice(split).map(rowHtml);
  return element('div', { class: 'table' }, [
    element('table', {}, [
      ...(head.length > 0 ? [element('thead', {}, head)] : []),
      ...(rest.length > 0 ? [element('tbody', {}, rest)] : []),
    ]),
  ]);
}

/** A picture as a figure, with caption and credit where there are any. Also used for the lead image. */
export function imageHtml(image: ImageInfo, options: BodyHtmlOptions): Markup {
  const { caption, credit } = image;
  const img = element('img', {
    src: options.assetUrl(image.asset),
    alt: image.alt,
    width: image.width,
    height: image.height,
    loading: 'lazy',
  });
  const words: Child[] = [];
  if (caption) words.push(caption);
  if (caption && credit) words.push(' ');
  if (credit) words.push(element('span', { class: 'credit' }, [credit]));
  return element('figure', {}, words.length > 0 ? [img, element('figcaption', {}, words)] : [img]);
}

function embedHtml(url: string, title: string, provider: string): Markup | null {
  const href = safeLink(url);
  if (href === null) return null;
  const card = [element('span', { class: 'embed-title' }, [title || href])];
  if (provider) card.push(element('span', { class: 'embed-provider' }, [provider]));
  return element('figure', { class: 'embed' }, [element('a', { href }, card)]);
}

function blockHtml(block: PrintBlock, options: BodyHtmlOptions): Markup | null {
  if (block.type === 'horizontalrule') return element('hr', {});
  if (block.type === 'image') return imageHtml(block, options);
  if (block.type === 'embed') return embedHtml(block.url, block.title, block.provider);
  if (block.type === 'list') return listHtml(block, options);
  if (block.type === 'table') return tableHtml(block, options);
  if (!isTextBlock(block) || !hasPrint(block.children)) return null;
  const words = inlinesHtml(block.children);
  const dir = directed(block.direction, options);
  if (block.type === 'heading') return element(block.tag, dir, words);
  if (block.type === 'paragraph') return element('p', dir, words);
  const paragraph = element('p', {}, words);
  if (block.type === 'quote') return element('blockquote', dir, [paragraph]);
  return element('aside', { class: 'pull-quote', ...dir }, [paragraph]);
}

/**
 * A body as semantic HTML, a block per line. Text, addresses and attributes are escaped; an address that the URL policy
 * refuses prints as plain text; notes and empty text blocks do not print; open suggestions print as if not accepted.
 * Throws {@link UnsettledError} when two versions of a block stand in the body.
 */
export function renderBodyHtml(body: readonly Block[], options: BodyHtmlOptions): string {
  return printedBlocks(body)
    .map((block) => blockHtml(block, options)?.html)
    .filter((html) => html !== undefined)
    .join('\n');
}

/** The lead image or any single picture as HTML; see {@link renderBodyHtml}. */
export function renderImageHtml(image: ImageInfo, options: BodyHtmlOptions): string {
  return imageHtml(image, options).html;
}
