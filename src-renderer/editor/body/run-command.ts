import {
  $isListItemNode,
  $isListNode,
  INSERT_ORDERED_LIST_COMMAND,
  INSERT_UNORDERED_LIST_COMMAND,
  REMOVE_LIST_COMMAND,
} from '@lexical/list';
import {
  $createHeadingNode,
  $createQuoteNode,
  $isHeadingNode,
  $isQuoteNode,
} from '@lexical/rich-text';
import { $setBlocksType } from '@lexical/selection';
import { $isTableNode } from '@lexical/table';
import {
  $createParagraphNode,
  $getSelection,
  $isParagraphNode,
  $isRangeSelection,
  FORMAT_TEXT_COMMAND,
  REDO_COMMAND,
  UNDO_COMMAND,
  type ElementNode,
  type LexicalEditor,
  type TextFormatType,
} from 'lexical';
import type { EditorCommandId } from '../editor-commands.ts';
import { $createDividerNode } from './card-nodes.tsx';
import { $insertBlockNodes } from './insert-blocks.ts';
import { moveSelected } from './move-blocks.ts';
import { $blockOf } from './node-state.ts';
import { goToNextSuggestion, settleAtCursor } from './suggestions.ts';
import {
  $createNoteNode,
  $createPullQuoteNode,
  $isNoteNode,
  $isPullQuoteNode,
} from './text-block-nodes.ts';

/** What the block at the cursor is, as the toolbar shows it. */
export type BlockKind =
  | 'paragraph'
  | 'subhead'
  | 'subhead-small'
  | 'quote'
  | 'pull-quote'
  | 'note'
  | 'bullets'
  | 'numbers'
  | 'table'
  | 'other';

export function $blockKind(): BlockKind {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return 'other';
  const node = selection.anchor.getNode();
  const block = $blockOf(node);
  if ($isHeadingNode(block)) return block.getTag() === 'h3' ? 'subhead-small' : 'subhead';
  if ($isQuoteNode(block)) return 'quote';
  if ($isPullQuoteNode(block)) return 'pull-quote';
  if ($isNoteNode(block)) return 'note';
  if ($isTableNode(block)) return 'table';
  if ($isListNode(block)) {
    const list = node.getParents().find($isListNode) ?? block;
    return list.getListType() === 'number' ? 'numbers' : 'bullets';
  }
  return 'paragraph';
}

const MAKERS: Partial<Record<EditorCommandId, () => ElementNode>> = {
  'text.paragraph': $createParagraphNode,
  'text.subhead': () => $createHeadingNode('h2'),
  'text.subhead-small': () => $createHeadingNode('h3'),
  'text.quote': $createQuoteNode,
  'text.pull-quote': $createPullQuoteNode,
  'text.note': $createNoteNode,
};

const KINDS: Partial<Record<EditorCommandId, BlockKind>> = {
  'text.subhead': 'subhead',
  'text.subhead-small': 'subhead-small',
  'text.quote': 'quote',
  'text.pull-quote': 'pull-quote',
  'text.note': 'note',
};

const FORMATS: Partial<Record<EditorCommandId, TextFormatType>> = {
  'text.bold': 'bold',
  'text.italic': 'italic',
  'text.strikethrough': 'strikethrough',
  'text.superscript': 'superscript',
  'text.subscript': 'subscript',
};

/** Does what needs no question first. False for commands that open a dialog, which the column answers. */
export function runTextCommand(editor: LexicalEditor, id: EditorCommandId): boolean {
  const format = FORMATS[id];
  if (format) return editor.dispatchCommand(FORMAT_TEXT_COMMAND, format);
  const make = MAKERS[id];
  if (make) {
    editor.update(() => $setBlockKind($blockKind() === KINDS[id] ? $createParagraphNode : make));
    return true;
  }
  switch (id) {
    case 'suggestion.next':
      goToNextSuggestion(editor);
      return true;
    case 'suggestion.accept':
    case 'suggestion.reject':
      settleAtCursor(editor, id === 'suggestion.accept' ? 'accept' : 'reject');
      return true;
    case 'text.bullets':
    case 'text.numbers': {
      const kind = editor.getEditorState().read($blockKind);
      const wanted = id === 'text.numbers' ? 'numbers' : 'bullets';
      if (kind === wanted) editor.dispatchCommand(REMOVE_LIST_COMMAND, undefined);
      else
        editor.dispatchCommand(
          wanted === 'numbers' ? INSERT_ORDERED_LIST_COMMAND : INSERT_UNORDERED_LIST_COMMAND,
          undefined,
        );
      return true;
    }
    case 'text.move-up':
    case 'text.move-down':
      moveSelected(editor, id === 'text.move-up' ? 'up' : 'down');
      return true;
    case 'insert.divider':
      editor.update(() => $insertBlockNodes([$createDividerNode()]));
      return true;
    case 'edit.undo':
      return editor.dispatchCommand(UNDO_COMMAND, undefined);
    case 'edit.redo':
      return editor.dispatchCommand(REDO_COMMAND, undefined);
    default:
      return false;
  }
}

/** Turns the selected blocks into another kind; a list gives its items up first. */
export function $setBlockKind(make: () => ElementNode): void {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return;
  const inTable = $isTableNode($blockOf(selection.anchor.getNode()));
  if (inTable) return;
  $setBlocksType(selection, make);
}

const SHORTCUTS: Record<string, EditorCommandId> = {
  '#': 'text.subhead',
  '##': 'text.subhead',
  '###': 'text.subhead-small',
  '>': 'text.quote',
  '-': 'text.bullets',
  '*': 'text.bullets',
  '1.': 'text.numbers',
  '---': 'insert.divider',
};

/**
 * `## `, `> `, `- ` and the like at the start of a paragraph, as people who write Markdown expect: takes the signs away
 * and says which command they stand for; null where they are just signs.
 */
export function $takeShortcut(): EditorCommandId | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection) || !selection.isCollapsed()) return null;
  const text = selection.anchor.getNode();
  const block = $blockOf(text);
  if (!$isParagraphNode(block) || !text.is(block.getFirstChild())) return null;
  const command = SHORTCUTS[text.getTextContent().slice(0, selection.anchor.offset)];
  if (!command) return null;
  selection.anchor.set(text.getKey(), 0, 'text');
  selection.removeText();
  return command;
}

/** Whether the cursor stands in a list item, where Tab changes the depth. */
export function $inListItem(): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  const node = selection.anchor.getNode();
  return $isListItemNode(node) || node.getParents().some($isListItemNode);
}
