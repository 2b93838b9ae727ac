import {
  $createTableNodeWithDimensions,
  $deleteTableColumnAtSelection,
  $deleteTableRowAtSelection,
  $insertTableColumnAtSelection,
  $insertTableRowAtSelection,
  $isTableNode,
} from '@lexical/table';
import { $getSelection, type LexicalEditor } from 'lexical';
import { $insertBlockNodes } from '../body/insert-blocks.ts';
import { $blockOf } from '../body/node-state.ts';

/** What can be done with the table at the cursor. */
export const TABLE_ACTIONS = [
  { id: 'row-above', label: 'Row above' },
  { id: 'row-below', label: 'Row below' },
  { id: 'column-before', label: 'Column before' },
  { id: 'column-after', label: 'Column after' },
  { id: 'remove-row', label: 'Remove row' },
  { id: 'remove-column', label: 'Remove column' },
  { id: 'remove-table', label: 'Remove table' },
] as const;

export type TableAction = (typeof TABLE_ACTIONS)[number]['id'];

export function runTableAction(editor: LexicalEditor, action: TableAction): void {
  editor.update(() => {
    switch (action) {
      case 'row-above':
        $insertTableRowAtSelection(false);
        return;
      case 'row-below':
        $insertTableRowAtSelection(true);
        return;
      case 'column-before':
        $insertTableColumnAtSelection(false);
        return;
      case 'column-after':
        $insertTableColumnAtSelection(true);
        return;
      case 'remove-row':
        $deleteTableRowAtSelection();
        return;
      case 'remove-column':
        $deleteTableColumnAtSelection();
        return;
      case 'remove-table': {
        const block = $blockOf($getSelection()?.getNodes()[0]);
        if (!$isTableNode(block)) return;
        block.selectNext();
        block.remove();
      }
    }
  });
}

/** A table of three rows and columns with a header row, and the cursor in its first cell. */
export function insertTable(editor: LexicalEditor): void {
  editor.update(() => {
    const table = $createTableNodeWithDimensions(3, 3, { rows: true, columns: false });
    $insertBlockNodes([table]);
    table.getFirstDescendant()?.selectStart();
    if (!table.getFirstDescendant()) table.selectStart();
  });
}
