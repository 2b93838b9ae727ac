import type { Block } from '#shared/article';
import { renderBodyHtml, renderImageHtml } from '#shared/render';
import { markComment, type Post } from '../connector.ts';
import { paragraphHtml } from '../html.ts';

/** HTML that WordPress is to leave alone: without a block round it, it would put paragraphs of its own between the lines. */
const asIs = (html: string): string => `<!-- wp:html -->\n${html}\n<!-- /wp:html -->`;

/**
 * One block of the body. Paragraphs and subheads become blocks that WordPress's own editor opens as such; of everything
 * else it would say that the block is not as it expects, so that goes as HTML.
 */
function blockOf(block: Block, post: Post): string {
  const html = renderBodyHtml([block], { assetUrl: post.assetUrl, direction: post.direction });
  if (html === '') return '';
  if (html.startsWith('<p>')) return `<!-- wp:paragraph -->\n${html}\n<!-- /wp:paragraph -->`;
  if (html.startsWith('<h2>')) return `<!-- wp:heading -->\n${html}\n<!-- /wp:heading -->`;
  if (html.startsWith('<h3>'))
    return `<!-- wp:heading {"level":3} -->\n${html}\n<!-- /wp:heading -->`;
  return asIs(html);
}

/** The whole text. The mark stands at its end; a text from right to left is held together by an element that says so. */
export function contentOf(post: Post, hasPicture: boolean): string {
  const { assetUrl, direction } = post;
  const top = [
    post.leadImage && !hasPicture ? renderImageHtml(post.leadImage, { assetUrl, direction }) : '',
    paragraphHtml(post.byline, 'byline'),
    paragraphHtml(post.dateline, 'dateline'),
  ].filter((line) => line !== '');
  const end = [
    paragraphHtml(post.creditLine, 'credit-line'),
    post.ending,
    markComment(post.article),
  ].filter((line) => line !== '');
  if (direction === 'rtl') {
    const body = renderBodyHtml(post.body, { assetUrl, direction });
    return asIs(['<div dir="rtl">', ...top, body, ...end, '</div>'].join('\n'));
  }
  const blocks = post.body.map((block) => blockOf(block, post)).filter((block) => block !== '');
  return [...(top.length > 0 ? [asIs(top.join('\n'))] : []), ...blocks, asIs(end.join('\n'))].join(
    '\n\n',
  );
}
