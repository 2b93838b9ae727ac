import { $findCellNode, $insertTableRowAtSelection, $isTableRowNode } from '@lexical/table';
import {
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  COMMAND_PRIORITY_CRITICAL,
  KEY_TAB_COMMAND,
  type LexicalEditor,
} from 'lexical';

/** Tab goes from cell to cell by itself; in a table’s last cell it begins a new row, as people know it from word processors. */
export function registerTableKeys(editor: LexicalEditor): () => void {
  return editor.registerCommand(
    KEY_TAB_COMMAND,
    (event) => {
      if (event.shiftKey || !editor.isEditable() || !$inLastCell()) return false;
      event.preventDefault();
      const cell = $insertTableRowAtSelection(true)?.getFirstChild();
      if ($isElementNode(cell)) cell.selectStart();
      return true;
    },
    COMMAND_PRIORITY_CRITICAL,
  );
}

function $inLastCell(): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return false;
  const cell = $findCellNode(selection.anchor.getNode());
  const row = cell?.getParent();
  return $isTableRowNode(row) && !cell?.getNextSibling() && !row.getNextSibling();
}
