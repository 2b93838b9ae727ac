import { $isLinkNode } from '@lexical/link';
import { $isListItemNode, $isListNode, type ListItemNode, type ListNode } from '@lexical/list';
import { $isHeadingNode, $isQuoteNode } from '@lexical/rich-text';
import {
  $isTableCellNode,
  $isTableNode,
  $isTableRowNode,
  type TableCellNode,
  type TableNode,
} from '@lexical/table';
import {
  $getRoot,
  $isElementNode,
  $isLineBreakNode,
  $isTextNode,
  type ElementNode,
  type LexicalNode,
} from 'lexical';
import {
  safeLink,
  type Block,
  type Body,
  type Inline,
  type LinkNode as LinkJson,
  type ListBlock,
  type ListItem,
  type TableBlock,
  type TextNode as TextJson,
} from '#shared/article';
import { $isConflictNode, $isDividerNode, $isEmbedNode, $isImageNode } from './card-nodes.tsx';
import { $readBlockState, $readTextState } from './node-state.ts';
import { $isNoteNode, $isPullQuoteNode } from './text-block-nodes.ts';

type Leaf = LinkJson['children'][number];

// Everything the schema knows but code (16), which is no part of a body.
const FORMATS = 1 | 2 | 4 | 8 | 32 | 64;

/** The canonical JSON of one block: no property that holds its default, neighbouring texts of one kind joined. */
export function $toBlock(node: LexicalNode): Block {
  const $ = $readBlockState(node);
  if ($isDividerNode(node)) return { type: 'horizontalrule', $ };
  if ($isImageNode(node)) return { type: 'image', $, ...node.info() };
  if ($isEmbedNode(node)) return { type: 'embed', $, ...node.info() };
  if ($isConflictNode(node)) return { type: 'conflict', $, ...node.info() };
  if ($isListNode(node)) return $toList(node);
  if ($isTableNode(node)) return $toTable(node);
  const text = $isElementNode(node)
    ? { $, ...direction(node), children: $toInlines(node) }
    : { $, children: appendLeaf([], $toLeaf(node)) };
  if ($isHeadingNode(node))
    return { type: 'heading', tag: node.getTag() === 'h3' ? 'h3' : 'h2', ...text };
  if ($isQuoteNode(node)) return { type: 'quote', ...text };
  if ($isPullQuoteNode(node)) return { type: 'pullquote', ...text };
  if ($isNoteNode(node)) return { type: 'note', ...text };
  return { type: 'paragraph', ...text };
}

/** The whole body, block by block. */
export function $toBody(): Body {
  return $getRoot().getChildren().map($toBlock);
}

function direction(node: ElementNode): { direction?: 'ltr' | 'rtl' } {
  const set = node.getDirection();
  return set ? { direction: set } : {};
}

function $toLeaf(node: LexicalNode): Leaf | null {
  const $ = $readTextState(node);
  if ($isLineBreakNode(node)) return { type: 'linebreak', ...($ && { $ }) };
  if (!$isTextNode(node)) return null;
  const text = node.getTextContent();
  const format = node.getFormat() & FORMATS;
  return text === ''
    ? null
    : { type: 'text', text, ...(format !== 0 && { format }), ...($ && { $ }) };
}

function joins(a: Inline | undefined, b: Leaf): a is TextJson {
  return (
    a?.type === 'text' &&
    b.type === 'text' &&
    (a.format ?? 0) === (b.format ?? 0) &&
    JSON.stringify(a.$) === JSON.stringify(b.$)
  );
}

function appendLeaf<T extends Inline>(found: (T | Leaf)[], leaf: Leaf | null): (T | Leaf)[] {
  if (!leaf) return found;
  const last = found.at(-1);
  if (joins(last, leaf) && leaf.type === 'text')
    found[found.length - 1] = { ...last, text: last.text + leaf.text };
  else found.push(leaf);
  return found;
}

function $toInlines(parent: ElementNode, found: Inline[] = []): Inline[] {
  for (const child of parent.getChildren()) {
    if ($isLinkNode(child)) {
      const children = $toLeaves(child, []);
      const url = child.getURL();
      if (safeLink(url) === null) for (const leaf of children) appendLeaf(found, leaf);
      else if (children.length > 0) found.push({ type: 'link', url, children });
    } else if ($isElementNode(child)) $toInlines(child, found);
    else appendLeaf(found, $toLeaf(child));
  }
  return found;
}

function $toLeaves(parent: ElementNode, found: Leaf[]): Leaf[] {
  for (const child of parent.getChildren()) {
    if ($isElementNode(child)) $toLeaves(child, found);
    else appendLeaf<Leaf>(found, $toLeaf(child));
  }
  return found;
}

function $toList(node: ListNode): ListBlock {
  const start = node.getStart();
  return {
    type: 'list',
    listType: node.getListType() === 'number' ? 'number' : 'bullet',
    ...(start > 1 && { start }),
    $: $readBlockState(node),
    children: node.getChildren().filter($isListItemNode).map($toItem),
  };
}

function $toItem(node: ListItemNode): ListItem {
  const children: ListItem['children'] = [];
  for (const child of node.getChildren()) {
    if ($isListNode(child)) children.push($toList(child));
    else if ($isLinkNode(child)) children.push(...$toLinkAlone(child));
    else if ($isElementNode(child)) children.push(...$toInlines(child));
    else appendLeaf(children as Inline[], $toLeaf(child));
  }
  return { type: 'listitem', $: $readBlockState(node), ...direction(node), children };
}

function $toLinkAlone(node: ElementNode & { getURL: () => string }): Inline[] {
  const children = $toLeaves(node, []);
  if (children.length === 0) return [];
  return safeLink(node.getURL()) === null
    ? children
    : [{ type: 'link', url: node.getURL(), children }];
}

function $toTable(node: TableNode): TableBlock {
  return {
    type: 'table',
    $: $readBlockState(node),
    children: node
      .getChildren()
      .filter($isTableRowNode)
      .map((row) => ({
        type: 'tablerow',
        $: $readBlockState(row),
        children: row.getChildren().filter($isTableCellNode).map($toCell),
      })),
  };
}

function $toCell(node: TableCellNode): TableBlock['children'][number]['children'][number] {
  const headerState = node.getHeaderStyles();
  const colSpan = node.getColSpan();
  const rowSpan = node.getRowSpan();
  return {
    type: 'tablecell',
    ...(headerState !== 0 && { headerState }),
    ...(colSpan > 1 && { colSpan }),
    ...(rowSpan > 1 && { rowSpan }),
    children: node
      .getChildren()
      .filter($isElementNode)
      .map((child) => ({ type: 'paragraph', ...direction(child), children: $toInlines(child) })),
  };
}
