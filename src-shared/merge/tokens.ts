import type { Inline, LinkNode, TextNode } from '#shared/article';
import { same } from './choose.ts';
import { remembered } from './remembered.ts';

/** A word, a run of space or punctuation, or a line break, with everything that makes it look and link as it does. */
export interface Token {
  node: Exclude<Inline, LinkNode>;
  url: string | null;
  key: string;
}

const PIECES =
  /[\p{L}\p{M}\p{N}’']+(?:(?<=\p{N})[.,:٫٬]\p{N}[\p{L}\p{M}\p{N}’']*)*|\s+|[^\s\p{L}\p{M}\p{N}’']/gu;

/** The pieces in which texts are compared: words, spaces, punctuation, and a figure or a time of day (4.2, 04:20) whole. */
export function piecesOf(text: string): string[] {
  return text.match(PIECES) ?? [];
}

export const tokensOf = remembered((children: readonly Inline[]): readonly Token[] =>
  tokensIn(children, null),
);

function tokensIn(children: readonly Inline[], url: string | null): Token[] {
  return children.flatMap((node): Token[] => {
    if (node.type === 'link') return tokensIn(node.children, node.url);
    if (node.type === 'linebreak') return [{ node, url, key: `\n|${url ?? ''}` }];
    const { text, ...look } = node;
    return piecesOf(text).map((piece) => tokenOf({ ...look, text: piece }, url));
  });
}

function tokenOf(node: TextNode, url: string | null): Token {
  const { text, ...look } = node;
  return { node, url, key: JSON.stringify([text, look, url]) };
}

/** A word as two, each as it looks; what is no text is left. */
export function cutToken(token: Token, at: number): Token[] {
  const { node, url } = token;
  if (node.type !== 'text') return [token];
  const parts = [node.text.slice(0, at), node.text.slice(at)];
  return parts.map((text) => tokenOf({ ...node, text }, url));
}

export function textOf({ node }: Token): string {
  return node.type === 'text' ? node.text : '\n';
}

export function isWord(token: Token): boolean {
  return /[\p{L}\p{N}]/u.test(textOf(token));
}

export function isSpace(token: Token): boolean {
  return textOf(token).trim() === '';
}

export function inlinesOf(tokens: readonly Token[]): Inline[] {
  const inlines: Inline[] = [];
  for (const { node, url } of tokens) {
    const before = inlines.at(-1);
    let target: Inline[] = inlines;
    if (url !== null) {
      const link: LinkNode =
        before?.type === 'link' && before.url === url
          ? before
          : { type: 'link', url, children: [] };
      if (link !== before) inlines.push(link);
      target = link.children;
    }
    const last = target.at(-1);
    if (node.type === 'text' && last?.type === 'text' && sameLook(last, node))
      last.text += node.text;
    else target.push({ ...node });
  }
  return inlines;
}

function sameLook({ text: _x, ...x }: TextNode, { text: _y, ...y }: TextNode): boolean {
  return same(x, y);
}
