import { $isTableRowNode, $isTableSelection } from '@lexical/table';
import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $isTextNode,
  $setSelection,
  type BaseSelection,
  type LexicalNode,
} from 'lexical';
import type { LocalId } from '#shared/article';
import { $selectCard } from './guard-conflicts.ts';
import { $blockId, $blockOf } from './node-state.ts';

/** A place between two letters of a text, as it was. */
interface Letter {
  text: string;
  offset: number;
}

interface Spot {
  block: LocalId;
  /** Where the block stood. */
  index: number;
  inBlock: Letter;
  /** The item, or the row and the cell, with the place in that; null where the block is a text itself. */
  part: { id: LocalId; cell: number | null; at: Letter } | null;
}

/**
 * Makes a change that replaces blocks, and leaves the cursor at the same letter of its block, item or cell, also where words
 * before it came or went. Where that is a card now, as when two versions came to stand there, the card is selected; where it
 * is gone, the cursor is at the end of the block before. What is typed next must not run into a paragraph that nobody looks
 * at. A card that was selected is followed in the same way: where a colleague settled the two versions, the cursor is behind
 * what they chose. So is a table of which cells were selected.
 */
export function $keepingCursor(change: () => void): void {
  const selection = $getSelection();
  const card = $selectedWhole(selection);
  const cardSpot = card && { block: $blockId(card), index: card.getIndexWithinParent() };
  const spots = $isRangeSelection(selection)
    ? ([selection.anchor, selection.focus] as const).map($spotOf)
    : [];
  const clone = selection?.clone() ?? null;
  change();
  if (card && !card.isAttached()) $goNear(cardSpot);
  const [anchor, focus] = spots;
  if (!$isRangeSelection(clone)) return;
  if (anchor) $put(clone.anchor, anchor);
  if (focus) $put(clone.focus, focus);
  const standing = [clone.anchor, clone.focus].every(({ key }) => $getNodeByKey(key)?.isAttached());
  if (standing) $setSelection(clone);
  else $goNear(focus ?? null);
}

/** What is selected as one: a card, or the table of cells that are. Lexical would look for a table that is gone at every click. */
function $selectedWhole(selection: BaseSelection | null): LexicalNode | null {
  if ($isTableSelection(selection)) return $getNodeByKey(selection.tableKey);
  return $isNodeSelection(selection) ? $blockOf(selection.getNodes()[0] ?? null) : null;
}

function $goNear(spot: Pick<Spot, 'block' | 'index'> | null): void {
  const root = $getRoot();
  const block =
    spot && ($blockWith(spot.block) ?? root.getChildAtIndex(Math.max(0, spot.index - 1)));
  if (!block) root.selectEnd();
  else if ($isElementNode(block)) block.selectEnd();
  else $selectCard(block);
}

function $blockWith(id: LocalId): LexicalNode | undefined {
  return $getRoot()
    .getChildren()
    .find((node) => $blockId(node) === id);
}

function $texts(within: LexicalNode) {
  return $isElementNode(within) ? within.getAllTextNodes() : [];
}

function $letters(within: LexicalNode): string {
  return $texts(within)
    .map((text) => text.getTextContent())
    .join('');
}

function $spotOf({ key, offset }: { key: string; offset: number }): Spot | null {
  const node = $getNodeByKey(key);
  const block = $blockOf(node);
  if (!node || !block) return null;
  const before = $isElementNode(node) ? node.getChildren().slice(0, offset) : [];
  const inNode = $isTextNode(node) ? offset : before.map($letters).join('').length;
  const at = (within: LexicalNode): Letter => {
    const texts = $texts(within);
    const first = $isTextNode(node) ? node : $texts(node)[0];
    const upTo = first ? texts.findIndex((text) => text.is(first)) : 0;
    const sizes = texts.slice(0, Math.max(0, upTo)).map((text) => text.getTextContentSize());
    return {
      text: $letters(within),
      offset: sizes.reduce((sum, size) => sum + size, 0) + inNode,
    };
  };
  const [part, cell] = $partOf(node, block);
  return {
    block: $blockId(block),
    index: block.getIndexWithinParent(),
    inBlock: at(block),
    part: part && {
      id: $blockId(part),
      cell: cell?.getIndexWithinParent() ?? null,
      at: at(cell ?? part),
    },
  };
}

/** The item of a list, or the row of a table with its cell, that a node stands in. */
function $partOf(node: LexicalNode, block: LexicalNode): [LexicalNode | null, LexicalNode | null] {
  let below: LexicalNode | null = null;
  for (let up: LexicalNode | null = node; up && !up.is(block); up = up.getParent()) {
    if ($blockId(up) !== '') return [up, $isTableRowNode(up) ? below : null];
    below = up;
  }
  return [null, null];
}

/** The part of a block that goes by this id. */
function $partWith(id: LocalId, within: LexicalNode): LexicalNode | null {
  for (const child of $isElementNode(within) ? within.getChildren() : []) {
    const found = $blockId(child) === id ? child : $partWith(id, child);
    if (found) return found;
  }
  return null;
}

function $put(
  point: { set: (key: string, offset: number, type: 'text' | 'element') => void },
  { block: id, inBlock, part }: Spot,
): void {
  const block = $blockWith(id);
  if (!block) return;
  const found = part && $partWith(part.id, block);
  const cell =
    part?.cell != null && $isElementNode(found) ? found.getChildAtIndex(part.cell) : null;
  const place = cell ?? found ?? block;
  const at = part && found && (cell !== null || part.cell === null) ? part.at : inBlock;
  const texts = $texts(place);
  let left = followed(at, $letters(place));
  for (const text of texts) {
    const size = text.getTextContentSize();
    if (left <= size || text === texts.at(-1)) {
      point.set(text.getKey(), Math.min(left, size), 'text');
      return;
    }
    left -= size;
  }
  const empty = $isElementNode(place) ? ($emptyText(place) ?? place) : null;
  if (empty) point.set(empty.getKey(), 0, 'element');
}

/** The paragraph of an empty cell, or the first item of an empty list. */
function $emptyText(place: LexicalNode): LexicalNode | null {
  const first = $isElementNode(place) ? place.getFirstChild() : null;
  if (!$isElementNode(first) || first.isInline()) return null;
  return $emptyText(first) ?? first;
}

/** Where a place between two letters is, once other words came or went before or behind it. */
function followed({ text, offset }: Letter, now: string): number {
  const shorter = Math.min(text.length, now.length);
  let start = 0;
  while (start < shorter && text[start] === now[start]) start += 1;
  if (offset <= start) return offset;
  let end = 0;
  while (end < shorter - start && text.at(-1 - end) === now.at(-1 - end)) end += 1;
  if (text.length - offset <= end) return now.length - (text.length - offset);
  return Math.min(offset, now.length - end);
}
