import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import type { ChannelKind, RemoteWords } from '#shared/api';
import type { Words } from './connector.ts';
import { htmlOfDocument } from './ghost/reading.ts';

const BLOCKS = new Set(
  'address article aside blockquote br div figcaption figure footer h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);

/** HTML as a text that a person reads: a line per paragraph, without markup. */
export function readableText(html: string): string {
  let text = '';
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName === '#text' && 'value' in node) text += node.value.replace(/\s+/g, ' ');
    if ('childNodes' in node) node.childNodes.forEach(visit);
    if (BLOCKS.has(node.nodeName)) text += '\n';
  };
  visit(parseFragment(html));
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}

/** What a CMS keeps of a post, in the words that its readers see. */
export function readableWords(kind: ChannelKind, { title, excerpt, body }: Words): RemoteWords {
  if (kind === 'ghost') return { title, excerpt, html: htmlOfDocument(body) };
  return { title: readableText(title), excerpt: readableText(excerpt), html: body };
}
