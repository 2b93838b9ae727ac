import { $createLinkNode } from '@lexical/link';
import {
  $createListItemNode,
  $createListNode,
  type ListItemNode,
  type ListNode,
} from '@lexical/list';
import { $createHeadingNode, $createQuoteNode } from '@lexical/rich-text';
import {
  $createTableCellNode,
  $createTableNode,
  $createTableRowNode,
  type TableNode,
} from '@lexical/table';
import {
  $createLineBreakNode,
  $createParagraphNode,
  $createTextNode,
  $getRoot,
  type ElementNode,
  type LexicalNode,
} from 'lexical';
import type { Block, Inline, ListBlock, ListItem, TableBlock } from '#shared/article';
import {
  $createConflictNode,
  $createDividerNode,
  $createEmbedNode,
  $createImageNode,
} from './card-nodes.tsx';
import { $writeBlockState, $writeTextState } from './node-state.ts';
import { $createNoteNode, $createPullQuoteNode } from './text-block-nodes.ts';

/** The Lexical node for a block, with its id and tracked changes. */
export function $fromBlock(block: Block): LexicalNode {
  const node = $create(block);
  $writeBlockState(node, block.$);
  return node;
}

/** Makes the blocks the whole content of the editor. */
export function $fillBody(blocks: readonly Block[]): void {
  const root = $getRoot().clear();
  root.append(...blocks.map($fromBlock));
  if (root.isEmpty()) root.append($createParagraphNode());
}

function $create(block: Block): LexicalNode {
  switch (block.type) {
    case 'paragraph':
      return $text($createParagraphNode(), block);
    case 'heading':
      return $text($createHeadingNode(block.tag), block);
    case 'quote':
      return $text($createQuoteNode(), block);
    case 'pullquote':
      return $text($createPullQuoteNode(), block);
    case 'note':
      return $text($createNoteNode(), block);
    case 'horizontalrule':
      return $createDividerNode();
    case 'list':
      return $list(block);
    case 'table':
      return $table(block);
    case 'image': {
      const { type: _type, $: _state, ...info } = block;
      return $createImageNode(info);
    }
    case 'embed':
      return $createEmbedNode({ url: block.url, provider: block.provider, title: block.title });
    case 'conflict':
      return $createConflictNode({ base: block.base, versions: block.versions });
  }
}

function $text<T extends ElementNode>(
  node: T,
  json: { direction?: 'ltr' | 'rtl' | undefined; children: readonly Inline[] },
): T {
  if (json.direction) node.setDirection(json.direction);
  node.append(...json.children.map($inline));
  return node;
}

/** The Lexical node for a text, a line break or a link. */
export function $inline(json: Inline): LexicalNode {
  if (json.type === 'link') return $createLinkNode(json.url).append(...json.children.map($inline));
  const node =
    json.type === 'linebreak'
      ? $createLineBreakNode()
      : $createTextNode(json.text)
          .setFormat(json.format ?? 0)
          // What is suggested to go is taken whole: words typed at its end must not go with it.
          .setMode(json.$?.deleted ? 'token' : 'normal');
  $writeTextState(node, json.$);
  return node;
}

function $list(json: ListBlock): ListNode {
  const node = $createListNode(json.listType, json.start ?? 1);
  $writeBlockState(node, json.$);
  return node.append(...json.children.map($item));
}

function $item(json: ListItem): ListItemNode {
  const node = $createListItemNode();
  $writeBlockState(node, json.$);
  if (json.direction) node.setDirection(json.direction);
  return node.append(
    ...json.children.map((child) => (child.type === 'list' ? $list(child) : $inline(child))),
  );
}

function $table(json: TableBlock): TableNode {
  const table = $createTableNode();
  for (const row of json.children) {
    const rowNode = $createTableRowNode();
    $writeBlockState(rowNode, row.$);
    for (const cell of row.children) {
      const cellNode = $createTableCellNode(cell.headerState ?? 0, cell.colSpan ?? 1);
      cellNode.setRowSpan(cell.rowSpan ?? 1);
      rowNode.append(
        cellNode.append(...cell.children.map((child) => $text($createParagraphNode(), child))),
      );
    }
    table.append(rowNode);
  }
  return table;
}
