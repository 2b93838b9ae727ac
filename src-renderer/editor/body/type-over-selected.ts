import { $findCellNode, $isTableSelection } from '@lexical/table';
import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  BEFORE_INPUT_COMMAND,
  COMMAND_PRIORITY_HIGH,
  COMPOSITION_START_COMMAND,
  HISTORY_MERGE_TAG,
  KEY_DOWN_COMMAND,
  KEY_ENTER_COMMAND,
  mergeRegister,
  type BaseSelection,
  type LexicalEditor,
  type RangeSelection,
} from 'lexical';
import { $selectedCard } from './guard-conflicts.ts';
import { $paragraphBehind } from './insert-blocks.ts';

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
  const card = editor.getEditorState().read(() => $selectedCard()?.getKey());
  const [root, at] = [editor.getRootElement(), editor.getElementByKey(card ?? '')];
  if (!root || !at || document.activeElement !== root) return;
  getSelection()?.collapse(root, [...root.childNodes].indexOf(at) + 1);
}

/** The cell in which somebody began to select cells. */
function $firstSelected(selection: BaseSelection | null) {
  const node = $isTableSelection(selection) ? $getNodeByKey(selection.anchor.key) : null;
  return node && $findCellNode(node);
}

const $isWhole = (): boolean =>
  $selectedCard() !== null || $firstSelected($getSelection()) !== null;

/** A cursor for what is typed while a card is selected, or cells of a table. */
function $cursor(): RangeSelection | null {
  const card = $selectedCard();
  if (card) return $paragraphBehind(card);
  return $firstSelected($getSelection())?.selectEnd() ?? null;
}

/**
 * What is typed while a card is selected, by a click, by arrow keys, or because versions came to stand where somebody was
 * writing, begins a paragraph behind it, also where it comes from an input method; while cells of a table are selected, it
 * goes to the end of the first, and takes no words away. The browser would put each letter at the top of the article, before
 * the one before. Enter begins that paragraph, or leads into that cell. Where cells were emptied, the cursor is in the first.
 */
export function registerTypingOverSelected(editor: LexicalEditor): () => void {
  return mergeRegister(
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        const typed = isTyped(event);
        const isMeant = event.target === editor.getRootElement() && $isWhole();
        if (!isMeant || !(typed || isComposed(event))) return false;
        const cursor = $cursor();
        // What is composed comes by itself, to where the cursor is by then.
        if (!typed) return false;
        event.preventDefault();
        cursor?.insertText(event.key);
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      KEY_ENTER_COMMAND,
      (event) => {
        if (event?.target !== editor.getRootElement() || !$isWhole()) return false;
        event.preventDefault();
        $cursor();
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      BEFORE_INPUT_COMMAND,
      (event) => {
        const text = putIn(event);
        if (!$isWhole() || text === '') return false;
        event.preventDefault();
        $cursor()?.insertText(text);
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      COMPOSITION_START_COMMAND,
      () => {
        if ($isWhole()) $cursor();
        return false;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerUpdateListener(({ editorState, prevEditorState }) => {
      placeCursor(editor);
      // Lexical forgets the cursor where it empties cells.
      if (document.activeElement !== editor.getRootElement()) return;
      if (editorState.read($getSelection) !== null) return;
      const cell = prevEditorState.read(() => $firstSelected($getSelection())?.getKey());
      if (cell === undefined) return;
      editor.update(() => $findCellNode($getNodeByKey(cell) ?? $getRoot())?.selectStart(), {
        tag: HISTORY_MERGE_TAG,
      });
    }),
  );
}
