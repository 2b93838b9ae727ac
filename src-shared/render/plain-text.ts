import type { Block, Inline, ListBlock, PlainBlock } from '#shared/article';
import { printable } from './markup.ts';
import { printedBlocks } from './original.ts';

type Words = (node: Inline) => string;

function inlineText(node: Inline): string {
  if (node.type === 'text') return printable(node.text);
  if (node.type === 'linebreak') return '\n';
  return node.children.map(inlineText).join('');
}

function listText(list: ListBlock, words: Words, indent = ''): string {
  let number = (list.start ?? 1) - 1;
  const lines = list.children.map((item) => {
    const line = item.children
      .filter((child) => child.type !== 'list')
      .map(words)
      .join('');
    const nested = item.children
      .filter((child) => child.type === 'list')
      .map((child) => listText(child, words, `${indent}  `));
    if (line === '' && nested.length > 0) return nested.join('\n');
    number += 1;
    const mark = list.listType === 'number' ? `${number}.` : '•';
    return [`${indent}${mark} ${line.replaceAll('\n', `\n${indent}  `)}`, ...nested].join('\n');
  });
  return lines.join('\n');
}

/** One block as plain text, its words as `words` gives them. */
export function plainBlockText(block: PlainBlock, words: Words): string {
  switch (block.type) {
    case 'horizontalrule':
      return '* * *';
    case 'image':
      return [block.caption, block.credit].map(printable).filter(Boolean).join(' ');
    case 'embed':
      return [printable(block.title), block.url].filter(Boolean).join('\n');
    case 'list':
      return listText(block, words);
    case 'table':
      return block.children
        .map((row) =>
          row.children
            .map((cell) =>
              cell.children.map((paragraph) => paragraph.children.map(words).join('')).join(' '),
            )
            .join('\t'),
        )
        .join('\n');
    case 'paragraph':
    case 'heading':
    case 'quote':
    case 'pullquote':
    case 'note':
      return block.children.map(words).join('');
  }
}

/**
 * A body as plain text, blocks separated by an empty line: list items by • or number, table cells by tabs, a divider as
 * `* * *`, a picture by its caption and credit. Prints and throws as {@link renderBodyHtml} does.
 */
export function renderPlainText(body: readonly Block[]): string {
  return printedBlocks(body)
    .map((block) => plainBlockText(block, inlineText))
    .filter((text) => text.trim() !== '')
    .join('\n\n');
}
