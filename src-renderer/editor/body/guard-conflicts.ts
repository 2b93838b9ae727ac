import { $isListNode } from '@lexical/list';
import {
  $createNodeSelection,
  $getSelection,
  $isElementNode,
  $isNodeSelection,
  $isRangeSelection,
  $setSelection,
  BEFORE_INPUT_COMMAND,
  COMMAND_PRIORITY_HIGH,
  COMPOSITION_START_COMMAND,
  CUT_COMMAND,
  DELETE_CHARACTER_COMMAND,
  DELETE_LINE_COMMAND,
  DELETE_WORD_COMMAND,
  KEY_DOWN_COMMAND,
  mergeRegister,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical';
import { ConflictNode } from './card-nodes.tsx';
import { $paragraphBehind } from './insert-blocks.ts';
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

function $selectedConflict(): ConflictNode | null {
  const selection = $getSelection();
  if (!$isNodeSelection(selection)) return null;
  const [only, more] = selection.getNodes();
  return only instanceof ConflictNode && !more ? only : null;
}

/** Alt writes letters on a Mac (⌥s is ß), and AltGr elsewhere, which counts as Ctrl and Alt together. */
function isTyped(event: KeyboardEvent): boolean {
  const { key, ctrlKey, metaKey, altKey, isComposing } = event;
  if (isComposing || metaKey || !/^.$/u.test(key)) return false;
  return event.getModifierState('AltGraph') || (!ctrlKey && (!altKey || key > '~'));
}

/** A key that begins a letter of several, such as an accent, or hands over to an input method. */
function isComposed({ key, isComposing }: KeyboardEvent): boolean {
  return !isComposing && (key === 'Dead' || key === 'Process');
}

/** What an emoji picker or dictation puts in, with no key pressed. */
function putIn({ inputType, data, dataTransfer }: InputEvent): string {
  if (!['insertText', 'insertReplacementText'].includes(inputType)) return '';
  return data ?? dataTransfer?.getData('text/plain') ?? '';
}

/** Text that comes without a key goes where the browser’s own cursor is, and a selected card has none. */
function placeCursor(editor: LexicalEditor): void {
  const card = editor.getEditorState().read(() => $selectedConflict()?.getKey());
  const [root, at] = [editor.getRootElement(), editor.getElementByKey(card ?? '')];
  if (!root || !at || document.activeElement !== root) return;
  getSelection()?.collapse(root, [...root.childNodes].indexOf(at) + 1);
}

/**
 * Keeps the versions that wait to be settled from keys that mean something else. Backspace behind them, and Delete before
 * them, select them and take nothing away; what is typed while they are selected, as when they came to stand where
 * somebody was writing, or comes from an input method, begins a paragraph behind them.
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
      KEY_DOWN_COMMAND,
      (event) => {
        const card = event.target === editor.getRootElement() ? $selectedConflict() : null;
        const typed = isTyped(event);
        if (!card || !(typed || isComposed(event))) return false;
        const cursor = $paragraphBehind(card);
        // What is composed comes by itself, to where the cursor is by then.
        if (!typed) return false;
        event.preventDefault();
        cursor.insertText(event.key);
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      BEFORE_INPUT_COMMAND,
      (event) => {
        const [card, text] = [$selectedConflict(), putIn(event)];
        if (!card || text === '') return false;
        event.preventDefault();
        $paragraphBehind(card).insertText(text);
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      COMPOSITION_START_COMMAND,
      () => {
        const card = $selectedConflict();
        if (card) $paragraphBehind(card);
        return false;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      CUT_COMMAND,
      (event) => {
        const card = $selectedConflict();
        if (card) event?.preventDefault();
        return card !== null;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerUpdateListener(() => placeCursor(editor)),
  );
}
