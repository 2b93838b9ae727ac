import type { Block, Inline, PlainBlock } from '#shared/article';
import { isTextBlock } from '../acts/text.ts';

/** How many words readers will see, told by the spaces between them: no note is read, nor what is suggested to go. */
export function wordsOf(body: readonly Block[]): number {
  return body.reduce((sum, block) => {
    const versions = block.type === 'conflict' ? block.versions : [block];
    return sum + Math.max(...versions.map((version) => (version ? wordsIn(version) : 0)));
  }, 0);
}

const countIn = (text: string): number =>
  text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

function lettersOf(children: readonly Inline[]): string {
  return children
    .map((node) => {
      if (node.type === 'link') return lettersOf(node.children);
      if (node.type === 'linebreak') return ' ';
      return node.$?.deleted ? '' : node.text;
    })
    .join('');
}

function wordsIn(block: PlainBlock): number {
  switch (block.type) {
    case 'note':
    case 'horizontalrule':
      return 0;
    case 'image':
      return countIn(`${block.caption} ${block.credit}`);
    case 'embed':
      return countIn(block.title);
    case 'list':
      return block.children.reduce((sum, { children }) => {
        const own = children.filter((child): child is Inline => child.type !== 'list');
        const deeper = children.flatMap((child) => (child.type === 'list' ? [child] : []));
        return (
          sum + countIn(lettersOf(own)) + deeper.reduce((more, list) => more + wordsIn(list), 0)
        );
      }, 0);
    case 'table':
      return block.children
        .flatMap((row) => row.children.flatMap((cell) => cell.children))
        .reduce((sum, { children }) => sum + countIn(lettersOf(children)), 0);
    default:
      return isTextBlock(block) ? countIn(lettersOf(block.children)) : 0;
  }
}
