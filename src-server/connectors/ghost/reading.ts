import { escapeHtml } from '#shared/render';

/** A node of Ghost's document: nothing of it is certain. */
type Node = Readonly<Record<string, unknown>>;

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null;
const textIn = (node: Node, name: string): string => {
  const value = node[name];
  return typeof value === 'string' ? value : '';
};
const childrenOf = ({ children }: Node): Node[] =>
  Array.isArray(children) ? children.filter(isNode) : [];

/** Lexical's bits for how text looks, with the element that says the same. */
const MARKS: [number, string][] = [
  [1, 'strong'],
  [2, 'em'],
  [4, 's'],
  [8, 'u'],
  [32, 'sub'],
  [64, 'sup'],
];
const HEADING = /^h[1-6]$/;
/** What cards keep their words in: as plain text, and as HTML. */
const CARD_TEXTS = ['heading', 'header', 'subheader', 'title', 'description', 'markdown', 'code'];
const CARD_HTMLS = ['html', 'calloutText', 'content', 'caption'];

const wrapped = (tag: string, html: string): string => `<${tag}>${html}</${tag}>`;
const inside = (node: Node): string => childrenOf(node).map(htmlOf).join('');

function htmlOf(node: Node): string {
  const tag = textIn(node, 'tag');
  switch (textIn(node, 'type').replace(/^extended-/, '')) {
    case 'text':
      return textHtml(textIn(node, 'text'), Number(node.format));
    case 'linebreak':
      return '<br>';
    case 'link':
    case 'autolink':
      return `<a href="${escapeHtml(textIn(node, 'url'))}">${inside(node)}</a>`;
    case 'paragraph':
      return wrapped('p', inside(node));
    case 'heading':
      return wrapped(HEADING.test(tag) ? tag : 'h2', inside(node));
    case 'quote':
    case 'aside':
      return wrapped('blockquote', inside(node));
    case 'list':
      return wrapped(tag === 'ol' ? 'ol' : 'ul', inside(node));
    case 'listitem':
      return wrapped('li', inside(node));
    case 'horizontalrule':
      return '<hr>';
    case 'image':
      return imageHtml(node);
    default:
      return cardHtml(node);
  }
}

function textHtml(text: string, format: number): string {
  return MARKS.reduce(
    (html, [bit, tag]) => ((format & bit) === 0 ? html : wrapped(tag, html)),
    escapeHtml(text),
  );
}

function imageHtml(node: Node): string {
  const [src, alt, caption] = ['src', 'alt', 'caption'].map((name) => textIn(node, name));
  const image = `<img src="${escapeHtml(src ?? '')}" alt="${escapeHtml(alt ?? '')}">`;
  return wrapped('figure', caption ? image + wrapped('figcaption', caption) : image);
}

/** A card: whatever words it holds, a paragraph each. */
function cardHtml(node: Node): string {
  const held = (names: readonly string[]): string[] =>
    names.map((name) => textIn(node, name)).filter((words) => words !== '');
  const texts = held(CARD_TEXTS).map((text) => wrapped('p', escapeHtml(text)));
  return [...texts, ...held(CARD_HTMLS), inside(node)].join('');
}

/** A document of Ghost as HTML; what is no such document stands as it is, as text. */
export function htmlOfDocument(lexical: string): string {
  try {
    const document: unknown = JSON.parse(lexical);
    if (isNode(document) && isNode(document.root)) return inside(document.root);
  } catch {
    // Text, as below.
  }
  return wrapped('p', escapeHtml(lexical));
}
