import {
  isTextBlock,
  type Block,
  type Inline,
  type ListItem,
  type PlainBlock,
  type TableBlock,
} from '#shared/article';
import { merge } from './both-ways.ts';

/** A news page to edit, what two people do to it, and what they then see, as text. `**bold**` and `[a link](address)`. */

const MARKED = /\*\*(.+?)\*\*|\[(.+?)\]\((.+?)\)/g;

export function inline(text: string): Inline[] {
  const found: Inline[] = [];
  let at = 0;
  const plain = (words: string): void => {
    if (words !== '') found.push({ type: 'text', text: words });
  };
  for (const match of text.matchAll(MARKED)) {
    plain(text.slice(at, match.index));
    const [whole, bold, linked, url] = match;
    if (bold) found.push({ type: 'text', text: bold, format: 1 });
    else if (linked && url)
      found.push({ type: 'link', url, children: [{ type: 'text', text: linked }] });
    at = match.index + whole.length;
  }
  plain(text.slice(at));
  return found;
}

function written(children: readonly Inline[]): string {
  return children
    .map((node) => {
      if (node.type === 'link') return `[${written(node.children)}](${node.url})`;
      if (node.type !== 'text') return '\n';
      return node.format === 1 ? `**${node.text}**` : node.text;
    })
    .join('');
}

export function text(
  id: string,
  words: string,
  type: 'paragraph' | 'quote' | 'pullquote' = 'paragraph',
): PlainBlock {
  return { type, $: { id }, children: inline(words) };
}

export function subhead(id: string, words: string): PlainBlock {
  return { type: 'heading', tag: 'h2', $: { id }, children: inline(words) };
}

/** Each line with its id before it: `one1 The bridge is shut.` */
export function list(id: string, ...lines: string[]): PlainBlock {
  const children = lines.map((line): ListItem => {
    const [name = '', ...words] = line.split(' ');
    return { type: 'listitem', $: { id: name }, children: inline(words.join(' ')) };
  });
  return { type: 'list', listType: 'bullet', $: { id }, children };
}

/** Each row with its id before its cells: `['one1', 'Town', '210']`. */
export function table(...rows: (readonly [row: string, ...cells: string[]])[]): TableBlock {
  return {
    type: 'table',
    $: { id: 'table' },
    children: rows.map(([id, ...cells]) => ({
      type: 'tablerow',
      $: { id },
      children: cells.map((words) => ({
        type: 'tablecell',
        children: [{ type: 'paragraph', children: inline(words) }],
      })),
    })),
  };
}

export function picture(id: string, caption: string): PlainBlock {
  const about = { mime: 'image/png', width: 640, height: 480 } as const;
  return {
    type: 'image',
    $: { id },
    asset: 'a'.repeat(64),
    ...about,
    caption,
    credit: '',
    alt: '',
  };
}

function readIn(block: PlainBlock | null): string {
  if (block === null) return '';
  if (block.type === 'image') return block.caption;
  if (block.type === 'list')
    return block.children
      .map((item) => written(item.children.filter((child) => child.type !== 'list')))
      .join('\n');
  return isTextBlock(block) ? written(block.children) : '';
}

/** What stands after two have met: the words of each block, and where both versions stand, each of them. */
export function meet(base: Block[], a: Block[], b: Block[]): (string | string[])[] {
  return merge(base, a, b).map((block) =>
    block.type === 'conflict' ? block.versions.map(readIn).sort() : readIn(block),
  );
}

/** The body with these blocks in the place of those with their ids. */
export function edited(body: readonly Block[], ...blocks: Block[]): Block[] {
  const byId = new Map(blocks.map((block) => [block.$.id, block]));
  return body.map((block) => byId.get(block.$.id) ?? block);
}
