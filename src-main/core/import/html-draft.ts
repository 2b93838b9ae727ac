import type { Inline, ListBlock } from '#shared/article';
import type { Context } from './html-context.ts';
import type { HtmlElement, HtmlNode } from './html-tree.ts';
import type { Hint, NewId, Piece } from './piece.ts';

/** Word copies a list as paragraphs whose style names the list and the level; the marker is text to ignore. */
export interface WordListLine {
  level: number;
  listType: ListBlock['listType'];
  children: Inline[];
}

/** A piece that has no number yet. */
export type Draft = Omit<Piece, 'id'> & { wordList?: WordListLine };

export interface Page {
  newId: NewId;
  /** The address that relative links start from, when it is known. */
  base: string | null;
  /** The element that holds the article, when the page names one. */
  root: HtmlElement | null;
}

/** Turns nodes into pieces: what lists and tables need of the walk that they are part of. */
export type Walk = (nodes: readonly HtmlNode[], page: Page, context: Context) => Draft[];

const NO_HINTS: ReadonlySet<Hint> = new Set();

/** The context in which the walk of a page begins. */
export function pageContext(outside: boolean): Context {
  return { type: 'paragraph', format: 0, link: null, keepSpace: false, hints: NO_HINTS, outside };
}
