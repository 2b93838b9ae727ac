import { $isListItemNode, $isListNode, type ListItemNode } from '@lexical/list';
import {
  $createParagraphNode,
  $getRoot,
  $getSelection,
  $isDecoratorNode,
  $isElementNode,
  $isNodeSelection,
  $isParagraphNode,
  $isRangeSelection,
  type LexicalNode,
  type RangeSelection,
} from 'lexical';
import {
  newLocalId,
  type Block,
  type Inline,
  type ListBlock,
  type ListItem,
  type RandomBytes,
} from '#shared/article';
import { $fromBlock, $inline } from './from-block.ts';
import { $blockOf } from './node-state.ts';

/** The same blocks under ids of their own, so that nothing pasted is taken for what it was copied from. */
export function withNewIds(blocks: readonly Block[], random: RandomBytes): Block[] {
  const fresh = () => ({ id: newLocalId(random) });
  const list = (block: ListBlock): ListBlock => ({
    ...block,
    $: fresh(),
    children: block.children.map((item) => ({
      ...item,
      $: fresh(),
      children: item.children.map((child) => (child.type === 'list' ? list(child) : child)),
    })),
  });
  return blocks.map((block): Block => {
    if (block.type === 'list') return list(block);
    if (block.type === 'table')
      return {
        ...block,
        $: fresh(),
        children: block.children.map((row) => ({ ...row, $: fresh() })),
      };
    return { ...block, $: fresh() };
  });
}

/**
 * Puts blocks where the cursor is: one paragraph flows into the line, and so does the one item of a list into another;
 * more items come between those that stand, and more blocks stand on their own.
 */
export function $insertBlocks(blocks: readonly Block[]): void {
  const [only] = blocks;
  const lists = blocks.filter((block) => block.type === 'list');
  const at = blocks.length > 0 && lists.length === blocks.length ? $itemAt() : null;
  const items = at ? lists.flatMap((list) => list.children) : [];
  const line = items.length === 1 ? wordsOf(items[0]) : null;
  if (blocks.length === 1 && only?.type === 'paragraph') $insertInline(only.children);
  else if (line) $insertInline(line);
  else if (at) $insertItems(at, lists);
  else $insertBlockNodes(blocks.map($fromBlock));
}

/** The words of an item that has nothing else. */
function wordsOf(item: ListItem | undefined): Inline[] | null {
  const words = item?.children.filter((child) => child.type !== 'list');
  return words?.length === item?.children.length ? (words ?? null) : null;
}

/** The item of a list that the cursor is in. */
function $itemAt(): ListItemNode | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null;
  const node = selection.anchor.getNode();
  return [node, ...node.getParents()].find($isListItemNode) ?? null;
}

/** Puts items behind the one with the cursor, or before it where the cursor is at its beginning; an empty one gives way. */
function $insertItems(at: ListItemNode, lists: readonly ListBlock[]): void {
  const made = lists
    .map($fromBlock)
    .flatMap((node) => ($isListNode(node) ? node.getChildren() : []));
  const selection = $getSelection();
  const isFirst =
    $isRangeSelection(selection) &&
    selection.anchor.offset === 0 &&
    atStart(selection.anchor.getNode(), at);
  if (isFirst && !at.isEmpty()) for (const item of made) at.insertBefore(item);
  else for (const item of [...made].reverse()) at.insertAfter(item, false);
  if (at.isEmpty()) at.remove();
  const last = made.at(-1);
  if ($isElementNode(last)) last.selectEnd();
}

export function $insertInline(children: readonly Inline[]): void {
  $toText();
  const target = $getSelection();
  if ($isRangeSelection(target)) target.insertNodes(children.map($inline));
}

/** Puts the cursor where text can go: behind a card that is selected, or at the end where there is none. */
export function $toText(): void {
  const selection = $getSelection();
  const card = $isNodeSelection(selection) ? $blockOf(selection.getNodes()[0] ?? null) : null;
  if (card) $paragraphBehind(card);
  else if (!$isRangeSelection(selection)) $getRoot().selectEnd();
}

/** Puts the cursor into a new paragraph behind a block that has no text of its own. */
export function $paragraphBehind(card: LexicalNode): RangeSelection {
  const paragraph = $createParagraphNode();
  card.insertAfter(paragraph);
  return paragraph.selectEnd();
}

/**
 * Puts whole blocks at the cursor: in the middle of a text block that block is cut in two, an empty one gives way. The
 * cursor goes behind what came in.
 */
export function $insertBlockNodes(nodes: readonly LexicalNode[]): void {
  const selection = $getSelection();
  const range = $isRangeSelection(selection) ? selection : null;
  if (range && !range.isCollapsed()) range.removeText();
  const anchor = range ? range.anchor.getNode() : (selection?.getNodes()[0] ?? null);
  const block = $blockOf(anchor);
  const last = nodes.at(-1);
  if (!last) return;
  let after = block;
  const splits = range !== null && block !== null && $isElementNode(block) && $splits(block);
  if (
    splits &&
    range.anchor.offset === 0 &&
    atStart(range.anchor.getNode(), block) &&
    !block.isEmpty()
  )
    after = block.getPreviousSibling() ?? beforeAll();
  else if (
    splits &&
    !block.isEmpty() &&
    !atEnd(range.anchor.getNode(), range.anchor.offset, block)
  ) {
    range.insertParagraph();
    const behind = $blockOf($getSelection()?.getNodes()[0]);
    after = behind?.getPreviousSibling() ?? block;
  }
  const gap = $isParagraphNode(after) && after.isEmpty() ? after : null;
  let at: LexicalNode | null = after;
  for (const node of nodes) {
    if (at) at.insertAfter(node, false);
    else $getRoot().append(node);
    at = node;
  }
  gap?.remove();
  if ($isDecoratorNode(last)) {
    // A picture holds no cursor, and without one the next letter would go to the top of the text.
    const below = last.getNextSibling();
    const next = $isElementNode(below) ? below : $createParagraphNode();
    if (next !== below) last.insertAfter(next, false);
    next.selectStart();
  } else if ($isElementNode(last)) last.selectEnd();
}

/** An empty paragraph before everything, which gives way at once. */
function beforeAll(): LexicalNode {
  const paragraph = $createParagraphNode();
  $getRoot().getFirstChild()?.insertBefore(paragraph);
  return paragraph;
}

/** Lists and tables are not cut for what is inserted: it goes behind them. */
function $splits(block: LexicalNode): boolean {
  return !['list', 'table'].includes(block.getType()) && !$isListItemNode(block);
}

function atStart(node: LexicalNode, within: LexicalNode): boolean {
  for (let at: LexicalNode | null = node; at && !at.is(within); at = at.getParent())
    if (at.getPreviousSibling()) return false;
  return true;
}

function atEnd(node: LexicalNode, offset: number, within: LexicalNode): boolean {
  if (offset < ($isElementNode(node) ? node.getChildrenSize() : node.getTextContentSize()))
    return false;
  for (let at: LexicalNode | null = node; at && !at.is(within); at = at.getParent())
    if (at.getNextSibling()) return false;
  return true;
}
