import {
  $getRoot,
  $getSelection,
  $isRangeSelection,
  $setSelection,
  COMMAND_PRIORITY_HIGH,
  DROP_COMMAND,
  KEY_DOWN_COMMAND,
  mergeRegister,
  PASTE_COMMAND,
  PASTE_TAG,
  type BaseSelection,
  type LexicalEditor,
} from 'lexical';
import { TOGGLE_LINK_COMMAND } from '@lexical/link';
import { safeLink, type Block } from '#shared/article';
import type { Bridge, ImportProposal } from '#shared/contract';
import { readClipboardBlocks } from './clipboard-blocks.ts';
import { $insertBlocks, $insertInline, $toText, withNewIds } from './insert-blocks.ts';
import { randomBytes } from './random.ts';

export interface PasteTarget {
  bridge: Pick<Bridge, 'call'>;
  /** True when the article holds nothing yet, so that a whole page may fill it. */
  isEmpty: () => boolean;
  onPage: ((proposal: ImportProposal) => void) | undefined;
  onImages: (files: File[]) => void;
  /** Something was left out of what came in. */
  onLeftOut: (proposal: ImportProposal) => void;
  onProblem: (sentence: string) => void;
}

/** The proposal with everything that was recognised as a field left in the text. */
async function withoutFields(
  bridge: PasteTarget['bridge'],
  proposal: ImportProposal,
): Promise<ImportProposal> {
  const { id, guesses, kept } = proposal;
  const declined = guesses.filter(({ kind }) => kind === 'recognised').map((guess) => guess.id);
  return declined.length === 0 ? proposal : bridge.call('import.adjust', { id, declined, kept });
}

/** Paste and drop: images become assets, our own format is checked, everything else is read by the core's parser. */
export function registerPaste(editor: LexicalEditor, target: () => PasteTarget): () => void {
  let plainUntil = 0;

  const insert = (blocks: Block[], at: BaseSelection | null): void => {
    editor.update(
      () => {
        if (!$isRangeSelection($getSelection()) && at) $setSelection(at.clone());
        if (!$getSelection()) $getRoot().selectEnd();
        $insertBlocks(withNewIds(blocks, randomBytes));
      },
      { tag: PASTE_TAG },
    );
  };

  const insertPlain = (text: string): void => {
    editor.update(
      () => {
        $toText();
        text.split(/\n+/).forEach((line, index) => {
          const selection = $getSelection();
          if (!$isRangeSelection(selection)) return;
          if (index > 0) selection.insertParagraph();
          const here = $getSelection();
          if ($isRangeSelection(here) && line !== '') here.insertText(line);
        });
      },
      { tag: PASTE_TAG },
    );
  };

  const takeIn = async (source: { text?: string; html?: string }, plain: string): Promise<void> => {
    const { bridge, isEmpty, onPage, onLeftOut, onProblem } = target();
    const at = editor.getEditorState().read(() => $getSelection()?.clone() ?? null);
    try {
      const proposal = await bridge.call('import.read', source);
      if (proposal.page && onPage && isEmpty()) {
        onPage(proposal);
        return;
      }
      // What would become a headline or a byline of a new article is text in one that has its own.
      const { body } = await withoutFields(bridge, proposal);
      if (body.length === 0 && plain !== '') insertPlain(plain);
      else insert(body, at);
      if (proposal.leftOut.length > 0) onLeftOut(proposal);
      void bridge.call('import.discard', { id: proposal.id }).catch(() => undefined);
    } catch (error) {
      insertPlain(plain);
      const why = error instanceof Error ? error.message : '';
      onProblem(`The text was pasted without its formatting. ${why}`.trim());
    }
  };

  const read = (data: DataTransfer, plainOnly: boolean): boolean => {
    const images = [...data.files].filter((file) => file.type.startsWith('image/'));
    const text = data.getData('text/plain').replace(/\r\n?/g, '\n');
    if (images.length > 0 && !data.types.includes('text/html')) {
      target().onImages(images);
      return true;
    }
    if (plainOnly) {
      insertPlain(text);
      return text !== '';
    }
    const own = data.getData('application/x-lexical-editor');
    if (own !== '') {
      const { blocks, inline } = readClipboardBlocks(own, randomBytes);
      if (blocks.length > 0) {
        const [first] = blocks;
        if (inline && first?.type === 'paragraph')
          editor.update(() => $insertInline(first.children), { tag: PASTE_TAG });
        else insert(blocks, null);
        return true;
      }
    }
    const link = /^\S+$/.test(text) && /^https?:/i.test(text) ? safeLink(text) : null;
    const onWords = editor.getEditorState().read(() => {
      const selection = $getSelection();
      return $isRangeSelection(selection) && !selection.isCollapsed();
    });
    if (link && onWords) return editor.dispatchCommand(TOGGLE_LINK_COMMAND, link);
    const html = data.getData('text/html');
    if (html === '' && !text.includes('\n')) {
      insertPlain(text);
      return true;
    }
    if (html === '' && text === '') {
      if (images.length > 0) target().onImages(images);
      return images.length > 0;
    }
    void takeIn(html !== '' ? { html } : { text }, text);
    return true;
  };

  return mergeRegister(
    editor.registerCommand(
      KEY_DOWN_COMMAND,
      (event) => {
        // Chromium gives text alone for this key, but would not say that it was meant to stay as it is.
        if (event.shiftKey && (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'v')
          plainUntil = performance.now() + 1000;
        return false;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      PASTE_COMMAND,
      (event) => {
        const data = 'clipboardData' in event ? event.clipboardData : null;
        if (!data) return false;
        event.preventDefault();
        read(data, performance.now() < plainUntil);
        plainUntil = 0;
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
    editor.registerCommand(
      DROP_COMMAND,
      (event) => {
        const images = [...(event.dataTransfer?.files ?? [])].filter((file) =>
          file.type.startsWith('image/'),
        );
        if (images.length === 0) return false;
        event.preventDefault();
        target().onImages(images);
        return true;
      },
      COMMAND_PRIORITY_HIGH,
    ),
  );
}
