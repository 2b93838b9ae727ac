import {
  $createRangeSelectionFromDom,
  $getNearestNodeFromDOMNode,
  $getSelection,
  $isDecoratorNode,
  $isNodeSelection,
  $setSelection,
  CLICK_COMMAND,
  COMMAND_PRIORITY_HIGH,
  type LexicalEditor,
} from 'lexical';

/**
 * A quick click into the text, while a card is selected, comes before the browser tells of the cursor that it set. Lexical
 * then takes the selection off the card and that cursor with it, and what is typed next begins the article.
 */
export function registerClickAway(editor: LexicalEditor): () => void {
  return editor.registerCommand(
    CLICK_COMMAND,
    ({ target }) => {
      const at = target instanceof Node ? $getNearestNodeFromDOMNode(target) : null;
      if (!$isNodeSelection($getSelection()) || $isDecoratorNode(at)) return false;
      const cursor = $createRangeSelectionFromDom(getSelection(), editor);
      if (cursor) $setSelection(cursor);
      return false;
    },
    COMMAND_PRIORITY_HIGH,
  );
}
