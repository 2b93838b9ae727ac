import { ListItemNode } from '@lexical/list';
import { HeadingNode, QuoteNode } from '@lexical/rich-text';
import {
  $getNodeByKey,
  $getRoot,
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  HISTORY_PUSH_TAG,
  mergeRegister,
  ParagraphNode,
  SKIP_SCROLL_INTO_VIEW_TAG,
  SKIP_SELECTION_FOCUS_TAG,
  TextNode,
  type LexicalEditor,
  type LexicalNode,
} from 'lexical';
import { settleSuggestion, type Decision, type LocalId, type Suggestion } from '#shared/article';
import { $replaceBlocks } from './foreign-changes.ts';
import { $keepingCursor } from './keep-cursor.ts';
import { $readBlockState, $readTextState } from './node-state.ts';
import { NoteNode, PullQuoteNode } from './text-block-nodes.ts';
import { $toBody } from './to-block.ts';

const BLOCKS = [ParagraphNode, HeadingNode, QuoteNode, PullQuoteNode, NoteNode, ListItemNode];

/** ARIA's own roles for what was put in and what is to go. */
const ROLES: Record<string, string> = { inserted: 'insertion', deleted: 'deletion' };

/**
 * Draws open suggestions as attributes of the elements that Lexical makes, for editor.css to dress. Nothing is wrapped:
 * wrappers broke selection, input methods and merging.
 */
export function drawSuggestions(editor: LexicalEditor): () => void {
  const draw = (keys: Iterable<string>): void =>
    editor.getEditorState().read(() => {
      for (const key of keys) {
        const node = $getNodeByKey(key);
        const element = editor.getElementByKey(key);
        if (node && element) show(element, $marksOf(node));
      }
    });
  return mergeRegister(
    ...[TextNode, ...BLOCKS].map((kind) =>
      editor.registerMutationListener(kind, (mutations) =>
        draw([...mutations].flatMap(([key, change]) => (change === 'destroyed' ? [] : key))),
      ),
    ),
  );
}

type Marks = Readonly<Record<string, Suggestion | undefined>>;

/** The suggestions that stand on a node itself, by what they are. */
function $marksOf(node: LexicalNode): Marks {
  if ($isTextNode(node)) return $readTextState(node) ?? {};
  const { breakInserted, breakRemoved, typeChanged } = $readBlockState(node);
  return {
    ...(breakInserted && { breakInserted }),
    ...(breakRemoved && { breakRemoved }),
    ...(typeChanged && { typeChanged }),
  };
}

function show(element: HTMLElement, marks: Marks): void {
  const kinds = Object.keys(marks);
  const [kind] = kinds;
  if (kind === undefined) {
    if (element.dataset.suggested === undefined) return;
    delete element.dataset.suggested;
    delete element.dataset.suggestion;
    element.removeAttribute('role');
    return;
  }
  element.dataset.suggested = kinds.join(' ');
  element.dataset.suggestion = marks[kind]?.id ?? '';
  if (ROLES[kind]) element.setAttribute('role', ROLES[kind]);
}

/** The suggestion a click fell on. */
export function suggestionUnder(target: EventTarget | null): LocalId | null {
  const element = target instanceof Element ? target.closest('[data-suggestion]') : null;
  return element instanceof HTMLElement ? (element.dataset.suggestion ?? null) : null;
}

/** Accepts or rejects a suggestion as one step that can be undone. The focus stays where it is. */
export function settle(editor: LexicalEditor, suggestion: LocalId, decision: Decision): void {
  editor.update(
    () => {
      const before = $toBody();
      const after = settleSuggestion(before, suggestion, decision);
      const standing = new Set(before);
      $keepingCursor(() =>
        $replaceBlocks(
          after.filter((block) => !standing.has(block)),
          after.map((block) => block.$.id),
        ),
      );
    },
    {
      discrete: true,
      tag: [HISTORY_PUSH_TAG, SKIP_SCROLL_INTO_VIEW_TAG, SKIP_SELECTION_FOCUS_TAG],
    },
  );
}

interface Place {
  id: LocalId;
  node: LexicalNode;
}

/** Every node with a suggestion of its own, in the order of the text. */
function $places(): Place[] {
  const places: Place[] = [];
  const visit = (node: LexicalNode): void => {
    for (const mark of Object.values($marksOf(node))) if (mark) places.push({ id: mark.id, node });
    if ($isElementNode(node)) node.getChildren().forEach(visit);
  };
  $getRoot().getChildren().forEach(visit);
  return places;
}

/** The suggestion the cursor stands in or touches. */
export function $suggestionAtCursor(): LocalId | null {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return null;
  const { anchor, focus } = selection;
  const near: (LexicalNode | null)[] = [...selection.getNodes()];
  for (const { key, offset } of [anchor, focus]) {
    const node = $getNodeByKey(key);
    if ($isTextNode(node)) {
      if (offset === 0) near.push(node.getPreviousSibling());
      if (offset === node.getTextContentSize()) near.push(node.getNextSibling());
      near.push(node.getParent());
    } else near.push(node);
  }
  for (const node of near) {
    const [mark] = node ? Object.values($marksOf(node)) : [];
    if (mark) return mark.id;
  }
  return null;
}

/** Shows a suggestion and puts the cursor into it; false when it is not in the text. */
export function showSuggestion(editor: LexicalEditor, suggestion: LocalId): boolean {
  const found: { key?: string } = {};
  editor.update(
    () => {
      const place = $places().find(({ id }) => id === suggestion);
      if (!place) return;
      found.key = place.node.getKey();
      place.node.selectStart();
    },
    { discrete: true, tag: [SKIP_SELECTION_FOCUS_TAG] },
  );
  if (found.key === undefined) return false;
  editor.getElementByKey(found.key)?.scrollIntoView({ block: 'center' });
  return true;
}

/** Puts the cursor into the suggestion after the one it stands in, and from the last into the first. */
export function goToNextSuggestion(editor: LexicalEditor): void {
  const next = editor.getEditorState().read(() => {
    const ids = [...new Set($places().map(({ id }) => id))];
    const at = $suggestionAtCursor();
    return ids[(at === null ? -1 : ids.indexOf(at)) + 1] ?? ids[0];
  });
  if (next !== undefined) showSuggestion(editor, next);
}

/** Settles the suggestion at the cursor and goes on to the next; where the cursor is in none, it only goes there. */
export function settleAtCursor(editor: LexicalEditor, decision: Decision): void {
  const at = editor.getEditorState().read($suggestionAtCursor);
  if (at !== null) settle(editor, at, decision);
  goToNextSuggestion(editor);
}
