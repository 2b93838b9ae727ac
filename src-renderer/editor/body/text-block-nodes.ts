import {
  $createParagraphNode,
  ElementNode,
  type DOMExportOutput,
  type EditorConfig,
  type LexicalNode,
  type RangeSelection,
  type SerializedElementNode,
} from 'lexical';

/** Enter at the end starts a paragraph; in the middle it splits and both halves keep their kind. */
function $insertAfter(
  node: ElementNode,
  twin: () => ElementNode,
  selection: RangeSelection | null,
  restore?: boolean,
): ElementNode {
  const last = node.getLastDescendant();
  const atEnd =
    !selection ||
    last === null ||
    (selection.anchor.key === last.getKey() &&
      selection.anchor.offset === last.getTextContentSize());
  const next = atEnd ? $createParagraphNode() : twin();
  next.setDirection(node.getDirection());
  node.insertAfter(next, restore);
  return next;
}

function $collapse(node: ElementNode): true {
  const paragraph = $createParagraphNode();
  paragraph.append(...node.getChildren());
  node.replace(paragraph);
  return true;
}

/** Words of the article set large beside it. */
export class PullQuoteNode extends ElementNode {
  static override getType(): string {
    return 'pullquote';
  }
  static override clone(node: PullQuoteNode): PullQuoteNode {
    return new PullQuoteNode(node.__key);
  }
  static override importJSON(json: SerializedElementNode): PullQuoteNode {
    const node = $createPullQuoteNode();
    node.updateFromJSON(json);
    return node;
  }
  override createDOM(config: EditorConfig): HTMLElement {
    const element = document.createElement('blockquote');
    element.className = String(config.theme.pullquote ?? '');
    return element;
  }
  override updateDOM(): boolean {
    return false;
  }
  override exportDOM(): DOMExportOutput {
    return { element: document.createElement('blockquote') };
  }
  override insertNewAfter(selection: RangeSelection, restore?: boolean): ElementNode {
    return $insertAfter(this, $createPullQuoteNode, selection, restore);
  }
  override collapseAtStart(): true {
    return $collapse(this);
  }
}

/** An editor's aside: stays in the newsroom, never prints. */
export class NoteNode extends ElementNode {
  static override getType(): string {
    return 'note';
  }
  static override clone(node: NoteNode): NoteNode {
    return new NoteNode(node.__key);
  }
  static override importJSON(json: SerializedElementNode): NoteNode {
    const node = $createNoteNode();
    node.updateFromJSON(json);
    return node;
  }
  override createDOM(config: EditorConfig): HTMLElement {
    const element = document.createElement('aside');
    element.className = String(config.theme.note ?? '');
    return element;
  }
  override updateDOM(): boolean {
    return false;
  }
  override exportDOM(): DOMExportOutput {
    return { element: document.createElement('p') };
  }
  override insertNewAfter(selection: RangeSelection, restore?: boolean): ElementNode {
    return $insertAfter(this, $createNoteNode, selection, restore);
  }
  override collapseAtStart(): true {
    return $collapse(this);
  }
}

export function $createPullQuoteNode(): PullQuoteNode {
  return new PullQuoteNode();
}

export function $isPullQuoteNode(node: LexicalNode | null | undefined): node is PullQuoteNode {
  return node instanceof PullQuoteNode;
}

export function $createNoteNode(): NoteNode {
  return new NoteNode();
}

export function $isNoteNode(node: LexicalNode | null | undefined): node is NoteNode {
  return node instanceof NoteNode;
}
