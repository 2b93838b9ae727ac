import { registerHistory } from '@lexical/history';
import { $isListItemNode } from '@lexical/list';
import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import {
  $getNearestNodeFromDOMNode,
  $getNodeByKey,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  COMMAND_PRIORITY_EDITOR,
  COMMAND_PRIORITY_HIGH,
  COMMAND_PRIORITY_LOW,
  INDENT_CONTENT_COMMAND,
  KEY_DOWN_COMMAND,
  KEY_SPACE_COMMAND,
  KEY_TAB_COMMAND,
  mergeRegister,
  OUTDENT_CONTENT_COMMAND,
} from 'lexical';
import { useEffect, useEffectEvent, useRef, type ReactNode, type RefObject } from 'react';
import { blockText, type Block, type Decision, type LocalId } from '#shared/article';
import { EDITOR_COMMANDS, type EditorCommandId } from '../editor-commands.ts';
import { commandOfKey } from '../keys.ts';
import type { Anchor, Highlight } from '../types.ts';
import type { BodyPort } from '../working-copy/working-copy.ts';
import { useBodyHistory } from './body-history.ts';
import { registerBlockIds } from './block-ids.ts';
import { syncBody, type BodySync } from './body-sync.ts';
import { registerBreaks } from './breaks.ts';
import { SETTLE_CONFLICT } from './card-nodes.tsx';
import { registerClickAway } from './click-away.ts';
import { anchorOf, createCommentHighlights, findAnchor } from './comment-highlights.ts';
import { registerForeignChanges } from './foreign-changes.ts';
import { $fromBlock } from './from-block.ts';
import { guardConflicts } from './guard-conflicts.ts';
import { withNewIds } from './insert-blocks.ts';
import { registerLinkPolicy } from './link-policy.ts';
import { $blockId, $blockOf } from './node-state.ts';
import { registerPaste, type PasteTarget } from './paste.ts';
import { randomBytes } from './random.ts';
import { drawSuggestions, settle, showSuggestion, suggestionUnder } from './suggestions.ts';
import { registerTableKeys } from './table-keys.ts';
import { $inListItem, $takeShortcut } from './run-command.ts';
import { registerShape } from './shape.ts';
import { registerTypingOverSelected } from './type-over-selected.ts';

/** What the column may ask of the body from outside. */
export interface BodyHandle {
  focus: () => void;
  showBlock: (id: string) => boolean;
  showAnchor: (anchor: Anchor) => boolean;
  selectionAnchor: () => Anchor | null;
  settleSuggestion: (id: LocalId, decision: Decision) => void;
  showSuggestion: (id: LocalId) => boolean;
  /** Puts blocks at the end. Undo in the body leaves them there, as it does with a colleague's. */
  append: (blocks: readonly Block[]) => void;
  /** Takes blocks out again that read as they did. */
  takeOut: (blocks: readonly Block[]) => void;
  sync: BodySync;
}

export interface BodyWiring {
  port: BodyPort;
  readOnly: boolean;
  highlights: readonly Highlight[];
  onThread: (thread: string) => void;
  onSuggestion: (suggestion: LocalId) => void;
  onOrphans: (threads: readonly string[]) => void;
  onSelectionAnchor: (anchor: Anchor | null) => void;
  onCommand: (command: EditorCommandId) => void;
  paste: PasteTarget;
  handleRef: RefObject<BodyHandle | null>;
}

/** How long nothing has been typed before the whole document is compared with what was saved. */
const CHECK_MS = 20_000;
/** Keys closer together than this are undone together. */
const HISTORY_MS = 600;
const MAX_LIST_DEPTH = 5;

/** Everything the body does beside drawing: ids, saving, links, paste, comments, keys. Draws nothing and never renders for a key. */
export function BodyBehaviour(props: BodyWiring): ReactNode {
  const { port, readOnly, highlights, handleRef } = props;
  const history = useBodyHistory();
  const [editor] = useLexicalComposerContext();
  const drawing = useRef<ReturnType<typeof createCommentHighlights> | null>(null);
  const runCommand = useEffectEvent((command: EditorCommandId) => props.onCommand(command));
  const pasteTarget = useEffectEvent(() => props.paste);
  const tellAnchor = useEffectEvent((anchor: Anchor | null) => props.onSelectionAnchor(anchor));
  const tellThread = useEffectEvent((thread: string) => props.onThread(thread));
  const tellSuggestion = useEffectEvent((id: LocalId) => props.onSuggestion(id));
  const tellOrphans = useEffectEvent((threads: readonly string[]) => props.onOrphans(threads));

  useEffect(() => editor.setEditable(!readOnly), [editor, readOnly]);

  useEffect(() => {
    // What was opened is where undo ends; without it the first change would have nothing to go back to.
    history.state.current ??= { editor, editorState: editor.getEditorState() };
    return mergeRegister(
      registerHistory(editor, history.state, HISTORY_MS, Date.now, history.look),
      registerShape(editor),
      registerBreaks(editor),
      guardConflicts(editor),
      registerTypingOverSelected(editor),
      registerClickAway(editor),
      drawSuggestions(editor),
      registerLinkPolicy(editor),
      registerBlockIds(editor, randomBytes),
      registerPaste(editor, () => pasteTarget()),
      registerTableKeys(editor),
      editor.registerCommand(
        SETTLE_CONFLICT,
        ({ key, blocks }) => {
          const node = $getNodeByKey(key);
          const [first, ...rest] = blocks;
          if (!node) return false;
          // The chosen version keeps the id of the block; a second one becomes a block of its own.
          const kept = first ? [{ ...first, $: { ...first.$, id: $blockId(node) } }] : [];
          const made = [...kept, ...withNewIds(rest, randomBytes)].map($fromBlock);
          for (const one of [...made].reverse()) node.insertAfter(one);
          const [at] = made;
          if ($isElementNode(at)) at.selectEnd();
          // A picture holds no cursor: what is typed next stands behind it.
          else (at ?? node).selectNext(0, 0);
          node.remove();
          return true;
        },
        COMMAND_PRIORITY_EDITOR,
      ),
      editor.registerCommand(
        KEY_DOWN_COMMAND,
        (event) => {
          const command = commandOfKey(event, EDITOR_COMMANDS);
          if (
            !command ||
            command === 'edit.undo' ||
            command === 'edit.redo' ||
            command === 'edit.paste-plain'
          )
            return false;
          event.preventDefault();
          runCommand(command);
          return true;
        },
        COMMAND_PRIORITY_HIGH,
      ),
      editor.registerCommand(
        KEY_SPACE_COMMAND,
        (event) => {
          if (event.isComposing) return false;
          const command = $takeShortcut();
          if (!command) return false;
          event.preventDefault();
          runCommand(command);
          return true;
        },
        COMMAND_PRIORITY_LOW,
      ),
      editor.registerCommand(
        KEY_TAB_COMMAND,
        (event) => {
          if (!$inListItem()) return false;
          event.preventDefault();
          return editor.dispatchCommand(
            event.shiftKey ? OUTDENT_CONTENT_COMMAND : INDENT_CONTENT_COMMAND,
            undefined,
          );
        },
        COMMAND_PRIORITY_LOW,
      ),
      editor.registerCommand(INDENT_CONTENT_COMMAND, () => !$mayIndent(), COMMAND_PRIORITY_HIGH),
    );
  }, [editor, history]);

  useEffect(() => {
    const sync = syncBody(editor, port.read(), port.edit);
    const foreign = registerForeignChanges(editor, history.state);
    const element = (id: string): HTMLElement | null => {
      const key = sync.keyOf(id);
      return key === undefined ? null : editor.getElementByKey(key);
    };
    const blocks = (): Element[] => [...(editor.getRootElement()?.children ?? [])];
    const threads = createCommentHighlights(element, blocks, (lost) => tellOrphans(lost));
    drawing.current = threads;

    const readAnchor = (): Anchor | null => {
      const selection = window.getSelection();
      const root = editor.getRootElement();
      if (
        !selection ||
        selection.isCollapsed ||
        selection.rangeCount === 0 ||
        !root?.contains(selection.anchorNode)
      )
        return null;
      const range = selection.getRangeAt(0);
      if (!root.contains(range.startContainer)) return null;
      return editor.read(() => {
        const block = $blockOf($getNearestNodeFromDOMNode(range.startContainer));
        const at = block && editor.getElementByKey(block.getKey());
        return block && at ? anchorOf(range, at, $blockId(block)) : null;
      });
    };
    let last: string | null = null;
    let anchorFrame = 0;
    const watchSelection = (): void => {
      if (anchorFrame !== 0) return;
      anchorFrame = requestAnimationFrame(() => {
        anchorFrame = 0;
        const anchor = readAnchor();
        const text = anchor ? JSON.stringify(anchor) : null;
        if (text === last) return;
        last = text;
        tellAnchor(anchor);
      });
    };

    let check: ReturnType<typeof setTimeout> | undefined;
    const checkLater = (): void => {
      clearTimeout(check);
      check = setTimeout(() => requestIdleCallback(() => sync.repair()), CHECK_MS);
    };
    const click = (event: MouseEvent): void => {
      const thread = threads.threadAt(event.clientX, event.clientY);
      if (thread !== null) tellThread(thread);
      const suggestion = suggestionUnder(event.target);
      if (suggestion !== null) tellSuggestion(suggestion);
    };

    handleRef.current = {
      focus: () => editor.focus(),
      showBlock: (id) => {
        const at = element(id);
        at?.scrollIntoView({ block: 'center' });
        editor.update(() => {
          const key = sync.keyOf(id);
          const node = key === undefined ? null : $getNodeByKey(key);
          node?.selectStart();
        });
        return at !== null;
      },
      showAnchor: (anchor) => {
        const at = element(anchor.block);
        const range = findAnchor(at, anchor, blocks);
        (range?.startContainer.parentElement ?? at)?.scrollIntoView({ block: 'center' });
        return range !== null;
      },
      selectionAnchor: readAnchor,
      settleSuggestion: (id, decision) => settle(editor, id, decision),
      showSuggestion: (id) => showSuggestion(editor, id),
      append: (blocks) =>
        foreign.apply({
          changed: [...blocks],
          order: [...port.read(), ...blocks].map((block) => block.$.id),
        }),
      takeOut: (blocks) => {
        const said = new Map(blocks.map((block) => [block.$.id, blockText(block)]));
        const kept = port.read().filter((block) => said.get(block.$.id) !== blockText(block));
        foreign.apply({ changed: [], order: kept.map((block) => block.$.id) });
      },
      sync,
    };

    document.addEventListener('selectionchange', watchSelection);
    const stop = mergeRegister(
      port.onForeign((change) => {
        sync.adopt(change.changed, change.order);
        foreign.apply(change);
        threads.refresh();
      }),
      editor.registerUpdateListener(({ dirtyElements, dirtyLeaves }) => {
        if (dirtyElements.size === 0 && dirtyLeaves.size === 0) return;
        threads.refresh();
        checkLater();
      }),
      editor.registerRootListener((root, previous) => {
        previous?.removeEventListener('click', click);
        root?.addEventListener('click', click);
      }),
    );
    return () => {
      sync.repair();
      handleRef.current = null;
      document.removeEventListener('selectionchange', watchSelection);
      cancelAnimationFrame(anchorFrame);
      clearTimeout(check);
      stop();
      sync.stop();
      foreign.stop();
      threads.stop();
    };
  }, [editor, port, history, handleRef]);

  useEffect(() => drawing.current?.show(highlights), [highlights]);
  return null;
}

/** Only list items have a depth, and not any depth. */
function $mayIndent(): boolean {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return false;
  const depth = selection.anchor.getNode().getParents().filter($isListItemNode).length;
  return $inListItem() && depth <= MAX_LIST_DEPTH;
}
