import { z } from 'zod';
import { Text } from './clean-text.ts';
import { Hash, Id, Instant, LocalId } from './ids.ts';
import { LinkUrl } from './url-policy.ts';

/**
 * The body of an article: Lexical nodes in their JSON form, without the properties that hold a default value.
 * Block ids and tracked changes stand in Lexical's NodeState, under `$`. Parsing strips what is not listed here.
 */

/** One tracked change: who suggested it and when (for display). All nodes of one suggestion share its id. */
export const Suggestion = z.object({ id: LocalId, by: Id, at: Instant });
export type Suggestion = z.infer<typeof Suggestion>;

const TextState = z.object({
  inserted: Suggestion.optional(),
  deleted: Suggestion.optional(),
  /** `was` is the text format before the suggestion. */
  formatChanged: Suggestion.extend({ was: z.number().int() }).optional(),
});

const BlockState = z.object({
  id: LocalId,
  breakInserted: Suggestion.optional(),
  breakRemoved: Suggestion.optional(),
  /** `was` is the block's type before the suggestion, a heading with its tag: `paragraph`, `heading:h2`. */
  typeChanged: Suggestion.extend({ was: z.string().max(40) }).optional(),
  bornOfSplit: z.boolean().optional(),
});

/** Lexical's bit mask: 1 bold, 2 italic, 4 strikethrough, 8 underline, 32 subscript, 64 superscript. */
export const TextFormat = {
  bold: 1,
  italic: 2,
  strikethrough: 4,
  underline: 8,
  subscript: 32,
  superscript: 64,
} as const;

export const TextNode = z.object({
  type: z.literal('text'),
  text: Text,
  format: z.number().int().min(0).max(127).optional(),
  $: TextState.optional(),
});
export type TextNode = z.infer<typeof TextNode>;

export const LineBreakNode = z.object({ type: z.literal('linebreak'), $: TextState.optional() });

export const LinkNode = z.object({
  type: z.literal('link'),
  url: LinkUrl,
  children: z.array(z.discriminatedUnion('type', [TextNode, LineBreakNode])),
});
export type LinkNode = z.infer<typeof LinkNode>;

export const Inline = z.discriminatedUnion('type', [TextNode, LineBreakNode, LinkNode]);
export type Inline = z.infer<typeof Inline>;

const Direction = z.enum(['ltr', 'rtl']);
const textBlock = { $: BlockState, direction: Direction.optional(), children: z.array(Inline) };

export const ParagraphBlock = z.object({ type: z.literal('paragraph'), ...textBlock });
export const HeadingBlock = z.object({
  type: z.literal('heading'),
  tag: z.enum(['h2', 'h3']),
  ...textBlock,
});
export const QuoteBlock = z.object({ type: z.literal('quote'), ...textBlock });
export const PullQuoteBlock = z.object({ type: z.literal('pullquote'), ...textBlock });
/** An editor's aside: stays in the newsroom, never prints. */
export const NoteBlock = z.object({ type: z.literal('note'), ...textBlock });
export const DividerBlock = z.object({ type: z.literal('horizontalrule'), $: BlockState });

export const ListItem = z.object({
  type: z.literal('listitem'),
  $: BlockState,
  direction: Direction.optional(),
  get children(): z.ZodArray<z.ZodUnion<[typeof Inline, typeof ListBlock]>> {
    return z.array(z.union([Inline, ListBlock]));
  },
});
export type ListItem = z.infer<typeof ListItem>;

export const ListBlock = z.object({
  type: z.literal('list'),
  listType: z.enum(['bullet', 'number']),
  start: z.number().int().min(1).max(99_999).optional(),
  $: BlockState,
  get children() {
    return z.array(ListItem);
  },
});
export type ListBlock = z.infer<typeof ListBlock>;

const CellParagraph = z.object({
  type: z.literal('paragraph'),
  direction: Direction.optional(),
  children: z.array(Inline),
});
export const TableCell = z.object({
  type: z.literal('tablecell'),
  /** Lexical's header bits: 1 row header, 2 column header. */
  headerState: z.number().int().min(0).max(3).optional(),
  colSpan: z.number().int().min(1).max(100).optional(),
  rowSpan: z.number().int().min(1).max(1000).optional(),
  children: z.array(CellParagraph),
});
export const TableRow = z.object({
  type: z.literal('tablerow'),
  $: BlockState,
  children: z.array(TableCell),
});
export const TableBlock = z.object({
  type: z.literal('table'),
  $: BlockState,
  children: z.array(TableRow),
});
export type TableBlock = z.infer<typeof TableBlock>;

/** Where the eye should rest when a picture is cropped: fractions of width and height from the top left. */
export const FocalPoint = z.object({ x: z.number().min(0).max(1), y: z.number().min(0).max(1) });

/** Image formats that may enter: no SVG, which can carry script. */
export const ImageType = z.enum([
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/gif',
  'image/avif',
]);
export type ImageType = z.infer<typeof ImageType>;

/** A picture and what is said of it. `asset` is the SHA-256 of its bytes; width and height are in pixels. */
export const ImageInfo = z.object({
  asset: Hash,
  mime: ImageType,
  width: z.number().int().min(1),
  height: z.number().int().min(1),
  caption: Text.max(2000).default(''),
  credit: Text.max(300).default(''),
  alt: Text.max(1000).default(''),
  focal: FocalPoint.optional(),
});
export type ImageInfo = z.infer<typeof ImageInfo>;

export const ImageBlock = ImageInfo.extend({ type: z.literal('image'), $: BlockState });
export const EmbedBlock = z.object({
  type: z.literal('embed'),
  $: BlockState,
  url: LinkUrl,
  provider: Text.max(100).default(''),
  title: Text.max(500).default(''),
});

/** Every block a person can write. */
export const PlainBlock = z.discriminatedUnion('type', [
  ParagraphBlock,
  HeadingBlock,
  QuoteBlock,
  PullQuoteBlock,
  NoteBlock,
  DividerBlock,
  ListBlock,
  TableBlock,
  ImageBlock,
  EmbedBlock,
]);
export type PlainBlock = z.infer<typeof PlainBlock>;

/** A block that holds words and nothing else. */
export type TextBlock = Extract<
  PlainBlock,
  { type: 'paragraph' | 'heading' | 'quote' | 'pullquote' | 'note' }
>;

const TEXT_BLOCKS: readonly string[] = ['paragraph', 'heading', 'quote', 'pullquote', 'note'];

/** Whether a value is a {@link TextBlock}, by its type alone. */
export function isTextBlock(block: unknown): block is TextBlock {
  return (
    typeof block === 'object' &&
    block !== null &&
    'type' in block &&
    TEXT_BLOCKS.includes(String(block.type))
  );
}

/**
 * Versions of one block that a merge could not choose between; it keeps the block's id and its place. `versions` are
 * all different and in the order of their canonical bytes, so that both sides of a merge write the same; null means
 * that a side removed the block.
 */
export const ConflictBlock = z.object({
  type: z.literal('conflict'),
  $: BlockState,
  base: PlainBlock.nullable(),
  versions: z.array(PlainBlock.nullable()).min(2),
});
export type ConflictBlock = z.infer<typeof ConflictBlock>;

export const Block = z.discriminatedUnion('type', [...PlainBlock.options, ConflictBlock]);
export type Block = z.infer<typeof Block>;
export type BlockType = Block['type'];

export const Body = z.array(Block);
export type Body = z.infer<typeof Body>;

/** What each block is called in the interface. */
export const BLOCK_LABELS: Record<BlockType, string> = {
  paragraph: 'Paragraph',
  heading: 'Subhead',
  quote: 'Quote',
  pullquote: 'Pull quote',
  note: 'Note',
  horizontalrule: 'Divider',
  list: 'List',
  table: 'Table',
  image: 'Image',
  embed: 'Embed',
  conflict: 'Versions',
};
