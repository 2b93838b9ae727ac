import {
  isTextBlock,
  type Block,
  type Inline,
  type ListItem,
  type PlainBlock,
  type TextBlock,
  type TextNode,
} from '#shared/article';

/** A body that cannot be printed because two versions of a block still stand in it. */
export class UnsettledError extends Error {
  constructor() {
    super(
      'More than one version still stands in the text. Choose between them before it is printed.',
    );
    this.name = 'UnsettledError';
  }
}

export type PrintBlock = Exclude<PlainBlock, { type: 'note' }>;
type PrintText = Exclude<TextBlock, { type: 'note' }>;

/** The text without its open suggestions: what was inserted is out, what was to go still stands. */
function originalText(node: TextNode): TextNode | null {
  if (node.$?.inserted) return null;
  const format = node.$?.formatChanged ? node.$.formatChanged.was : (node.format ?? 0);
  return { type: 'text', text: node.text, format };
}

/** Inline nodes as they were before any open suggestion, neighbours of one format joined. */
export function originalInlines(children: readonly Inline[]): Inline[] {
  const kept: Inline[] = [];
  for (const child of children) {
    if (child.type === 'link') {
      const inner = originalInlines(child.children).filter((node) => node.type !== 'link');
      if (inner.length > 0) kept.push({ ...child, children: inner });
      continue;
    }
    if (child.type === 'linebreak') {
      if (!child.$?.inserted) kept.push({ type: 'linebreak' });
      continue;
    }
    const text = originalText(child);
    const last = kept.at(-1);
    if (!text) continue;
    if (last?.type === 'text' && last.format === text.format) last.text += text.text;
    else kept.push(text);
  }
  return kept;
}

function originalItem(item: ListItem): ListItem {
  const children: ListItem['children'] = [];
  for (const child of item.children) {
    if (child.type === 'list')
      children.push({ ...child, children: child.children.map(originalItem) });
    else children.push(...originalInlines([child]));
  }
  return { ...item, children };
}

/** A text block in the type it had before a suggestion changed it. */
function originalType(block: PrintText, children: Inline[]): PrintText {
  const was = block.$.typeChanged?.was;
  const base = {
    $: { id: block.$.id },
    ...(block.direction && { direction: block.direction }),
    children,
  };
  if (was === 'heading:h2' || was === 'heading:h3')
    return { type: 'heading', tag: was === 'heading:h2' ? 'h2' : 'h3', ...base };
  if (was === 'paragraph' || was === 'quote' || was === 'pullquote') return { type: was, ...base };
  return { ...block, children };
}

/**
 * The blocks that print, as they stand without any open suggestion. Notes are left out. A published revision has no
 * suggestions, so this only matters to a preview. Throws {@link UnsettledError} on a block with two versions.
 */
export function printedBlocks(body: readonly Block[]): PrintBlock[] {
  const printed: PrintBlock[] = [];
  for (const block of body) {
    if (block.type === 'conflict') throw new UnsettledError();
    if (block.type === 'note') continue;
    if (block.type === 'list') {
      printed.push({ ...block, children: block.children.map(originalItem) });
    } else if (block.type === 'table') {
      const rows = block.children.map((row) => ({
        ...row,
        children: row.children.map((cell) => ({
          ...cell,
          children: cell.children.map((paragraph) => ({
            ...paragraph,
            children: originalInlines(paragraph.children),
          })),
        })),
      }));
      printed.push({ ...block, children: rows });
    } else if (isTextBlock(block)) {
      const children = originalInlines(block.children);
      const before = printed.at(-1);
      // A suggested break begins the block that carries the mark: without it the text runs on.
      if (block.$.breakInserted && before && isTextBlock(before))
        printed[printed.length - 1] = {
          ...before,
          children: originalInlines([...before.children, ...children]),
        };
      else printed.push(originalType(block, children));
    } else printed.push(block);
  }
  return printed;
}
