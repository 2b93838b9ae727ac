import type { Block, Inline, ListItem, PlainBlock } from './body.ts';

type AnyNode = Block | Inline | ListItem | { children?: unknown };

const WORD =
  /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:(?:\.?[’',\-–]|\.)[\p{L}\p{N}][\p{L}\p{M}\p{N}]*)*/gu;
const WORDS_PER_MINUTE = 230;

/** How many words a text has, in any script that separates them; figures and hyphenated words count as one. */
export function countWords(text: string): number {
  return text.match(WORD)?.length ?? 0;
}

/** "1 word", "2 words". */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** Minutes to read so many words, rounded up, at least 1. */
export function readingMinutes(words: number): number {
  return Math.max(1, Math.ceil(words / WORDS_PER_MINUTE));
}

function inlineText(node: AnyNode): string {
  if ('type' in node) {
    if (node.type === 'text') return node.$?.deleted ? '' : node.text;
    if (node.type === 'linebreak') return '\n';
  }
  const children =
    'children' in node && Array.isArray(node.children) ? (node.children as AnyNode[]) : [];
  const separator = children.some((child) => 'type' in child && isLine(child.type)) ? '\n' : '';
  return children.map(inlineText).join(separator);
}

function isLine(type: string): boolean {
  return ['listitem', 'tablerow', 'tablecell', 'list', 'paragraph'].includes(type);
}

/** The readable text of one block, without mark-up; suggested deletions are left out, suggested insertions are in. */
export function blockText(block: Block): string {
  if (block.type === 'conflict') {
    const texts = block.versions
      .filter((version): version is PlainBlock => version !== null)
      .map(blockText);
    return texts.join('\n');
  }
  if (block.type === 'image') return [block.caption, block.credit].filter(Boolean).join('\n');
  if (block.type === 'embed') return block.title;
  return inlineText(block);
}

/** The readable text of a body, a line per block; notes, which never print, are left out. */
export function bodyText(body: readonly Block[]): string {
  return body
    .filter((block) => block.type !== 'note')
    .map(blockText)
    .filter(Boolean)
    .join('\n');
}

/** How many words of a block a reader will see: none of a note, and of versions only the longest, for one will stand. */
export function blockWords(block: Block): number {
  if (block.type === 'note') return 0;
  if (block.type === 'conflict')
    return Math.max(0, ...block.versions.map((version) => (version ? blockWords(version) : 0)));
  return countWords(blockText(block));
}

/** How many words of a body a reader will see. */
export function bodyWords(body: readonly Block[]): number {
  return body.reduce((sum, block) => sum + blockWords(block), 0);
}

/** A URL slug from a headline: lower-case letters and digits of any script, joined by hyphens, at most 80 characters. */
export function slugOf(headline: string): string {
  return headline
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(/[’'‘]/g, '')
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 80)
    .replace(/^-+|-+$/g, '');
}
