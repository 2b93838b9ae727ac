import { parseFragment, type DefaultTreeAdapterTypes } from 'parse5';
import type { ChannelKind } from '#shared/api';

const BLOCKS = new Set(
  'address article aside blockquote br div figcaption figure footer h1 h2 h3 h4 h5 h6 hr li ol p pre section table td th tr ul'.split(
    ' ',
  ),
);

function textOfHtml(html: string): string {
  let text = '';
  const visit = (node: DefaultTreeAdapterTypes.Node): void => {
    if (node.nodeName === '#text' && 'value' in node) text += node.value.replace(/\s+/g, ' ');
    if ('childNodes' in node) node.childNodes.forEach(visit);
    if (BLOCKS.has(node.nodeName)) text += '\n';
  };
  visit(parseFragment(html));
  return text;
}

const ENDS_A_LINE = /^(?:paragraph|(?:extended-)?(?:heading|quote)|listitem|linebreak|html)$/;

function textOfDocument(lexical: string): string {
  let text = '';
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    else if (typeof value === 'object' && value !== null) {
      const node = value as {
        type?: unknown;
        text?: unknown;
        html?: unknown;
        children?: unknown;
        root?: unknown;
      };
      if (typeof node.text === 'string') text += node.text;
      if (typeof node.html === 'string') text += textOfHtml(node.html);
      visit(node.root ?? node.children);
      if (typeof node.type === 'string' && ENDS_A_LINE.test(node.type)) text += '\n';
    }
  };
  try {
    visit(JSON.parse(lexical));
  } catch {
    return lexical;
  }
  return text;
}

/** What a CMS keeps as a text that a person reads: a line per paragraph, without markup. */
export function readableText(kind: ChannelKind, body: string): string {
  const text = kind === 'ghost' ? textOfDocument(body) : textOfHtml(body);
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
    .join('\n');
}
