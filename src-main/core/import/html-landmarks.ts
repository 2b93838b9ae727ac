import type { Context } from './html-context.ts';
import { findAll, textOf, tokensOf, type HtmlElement } from './html-tree.ts';
import { isRelatedHeading } from './patterns.ts';

export function isPullQuote(element: HtmlElement): boolean {
  return tokensOf(element).some((token) => /(^|[-_])pull-?quote($|[-_])/.test(token));
}

/** A figure that frames text or a table rather than a picture. */
export function holdsText(element: HtmlElement): boolean {
  return (
    findAll(element, ({ tagName }) => tagName === 'table' || tagName === 'blockquote').length > 0
  );
}

function isRelatedBox(element: HtmlElement): boolean {
  if (tokensOf(element).some((token) => /(^|[-_])related($|[-_])/.test(token))) return true;
  const firstLine = textOf(element).split('\n', 1)[0] ?? '';
  return isRelatedHeading(firstLine);
}

/** Landmarks that hold the article, its related articles or its pull quotes are walked; so is a form round a page. */
export function comesAlong(element: HtmlElement, context: Context): boolean {
  const { tagName } = element;
  if (tagName === 'aside') return isPullQuote(element) || isRelatedBox(element);
  if (tagName === 'nav') return isRelatedBox(element);
  if (tagName === 'footer')
    return (
      context.type === 'quote' ||
      context.type === 'pullquote' ||
      isRelatedBox(element) ||
      insideArticle(element)
    );
  if (tagName === 'form')
    return (
      findAll(element, (found) => /^(h1|article|main)$/.test(found.tagName)).length > 0 ||
      findAll(element, (found) => found.tagName === 'p').length > 3
    );
  return false;
}

function insideArticle(element: HtmlElement): boolean {
  for (let at = element.parentNode; at && 'tagName' in at; at = at.parentNode)
    if (at.tagName === 'article') return true;
  return false;
}
