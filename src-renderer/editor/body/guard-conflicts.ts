import { $isListNode } from '@lexical/list';
import {
  $createNodeSelection,
  $getSelection,
  $isDecoratorNode,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $setSelection,
  COMMAND_PRIORITY_HIGH,
  CUT_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  mergeRegister,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical';
import { ConflictNode } from './card-nodes.tsx';
import { $blockOf } from './node-state.ts';

export function $selectCard(card: LexicalNode): void {
  const selection = $createNodeSelection();
  selection.add(card.getKey());
  $setSelection(selection);
}

/** The conflict that the cursor stands right behind, or right before: what Backspace or Delete would take away whole. */
function $conflictBeside(isBackward: boolean): ConflictNode | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null;
  const { anchor } = selection;
  const node = anchor.getNode();
  const top = $blockOf(node);
  if (!top || $isListNode(top)) return null;
  const edge = $isElementNode(top)
    ? ((isBackward ? top.getFirstDescendant() : top.getLastDescendant()) ?? top)
    : top;
  const end = $isElementNode(node) ? node.getChildrenSize() : node.getTextContentSize();
  const isAtEdge =
    (node.is(edge) || node.is(top)) && (isBackward ? anchor.offset === 0 : anchor.offset === end);
  const beside = isBackward ? top.getPreviousSibling() : top.getNextSibling();
  return isAtEdge && beside instanceof ConflictNode ? beside : null;
}

/** The card that is selected, if it alone is. */
export function $selectedCard(): LexicalNode | null {
  const selection = $getSelection();
  if (!$isNodeSelection(selection)) return null;
  const [only, more] = selection.getNodes();
  return $isDecoratorNode(only) && !only.isInline() && !more ? only : null;
}

/**
 * Keeps the versions that wait to be settled from keys that mean something else. Backspace behind them, and Delete before
 * them, select them and take nothing away.
 */
export function guardConflicts(editor: LexicalEditor): () => void {
  const keep = (isBackward: boolean): boolean => {
    const beside = $conflictBeside(isBackward);
    if (beside) $selectCard(beside);
    return beside !== null;
  };
  return mergeRegister(
    ...[DELETE_CHARACTER_COMMAND, DELETE_WORD_COMMAND, DELETE_LINE_COMMAND].map((command) =>
      editor.registerCommand(command, keep, COMMAND_PRIORITY_HIGH),
    ),
    editor.registerCommand(
      CUT_COMMAND,
      (event) => {
        const isKept = $selectedCard() instanceof ConflictNode;
        if (isKept) event?.preventDefault();
        return isKept;
      },
      COMMAND_PRIORITY_HIGH,
    ),
  );
}
