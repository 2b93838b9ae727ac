/**
 * HTML that may be printed as it stands. Only {@link element} makes it, so text and attributes are always escaped.
 */
export interface Markup {
  readonly html: string;
}

export type Child = Markup | string;
export type Attributes = Readonly<Record<string, string | number | undefined>>;

/** Every element that a body is printed with. */
export type ElementName =
  | 'a'
  | 'aside'
  | 'blockquote'
  | 'br'
  | 'div'
  | 'em'
  | 'figcaption'
  | 'figure'
  | 'h2'
  | 'h3'
  | 'hr'
  | 'img'
  | 'li'
  | 'ol'
  | 'p'
  | 's'
  | 'span'
  | 'strong'
  | 'sub'
  | 'sup'
  | 'table'
  | 'tbody'
  | 'td'
  | 'th'
  | 'thead'
  | 'tr'
  | 'u'
  | 'ul';

const VOID: ReadonlySet<ElementName> = new Set<ElementName>(['br', 'hr', 'img']);

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

// HTML has no way to write these: a parser drops or replaces them, so they go before it can.
// eslint-disable-next-line no-control-regex -- control characters are exactly what is looked for
const UNPRINTABLE = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Text as any page can carry it: well-formed Unicode, line ends as line feeds, no control characters. */
export function printable(text: string): string {
  return text.toWellFormed().replace(/\r\n?/g, '\n').replace(UNPRINTABLE, '');
}

/** Escapes text for element content and for quoted attributes alike. */
export function escapeHtml(text: string): string {
  return printable(text).replace(/[&<>"']/g, (character) => ESCAPES[character] ?? '');
}

function htmlOf(child: Child): string {
  return typeof child === 'string' ? escapeHtml(child) : child.html;
}

/** Children one after the other, strings escaped. */
export function joined(children: readonly Child[]): Markup {
  return { html: children.map(htmlOf).join('') };
}

/** An element; strings among the children are text. Attributes that are undefined are left out. */
export function element(
  name: ElementName,
  attributes: Attributes,
  children: readonly Child[] = [],
): Markup {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== undefined)
    .map(([key, value]) => ` ${key}="${escapeHtml(String(value))}"`)
    .join('');
  const open = `<${name}${written}>`;
  return { html: VOID.has(name) ? open : `${open}${joined(children).html}</${name}>` };
}
