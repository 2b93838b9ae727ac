import {
  BEFORE_INPUT_COMMAND,
  COMMAND_PRIORITY_HIGH,
  COMPOSITION_START_COMMAND,
  KEY_DOWN_COMMAND,
  KEY_ENTER_COMMAND,
  mergeRegister,
  type LexicalEditor,
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

/**
 * What is typed while a card is selected, by a click, by arrow keys, or because versions came to stand where somebody was
 * writing, begins a paragraph behind it, also where it comes from an input method. The browser would put each letter at
 * the top of the article, before the one before. Enter begins that paragraph, too.
 */
export function registerTypingBehindCards(editor: LexicalEditor): () => void {
  return mergeRegister(
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        const card = event.target === editor.getRootElement() ? $selectedCard() : null;
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
      KEY_ENTER_COMMAND,
      (event) => {
        const card = event?.target === editor.getRootElement() ? $selectedCard() : null;
        if (!card) return false;
        event?.preventDefault();
        $paragraphBehind(card);
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      BEFORE_INPUT_COMMAND,
      (event) => {
        const [card, text] = [$selectedCard(), putIn(event)];
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
        const card = $selectedCard();
        if (card) $paragraphBehind(card);
        return false;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerUpdateListener(() => placeCursor(editor)),
  );
}
