import type { Block, Inline, ListBlock } from '#shared/article';
import { printable } from './markup.ts';
import { printedBlocks, type PrintBlock } from './original.ts';

function inlineText(node: Inline): string {
  if (node.type === 'text') return printable(node.text);
  if (node.type === 'linebreak') return '\n';
  return node.children.map(inlineText).join('');
}

function listText(list: ListBlock, indent: string): string {
  let number = (list.start ?? 1) - 1;
  const lines = list.children.map((item) => {
    const words = item.children
      .filter((child) => child.type !== 'list')
      .map(inlineText)
      .join('');
    const nested = item.children
      .filter((child) => child.type === 'list')
      .map((child) => listText(child, `${indent}  `));
    if (words === '' && nested.length > 0) return nested.join('\n');
    number += 1;
    const mark = list.listType === 'number' ? `${number}.` : '•';
    return [`${indent}${mark} ${words.replaceAll('\n', `\n${indent}  `)}`, ...nested].join('\n');
  });
  return lines.join('\n');
}

function blockText(block: PrintBlock): string {
  switch (block.type) {
    case 'horizontalrule':
      return '* * *';
    case 'image':
      return [block.caption, block.credit].map(printable).filter(Boolean).join(' ');
    case 'embed':
      return [printable(block.title), block.url].filter(Boolean).join('\n');
    case 'list':
      return listText(block, '');
    case 'table':
      return block.children
        .map((row) =>
          row.children
            .map((cell) =>
              cell.children
                .map((paragraph) => paragraph.children.map(inlineText).join(''))
                .join(' '),
            )
            .join('\t'),
        )
        .join('\n');
    case 'paragraph':
    case 'heading':
    case 'quote':
    case 'pullquote':
      return block.children.map(inlineText).join('');
  }
}

/**
 * A body as plain text, blocks separated by an empty line: list items by • or number, table cells by tabs, a divider as
 * `* * *`, a picture by its caption and credit. Prints and throws as {@link renderBodyHtml} does.
 */
export function renderPlainText(body: readonly Block[]): string {
  return printedBlocks(body)
    .map(blockText)
    .filter((text) => text.trim() !== '')
    .join('\n\n');
}
