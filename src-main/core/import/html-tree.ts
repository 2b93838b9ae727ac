import { StetError } from '#shared/contract';
import {
  defaultTreeAdapter,
  Parser,
  type DefaultTreeAdapterMap,
  type DefaultTreeAdapterTypes,
} from 'parse5';

export type HtmlNode = DefaultTreeAdapterTypes.ChildNode;
export type HtmlElement = DefaultTreeAdapterTypes.Element;
export type HtmlDocument = DefaultTreeAdapterTypes.Document;

/** Tells how many characters have been read; may throw to stop. */
export type OnProgress = (done: number, total: number) => Promise<void>;

const CHUNK = 65_536;
// Some hundreds of levels are the most that real pages have. Deeper ones are an attack on whoever walks the tree.
const MAX_DEPTH = 700;

function tooDeep(): StetError {
  return new StetError(
    'unsupported',
    'This page is nested too deeply to be read. Select its text in a browser and paste that.',
  );
}

/** Parses HTML as browsers do, however malformed, in chunks between which others get their turn. */
export async function parseHtml(html: string, onProgress: OnProgress): Promise<HtmlDocument> {
  let depth = 0;
  const parser = new Parser<DefaultTreeAdapterMap>({
    scriptingEnabled: false,
    treeAdapter: {
      ...defaultTreeAdapter,
      onItemPush() {
        depth += 1;
        if (depth > MAX_DEPTH) throw tooDeep();
      },
      onItemPop() {
        depth -= 1;
      },
    },
  });
  for (let at = 0; at < html.length; at += CHUNK) {
    const end = at + CHUNK;
    parser.tokenizer.write(html.slice(at, end), end >= html.length);
    if (end < html.length) await onProgress(end, html.length);
  }
  return parser.document;
}

export function isElement(node: HtmlNode): node is HtmlElement {
  return 'tagName' in node;
}

export function isText(node: HtmlNode): node is DefaultTreeAdapterTypes.TextNode {
  return node.nodeName === '#text';
}

export function attribute(element: HtmlElement, name: string): string {
  return element.attrs.find((attr) => attr.name === name)?.value ?? '';
}

export function hasAttribute(element: HtmlElement, name: string): boolean {
  return element.attrs.some((attr) => attr.name === name);
}

/** One property of an element's style attribute, in lower case. */
export function styleOf(element: HtmlElement, property: string): string {
  const style = attribute(element, 'style');
  if (style === '') return '';
  for (const declaration of style.split(';')) {
    const colon = declaration.indexOf(':');
    if (declaration.slice(0, colon).trim().toLowerCase() === property)
      return declaration
        .slice(colon + 1)
        .trim()
        .toLowerCase();
  }
  return '';
}

const BREAKS_LINE =
  /^(address|article|aside|blockquote|br|caption|dd|div|dl|dt|fieldset|figcaption|figure|footer|form|h[1-6]|header|hr|label|legend|li|main|nav|ol|option|p|pre|section|table|td|th|tr|ul)$/;
const NO_WORDS = new Set(['script', 'style', 'template', 'link', 'meta', 'head', 'title', 'xml']);

export function breaksLine(element: HtmlElement): boolean {
  return BREAKS_LINE.test(element.tagName);
}

/** The words below a node, a line for each block; scripts and styles have none. */
export function textOf(node: HtmlNode | HtmlDocument): string {
  const parts: string[] = [];
  const visit = (current: HtmlNode | HtmlDocument): void => {
    if ('value' in current) parts.push(current.value.replace(/\s+/g, ' '));
    if (!('childNodes' in current)) return;
    const element = 'tagName' in current ? current : null;
    if (element && NO_WORDS.has(element.tagName)) return;
    const breaks = element !== null && breaksLine(element);
    if (breaks) parts.push('\n');
    for (const child of current.childNodes) visit(child);
    if (breaks) parts.push('\n');
  };
  visit(node);
  return parts
    .join('')
    .split('\n')
    .map((line) => line.replace(/[ \u00a0]+/g, ' ').trim())
    .filter(Boolean)
    .join('\n');
}

/** Every element below a node for which `wanted` holds, in document order. */
export function findAll(
  node: HtmlNode | HtmlDocument,
  wanted: (element: HtmlElement) => boolean,
): HtmlElement[] {
  const found: HtmlElement[] = [];
  const visit = (current: HtmlNode | HtmlDocument): void => {
    if ('tagName' in current && wanted(current)) found.push(current);
    if ('childNodes' in current) current.childNodes.forEach(visit);
  };
  visit(node);
  return found;
}

/** The class names and other tokens by which pages say what an element is. */
export function tokensOf(element: HtmlElement): string[] {
  return ['class', 'id', 'itemprop', 'rel', 'role', 'data-testid']
    .flatMap((name) => attribute(element, name).toLowerCase().split(/\s+/))
    .filter(Boolean);
}
