import { $isListNode, ListItemNode, type ListNode } from '@lexical/list';
import {
  $createHeadingNode,
  $createQuoteNode,
  $isHeadingNode,
  HeadingNode,
} from '@lexical/rich-text';
import { TableCellNode, $isTableNode } from '@lexical/table';
import {
  $createParagraphNode,
  $getRoot,
  $getSelection,
  $isDecoratorNode,
  $isElementNode,
  $isParagraphNode,
  $isRangeSelection,
  COMMAND_PRIORITY_LOW,
  FORMAT_TEXT_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  mergeRegister,
  ParagraphNode,
  RootNode,
  type ElementNode,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical';
import { $blockOf } from './node-state.ts';

const KEPT = new Set(['heading', 'quote', 'pullquote', 'note']);
const ALLOWED_FORMATS = new Set(['bold', 'italic', 'strikethrough', 'subscript', 'superscript']);

/** Keeps the document to what a body may hold, however a change came in. */
export function registerShape(editor: LexicalEditor): () => void {
  return mergeRegister(
    editor.registerNodeTransform(HeadingNode, (node) => {
      if (node.getTag() === 'h2' || node.getTag() === 'h3') return;
      const heading = $createHeadingNode(node.getTag() === 'h1' ? 'h2' : 'h3');
      node.replace(heading, true);
    }),
    editor.registerNodeTransform(TableCellNode, $onlyParagraphs),
    // Indents and alignments are not part of a body: what the file cannot hold must not be seen either.
    editor.registerNodeTransform(ParagraphNode, (node) => {
      if (node.getIndent() !== 0) node.setIndent(0);
      if (node.getFormatType() !== '') node.setFormat('');
    }),
    editor.registerNodeTransform(ListItemNode, (node) => {
      if (node.getFormatType() !== '') node.setFormat('');
    }),
    editor.registerNodeTransform(RootNode, (root) => {
      if (root.isEmpty()) root.append($createParagraphNode());
    }),
    editor.registerCommand(
      FORMAT_TEXT_COMMAND,
      (format) => {
        if (ALLOWED_FORMATS.has(format)) return false;
        const selection = $getSelection();
        // Underline that came in with a text may be taken off, never put on.
        const removing =
          format === 'underline' &&
          $isRangeSelection(selection) &&
          selection.hasFormat('underline');
        return !removing;
      },
      COMMAND_PRIORITY_LOW,
    ),
    editor.registerCommand(INSERT_PARAGRAPH_COMMAND, $splitKept, COMMAND_PRIORITY_LOW),
  );
}

/**
 * Enter in a subhead, quote, pull quote or note. Lexical turns one half into a paragraph where the cursor stands at offset
 * 0 of any text in a subhead, and always in a quote. Here an empty paragraph goes before the block when the cursor is at
 * its start, and in the middle both halves keep their kind.
 */
function $splitKept(): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  const block = $blockOf(selection.anchor.getNode());
  if (!$isElementNode(block) || !KEPT.has(block.getType()) || block.isEmpty()) return false;
  if (!selection.isCollapsed()) {
    if (!block.is($blockOf(selection.focus.getNode()))) return false;
    selection.removeText();
    if (block.isEmpty()) return false;
  }
  const { offset } = selection.anchor;
  const at = selection.anchor.getNode();
  if (offset === 0 && (at.is(block) || isFirst(at, block))) {
    block.insertBefore($createParagraphNode());
    return true;
  }
  if (isEnd(at, offset, block)) return false;
  const type = block.getType();
  const tag = $isHeadingNode(block) ? block.getTag() : null;
  const $twin = (): ElementNode => (tag ? $createHeadingNode(tag) : $createQuoteNode());
  const made = selection.insertParagraph();
  if (!made) return true;
  let second: ElementNode = made;
  if (made.getType() !== type) {
    second = made.replace($twin(), true);
    second.selectStart();
  }
  const first = second.getPreviousSibling();
  if ($isParagraphNode(first) && !block.isAttached()) first.replace($twin(), true);
  return true;
}

function isFirst(node: LexicalNode, within: ElementNode): boolean {
  for (let at: LexicalNode | null = node; at && !at.is(within); at = at.getParent())
    if (at.getPreviousSibling()) return false;
  return true;
}

function isEnd(node: LexicalNode, offset: number, within: ElementNode): boolean {
  const size = $isElementNode(node) ? node.getChildrenSize() : node.getTextContentSize();
  if (offset < size) return false;
  for (let at: LexicalNode | null = node; at && !at.is(within); at = at.getParent())
    if (at.getNextSibling()) return false;
  return true;
}

function $onlyParagraphs(cell: TableCellNode): void {
  for (const child of cell.getChildren()) {
    if ($isParagraphNode(child)) continue;
    if ($isDecoratorNode(child)) $moveOut(child);
    else if ($isListNode(child)) $unlist(child);
    else if ($isTableNode(child)) $moveOut(child);
    else if ($isElementNode(child)) child.replace($createParagraphNode(), true);
  }
  if (cell.isEmpty()) cell.append($createParagraphNode());
}

function $moveOut(node: LexicalNode): void {
  const table = $blockOf(node);
  if (table) table.insertAfter(node, false);
  else $getRoot().append(node);
}

function $unlist(list: ListNode): void {
  for (const item of list.getChildren()) {
    if (!$isElementNode(item)) continue;
    const nested = item.getChildren().filter($isListNode);
    const paragraph = $createParagraphNode().append(
      ...item.getChildren().filter((child) => !$isListNode(child)),
    );
    if (!paragraph.isEmpty()) list.insertBefore(paragraph);
    for (const inner of nested) {
      list.insertBefore(inner);
      $unlist(inner);
    }
  }
  list.remove();
}
