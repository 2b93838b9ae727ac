import {
  $getSelection,
  $isElementNode,
  $isRangeSelection,
  $isTextNode,
  COMMAND_PRIORITY_NORMAL,
  INSERT_LINE_BREAK_COMMAND,
  INSERT_PARAGRAPH_COMMAND,
  mergeRegister,
  type LexicalEditor,
  type LexicalNode,
  type PointType,
} from 'lexical';

/**
 * Enter in front of a space does what it does behind it: nobody wants a line that begins with one, and where Backspace
 * joins the two again, the space stands between them.
 */
export function registerBreaks(editor: LexicalEditor): () => void {
  const pass = (): boolean => {
    $passSpaces();
    return false;
  };
  return mergeRegister(
    editor.registerCommand(INSERT_PARAGRAPH_COMMAND, pass, COMMAND_PRIORITY_NORMAL),
    editor.registerCommand(INSERT_LINE_BREAK_COMMAND, pass, COMMAND_PRIORITY_NORMAL),
  );
}

function $passSpaces(): void {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return;
  const isCursor = selection.isCollapsed();
  if (isCursor && $isAtStart(selection.anchor)) return;
  const [end, start] = selection.isBackward()
    ? [selection.anchor, selection.focus]
    : [selection.focus, selection.anchor];
  $moveBehindSpaces(end);
  if (isCursor) start.set(end.key, end.offset, end.type);
}

function $moveBehindSpaces(point: PointType): void {
  let node: LexicalNode | null = point.getNode();
  let { offset } = point;
  if ($isElementNode(node)) {
    node = node.getChildAtIndex(offset);
    offset = 0;
  }
  while (node) {
    if ($isElementNode(node)) node = node.getFirstDescendant();
    if (!$isTextNode(node)) return;
    const spaces = /^ */.exec(node.getTextContent().slice(offset))?.[0].length ?? 0;
    offset += spaces;
    if (spaces > 0) point.set(node.getKey(), offset, 'text');
    if (offset < node.getTextContentSize()) return;
    node = $besideInLine(node, 'getNextSibling');
    offset = 0;
  }
}

function $isAtStart(point: PointType): boolean {
  return point.offset === 0 && $besideInLine(point.getNode(), 'getPreviousSibling') === null;
}

/** What stands beside a node in its line, be it outside the link that it is in. */
function $besideInLine(
  node: LexicalNode,
  sibling: 'getNextSibling' | 'getPreviousSibling',
): LexicalNode | null {
  for (let at: LexicalNode | null = node; at?.isInline(); at = at.getParent()) {
    const beside = at[sibling]();
    if (beside) return beside;
  }
  return null;
}
