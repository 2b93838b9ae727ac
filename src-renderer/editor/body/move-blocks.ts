import { $isListItemNode, $isListNode, type ListItemNode, type ListNode } from '@lexical/list';
import {
  $addUpdateTag,
  $getSelection,
  $isRangeSelection,
  HISTORY_PUSH_TAG,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical';
import { $blockOf } from './node-state.ts';

export type Way = 'up' | 'down';

/**
 * Moves the selected blocks past the one before or behind them; in a list, its items, each with what is nested under it.
 * They keep their ids, so that a move merges with what a colleague wrote in them.
 */
export function moveSelected(editor: LexicalEditor, way: Way): void {
  let moved: LexicalNode[] = [];
  editor.update(
    () => {
      moved = $selected();
      if (!$movePast(moved, way)) moved = [];
      else $addUpdateTag(HISTORY_PUSH_TAG);
    },
    {
      onUpdate: () => {
        const ahead = way === 'up' ? moved[0] : moved.at(-1);
        if (ahead) editor.getElementByKey(ahead.getKey())?.scrollIntoView({ block: 'nearest' });
      },
    },
  );
}

/** It is the neighbour that changes its place, so that the selection stays where it is. */
function $movePast(moving: readonly LexicalNode[], way: Way): boolean {
  const [first, last] = [moving[0], moving.at(-1)];
  if (!first || !last) return false;
  if (way === 'up') {
    const above = $unitBefore(first);
    for (const node of above.reverse()) last.insertAfter(node, false);
    return above.length > 0;
  }
  const below = $unitBehind(last);
  for (const node of below) first.insertBefore(node, false);
  return below.length > 0;
}

/** What a key moves: blocks in a row, or items in a row of one list. A list moves whole when all of it is selected. */
function $selected(): LexicalNode[] {
  const nodes = $nodesWithWords();
  const blocks = [...new Set(nodes.map($blockOf))].filter((block) => block !== null);
  const [only, ...more] = blocks;
  return $isListNode(only) && more.length === 0 ? $selectedItems(only, nodes) : blocks;
}

/** A selection that ends before the first letter of a block, as a triple click makes one, does not mean that block. */
function $nodesWithWords(): LexicalNode[] {
  const selection = $getSelection();
  if (!selection) return [];
  const nodes = selection.getNodes();
  if (!$isRangeSelection(selection) || selection.isCollapsed()) return nodes;
  const end = selection.isBackward() ? selection.anchor : selection.focus;
  const leaf = end.getNode();
  if (end.offset > 0) return nodes;
  const without = nodes.filter((node) => !node.is(leaf) && !node.isParentOf(leaf));
  return without.some((node) => $blockOf(node)) ? without : nodes;
}

function $selectedItems(list: ListNode, nodes: readonly LexicalNode[]): LexicalNode[] {
  const all = list.getChildren();
  const touched = all.filter((item) =>
    nodes.some((node) => item.is(node) || item.isParentOf(node)),
  );
  const [only, ...more] = touched;
  const inner = more.length === 0 && only && $isNested(only) ? only.getFirstChild() : null;
  if ($isListNode(inner)) return $selectedItems(inner, nodes);
  const [first, last] = [touched[0], touched.at(-1)];
  if (!first || !last) return [];
  const items = all.slice(
    all.indexOf($headOf(first)),
    all.indexOf($unitOf(last).at(-1) ?? last) + 1,
  );
  return items.length === all.length && $blockOf(list)?.is(list) ? [list] : items;
}

/** Whether an item holds nothing but the list that is nested under the item before it. */
function $isNested(node: LexicalNode): node is ListItemNode {
  return $isListItemNode(node) && !node.isEmpty() && node.getChildren().every($isListNode);
}

/** The item that a nested list belongs to. */
function $headOf(node: LexicalNode): LexicalNode {
  const before = $isNested(node) ? node.getPreviousSibling() : null;
  return before ? $headOf(before) : node;
}

/** An item, or a block, with what is nested under it. */
function $unitOf(head: LexicalNode): LexicalNode[] {
  const next = head.getNextSibling();
  return next && $isNested(next) ? [head, ...$unitOf(next)] : [head];
}

function $unitBefore(node: LexicalNode): LexicalNode[] {
  const before = node.getPreviousSibling();
  return before ? $unitOf($headOf(before)) : [];
}

function $unitBehind(node: LexicalNode): LexicalNode[] {
  const next = node.getNextSibling();
  return next ? $unitOf(next) : [];
}
