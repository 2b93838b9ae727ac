import {
  $getNodeByKey,
  createCommand,
  DecoratorNode,
  type LexicalCommand,
  type LexicalEditor,
  type LexicalNode,
  type NodeKey,
  type SerializedLexicalNode,
} from 'lexical';
import type { ReactNode } from 'react';
import type { ConflictBlock, ImageInfo, PlainBlock } from '#shared/article';
import { ConflictCard } from '../cards/conflict-card.tsx';
import { Divider } from '../cards/divider.tsx';
import { EmbedCard, type EmbedInfo } from '../cards/embed-card.tsx';
import { ImageCard } from '../cards/image-card.tsx';
import { $blockId } from './node-state.ts';

/** Puts the chosen versions where a conflict stood; none removes it. */
export const SETTLE_CONFLICT: LexicalCommand<{ key: NodeKey; blocks: PlainBlock[] }> =
  createCommand('SETTLE_CONFLICT');

/** Where a card stands in the page; React draws into it. */
function frame(className: string): HTMLElement {
  const element = document.createElement('div');
  element.className = className;
  return element;
}

/** A block of its own that React draws from what it is told. */
abstract class CardNode<Info extends object> extends DecoratorNode<ReactNode> {
  __info: Info;

  constructor(info: Info, key?: NodeKey) {
    super(key);
    this.__info = info;
  }
  override exportJSON(): SerializedLexicalNode & Info {
    return { ...super.exportJSON(), ...this.info() };
  }
  override createDOM(): HTMLElement {
    return frame('stet-card');
  }
  override updateDOM(): boolean {
    return false;
  }
  override isInline(): false {
    return false;
  }
  info(): Info {
    return this.getLatest().__info;
  }
  setInfo(info: Info): void {
    this.getWritable().__info = info;
  }
}

export class DividerNode extends DecoratorNode<ReactNode> {
  static override getType(): string {
    return 'horizontalrule';
  }
  static override clone(node: DividerNode): DividerNode {
    return new DividerNode(node.__key);
  }
  static override importJSON(json: SerializedLexicalNode): DividerNode {
    return $createDividerNode().updateFromJSON(json);
  }
  override createDOM(): HTMLElement {
    return frame('stet-divider');
  }
  override updateDOM(): boolean {
    return false;
  }
  override exportDOM() {
    return { element: document.createElement('hr') };
  }
  override isInline(): false {
    return false;
  }
  override getTextContent(): string {
    return '\n';
  }
  override decorate(): ReactNode {
    return <Divider nodeKey={this.__key} />;
  }
}

const NO_IMAGE: ImageInfo = {
  asset: '',
  mime: 'image/jpeg',
  width: 1,
  height: 1,
  caption: '',
  credit: '',
  alt: '',
};

type SerializedImage = SerializedLexicalNode & ImageInfo;

export class ImageNode extends CardNode<ImageInfo> {
  static override getType(): string {
    return 'image';
  }
  static override clone(node: ImageNode): ImageNode {
    return new ImageNode(node.__info, node.__key);
  }
  static override importJSON(json: SerializedImage): ImageNode {
    const { asset, mime, width, height, caption, credit, alt, focal } = json;
    return $createImageNode({
      asset,
      mime,
      width,
      height,
      caption,
      credit,
      alt,
      ...(focal && { focal }),
    }).updateFromJSON(json);
  }
  constructor(info?: ImageInfo, key?: NodeKey) {
    super(info ?? NO_IMAGE, key);
  }
  override exportDOM() {
    const image = document.createElement('img');
    image.alt = this.info().alt;
    image.src = `/assets/${this.info().asset}`;
    return { element: image };
  }
  override getTextContent(): string {
    return [this.info().caption, this.info().credit].filter(Boolean).join('\n');
  }
  override decorate(editor: LexicalEditor): ReactNode {
    const key = this.__key;
    const change = (info: ImageInfo) =>
      editor.update(() => {
        const node = $getNodeByKey(key);
        if ($isImageNode(node)) node.setInfo(info);
      });
    return <ImageCard nodeKey={key} info={this.__info} onChange={change} />;
  }
}

type SerializedEmbed = SerializedLexicalNode & EmbedInfo;

export class EmbedNode extends CardNode<EmbedInfo> {
  static override getType(): string {
    return 'embed';
  }
  static override clone(node: EmbedNode): EmbedNode {
    return new EmbedNode(node.__info, node.__key);
  }
  static override importJSON(json: SerializedEmbed): EmbedNode {
    const { url, provider, title } = json;
    return $createEmbedNode({ url, provider, title }).updateFromJSON(json);
  }
  constructor(info?: EmbedInfo, key?: NodeKey) {
    super(info ?? { url: 'https://example.org/', provider: '', title: '' }, key);
  }
  override exportDOM() {
    const link = document.createElement('a');
    link.href = this.info().url;
    link.textContent = this.info().title || this.info().url;
    return { element: link };
  }
  override getTextContent(): string {
    return this.info().title;
  }
  override decorate(editor: LexicalEditor): ReactNode {
    const key = this.__key;
    const change = (info: EmbedInfo) =>
      editor.update(() => {
        const node = $getNodeByKey(key);
        if ($isEmbedNode(node)) node.setInfo(info);
      });
    return <EmbedCard nodeKey={key} info={this.__info} onChange={change} />;
  }
}

export type ConflictInfo = Pick<ConflictBlock, 'base' | 'versions'>;
type SerializedConflict = SerializedLexicalNode & ConflictInfo;

/** Two versions of one block, standing in the text until a person settles them. */
export class ConflictNode extends CardNode<ConflictInfo> {
  static override getType(): string {
    return 'conflict';
  }
  static override clone(node: ConflictNode): ConflictNode {
    return new ConflictNode(node.__info, node.__key);
  }
  static override importJSON(json: SerializedConflict): ConflictNode {
    return $createConflictNode({ base: json.base, versions: json.versions }).updateFromJSON(json);
  }
  constructor(info?: ConflictInfo, key?: NodeKey) {
    super(info ?? { base: null, versions: [null, null] }, key);
  }
  override decorate(editor: LexicalEditor): ReactNode {
    const key = this.__key;
    return (
      <ConflictCard
        nodeKey={key}
        id={$blockId(this)}
        base={this.__info.base}
        versions={this.__info.versions}
        onSettle={(blocks) => {
          editor.dispatchCommand(SETTLE_CONFLICT, { key, blocks });
          // What was taken can be edited at once.
          editor.focus();
        }}
      />
    );
  }
}

export function $createDividerNode(): DividerNode {
  return new DividerNode();
}
export function $createImageNode(info: ImageInfo): ImageNode {
  return new ImageNode(info);
}
export function $createEmbedNode(info: EmbedInfo): EmbedNode {
  return new EmbedNode(info);
}
export function $createConflictNode(info: ConflictInfo): ConflictNode {
  return new ConflictNode(info);
}
export function $isDividerNode(node: LexicalNode | null | undefined): node is DividerNode {
  return node instanceof DividerNode;
}
export function $isImageNode(node: LexicalNode | null | undefined): node is ImageNode {
  return node instanceof ImageNode;
}
export function $isEmbedNode(node: LexicalNode | null | undefined): node is EmbedNode {
  return node instanceof EmbedNode;
}
export function $isConflictNode(node: LexicalNode | null | undefined): node is ConflictNode {
  return node instanceof ConflictNode;
}
