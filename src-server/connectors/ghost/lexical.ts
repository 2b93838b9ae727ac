import { canonicalJson, safeLink, type Block, type Inline, type ListBlock } from '#shared/article';
import { renderBodyHtml, renderImageHtml } from '#shared/render';
import { markComment, type Post } from '../connector.ts';
import { paragraphHtml } from '../html.ts';

/** A node of Ghost's document. */
type Node = Record<string, unknown> & { type: string };

const element = (type: string, children: Node[], more: Record<string, unknown> = {}): Node => ({
  type,
  children,
  direction: null,
  format: '',
  indent: 0,
  version: 1,
  ...more,
});
const words = (text: string, format = 0): Node => ({
  type: 'extended-text',
  text,
  format,
  detail: 0,
  mode: 'normal',
  style: '',
  version: 1,
});
const card = (html: string): Node => ({ type: 'html', html, version: 1 });

/** Inline nodes as Ghost knows them; what the URL policy refuses is text, since Ghost passes any link through. */
function inline(node: Inline): Node[] {
  if (node.type === 'text') return [words(node.text, node.format)];
  if (node.type === 'linebreak') return [{ type: 'linebreak', version: 1 }];
  const children = node.children.flatMap(inline);
  const url = safeLink(node.url);
  if (url === null) return children;
  return [element('link', children, { url, rel: null, target: null, title: null })];
}

function list({ listType, start = 1, children }: ListBlock): Node {
  const items = children.map((item, index) =>
    element(
      'listitem',
      item.children.flatMap((child) => (child.type === 'list' ? [list(child)] : inline(child))),
      { value: start + index },
    ),
  );
  return element('list', items, { listType, start, tag: listType === 'number' ? 'ol' : 'ul' });
}

/**
 * One block. Ghost cuts its page at the first node that it does not know, without a word: only what it renders goes there
 * as a node of its own, and everything else as a card of HTML.
 */
function blockNodes(block: Block, post: Post): Node[] {
  const html = renderBodyHtml([block], { assetUrl: post.assetUrl });
  if (html === '') return [];
  switch (block.type) {
    case 'paragraph':
      return [element('paragraph', block.children.flatMap(inline))];
    case 'heading':
      return [element('extended-heading', block.children.flatMap(inline), { tag: block.tag })];
    case 'quote':
      return [element('extended-quote', block.children.flatMap(inline))];
    case 'list':
      return [list(block)];
    case 'horizontalrule':
      return [{ type: 'horizontalrule', version: 1 }];
    default:
      return [card(html)];
  }
}

/** Whether Ghost prints a block of its own as it stands: it stores the direction of text, and does not render it. */
function isNative(block: Block): boolean {
  return !('direction' in block) || block.direction === undefined || block.direction === 'ltr';
}

/**
 * The whole text as Ghost's document. The mark stands at its very end: where it is missing from the page, Ghost cut the
 * page before it.
 */
export function documentOf(post: Post, opening: string): string {
  const options = { assetUrl: post.assetUrl, direction: post.direction };
  const top = [
    paragraphHtml(opening, 'standfirst'),
    paragraphHtml(post.byline, 'byline'),
    paragraphHtml(post.dateline, 'dateline'),
  ].join('');
  const credit = paragraphHtml(post.creditLine, 'credit-line');
  const ending = [credit, post.ending, markComment(post.article)].filter(Boolean).join('\n');
  const children =
    post.direction === 'rtl'
      ? [card(`<div dir="rtl">${top}${renderBodyHtml(post.body, options)}${ending}</div>`)]
      : [
          ...(top === '' ? [] : [card(top)]),
          ...post.body.flatMap((block) =>
            isNative(block) ? blockNodes(block, post) : [card(renderBodyHtml([block], options))],
          ),
          card(ending),
        ];
  return canonicalJson({ root: element('root', children) });
}

/** A picture's words, where the page has no place for them but its caption. */
export function captionOf({ leadImage }: Post): string {
  if (!leadImage) return '';
  const html = renderImageHtml(leadImage, { assetUrl: () => '' });
  return /<figcaption>(.*)<\/figcaption>/s.exec(html)?.[1] ?? '';
}
