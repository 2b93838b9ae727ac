import { parseFragment, serialize, type DefaultTreeAdapterTypes } from 'parse5';
import { escapeHtml } from '#shared/render';

type Node = DefaultTreeAdapterTypes.Node;

/** HTML in one spelling: entities, quotes and the order of attributes no longer differ. */
export function canonicalHtml(html: string): string {
  const fragment = parseFragment(html);
  const visit = (node: Node): void => {
    if ('attrs' in node) node.attrs.sort((a, b) => (a.name < b.name ? -1 : 1));
    if ('value' in node) node.value = node.value.replace(/\r\n?/g, '\n');
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(fragment);
  return serialize(fragment).trim();
}

/** The letters of HTML, without markup, comments and white space. */
export function lettersOfHtml(html: string): string {
  const words: string[] = [];
  const visit = (node: Node): void => {
    if ('value' in node) words.push(node.value);
    if ('childNodes' in node) node.childNodes.forEach(visit);
  };
  visit(parseFragment(html));
  return words.join('').replace(/\s+/g, '');
}

/** Text as HTML without touching quotes, which a CMS shows in its fields as they are. */
export function htmlOfText(text: string): string {
  return escapeHtml(text)
    .replace(/&quot;/g, '"')
    .replace(/&#39;/g, "'");
}

/** A paragraph of plain text; nothing for an empty one. */
export function paragraphHtml(text: string, name: string): string {
  return text === '' ? '' : `<p class="${name}">${escapeHtml(text)}</p>`;
}
