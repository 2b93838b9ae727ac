import type { ImageInfo, Inline, ListBlock, LocalId, PlainBlock } from '#shared/article';

/** What the mark-up of a page says that a piece is. */
export type Hint = 'headline' | 'standfirst' | 'byline' | 'section' | 'date' | 'related' | 'markup';

/** Why something does not come along, and what it is called in the report. */
export interface Omission {
  label: string;
  reason: string;
}

/** A picture whose bytes stand in the source itself; it becomes an image block once they have been looked at. */
export interface InlinePicture {
  dataUrl: string;
  about: Pick<ImageInfo, 'caption' | 'credit' | 'alt'>;
}

/**
 * One run of the source, in its place: something for the body, or something left out. Everything a source holds is in
 * exactly one piece, so that nothing can get lost between fields, body and report.
 */
export interface Piece {
  /** `p1`, `p2` …: the same for the same source each time it is read. */
  id: string;
  /** What it becomes in the body; for what is left out, what it becomes when it is put back. */
  block: PlainBlock | null;
  text: string;
  hints: ReadonlySet<Hint>;
  leftOut?: Omission;
  /** A change the body's model asked for, which may be declined for plain paragraphs. */
  changed?: { label: string };
  picture?: InlinePicture;
  /** Every word of the piece is this link. */
  link?: string;
  /** It stands outside the page's own article element. */
  outside?: boolean;
}

export type NewId = () => LocalId;
export type TextType = 'paragraph' | 'quote' | 'pullquote';

const RTL = /[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/u;

/** The direction of a text by its first strong character. */
export function directionOf(text: string): 'ltr' | 'rtl' {
  const letter = /\p{L}/u.exec(text)?.[0];
  return letter !== undefined && RTL.test(letter) ? 'rtl' : 'ltr';
}

export function inlineText(children: readonly (Inline | ListBlock)[]): string {
  return children
    .map((child) => {
      if (child.type === 'text') return child.text;
      if (child.type === 'linebreak') return '\n';
      if (child.type === 'list')
        return `\n${child.children.map((item) => inlineText(item.children)).join('\n')}`;
      return inlineText(child.children);
    })
    .join('');
}

function directed(children: readonly (Inline | ListBlock)[]): { direction?: 'rtl' } {
  return directionOf(inlineText(children)) === 'rtl' ? { direction: 'rtl' } : {};
}

export function textBlock(type: TextType, children: Inline[], id: LocalId): PlainBlock {
  return { type, $: { id }, ...directed(children), children };
}

export function headingBlock(tag: 'h2' | 'h3', children: Inline[], id: LocalId): PlainBlock {
  return { type: 'heading', tag, $: { id }, ...directed(children), children };
}

export function listItem(
  children: (Inline | ListBlock)[],
  id: LocalId,
): ListBlock['children'][number] {
  return { type: 'listitem', $: { id }, ...directed(children), children };
}

/** Text as inline nodes, line ends as line breaks. */
export function plainInlines(text: string): Inline[] {
  return text
    .split('\n')
    .flatMap((line, index): Inline[] => [
      ...(index > 0 ? [{ type: 'linebreak' as const }] : []),
      ...(line === '' ? [] : [{ type: 'text' as const, text: line }]),
    ]);
}

export function paragraphOf(text: string, id: LocalId): PlainBlock {
  return textBlock('paragraph', plainInlines(text), id);
}

function itemParagraphs(list: ListBlock, newId: NewId): PlainBlock[] {
  return list.children.flatMap((item) => {
    const words = item.children.filter((child) => child.type !== 'list');
    const nested = item.children.filter((child) => child.type === 'list');
    return [
      ...(words.length > 0 ? [textBlock('paragraph', words, newId())] : []),
      ...nested.flatMap((child) => itemParagraphs(child, newId)),
    ];
  });
}

/** A piece as the plainest blocks that keep all its words: what declining a guess about it gives. */
export function plainBlocks(piece: Piece, newId: NewId): PlainBlock[] {
  const { block } = piece;
  if (!block) return piece.text === '' ? [] : [paragraphOf(piece.text, newId())];
  if (block.type === 'list') return itemParagraphs(block, newId);
  if (block.type === 'heading' || block.type === 'quote' || block.type === 'pullquote')
    return [textBlock('paragraph', block.children, block.$.id)];
  return [block];
}
