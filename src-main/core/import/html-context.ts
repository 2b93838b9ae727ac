import { TextFormat } from '#shared/article';
import { attribute, hasAttribute, styleOf, tokensOf, type HtmlElement } from './html-tree.ts';
import type { Hint, TextType } from './piece.ts';

/** What surrounds the text that is being walked. */
export interface Context {
  type: TextType | 'h2' | 'h3';
  format: number;
  link: string | null;
  /** White space counts, as in `pre`. */
  keepSpace: boolean;
  hints: ReadonlySet<Hint>;
  outside: boolean;
}

const BY_TAG: Readonly<Record<string, number>> = {
  b: TextFormat.bold,
  strong: TextFormat.bold,
  i: TextFormat.italic,
  em: TextFormat.italic,
  cite: TextFormat.italic,
  dfn: TextFormat.italic,
  u: TextFormat.underline,
  s: TextFormat.strikethrough,
  strike: TextFormat.strikethrough,
  del: TextFormat.strikethrough,
  sub: TextFormat.subscript,
  sup: TextFormat.superscript,
};

function withBit(format: number, bit: number, on: boolean): number {
  return on ? format | bit : format & ~bit;
}

/** The text format inside an element: what its name and its style say, the style having the last word. */
export function formatInside(element: HtmlElement, context: Context): number {
  let format = context.format | (BY_TAG[element.tagName] ?? 0);
  // Google Docs wraps everything it copies in <b style="font-weight:normal">.
  const weight = styleOf(element, 'font-weight');
  if (weight !== '')
    format = withBit(format, TextFormat.bold, /^(bold|bolder|[6-9]00)/.test(weight));
  const slant = styleOf(element, 'font-style');
  if (slant !== '') format = withBit(format, TextFormat.italic, /^(italic|oblique)/.test(slant));
  const line = `${styleOf(element, 'text-decoration')} ${styleOf(element, 'text-decoration-line')}`;
  if (line.includes('line-through')) format |= TextFormat.strikethrough;
  if (line.includes('underline')) format |= TextFormat.underline;
  const rise = styleOf(element, 'vertical-align');
  if (rise === 'super') format |= TextFormat.superscript;
  if (rise === 'sub') format |= TextFormat.subscript;
  return format;
}

/** A subhead is bold and a link underlined by nature: marking that again would only get in the way. */
export function formatFor(context: Context): number {
  let { format } = context;
  if (context.type === 'h2' || context.type === 'h3') format &= ~TextFormat.bold;
  if (context.link !== null) format &= ~TextFormat.underline;
  return format;
}

const HINTS: readonly (readonly [Hint, RegExp])[] = [
  [
    'byline',
    /^(?!.*(bio|box|card|about|avatar))(.*[-_])?(byline|by-line|authors?|creator)([-_].*)?$/,
  ],
  [
    'standfirst',
    /^(.*[-_])?(standfirst|dek|deck|subtitle|subheadline|summary|lede|msosubtitle)([-_].*)?$/,
  ],
  [
    'section',
    /^(.*[-_])?(kicker|eyebrow|section-name|section-label|section-title|cat-links|category|articlesection)$/,
  ],
  [
    'date',
    /^(.*[-_])?(datepublished|datemodified|published|posted-on|pubdate|timestamp|publish-date|entry-date|post-date)$/,
  ],
  ['related', /^(.*[-_])?related([-_].*)?$/],
  ['headline', /^(headline|msotitle)$/],
];

const WRAPPERS = new Set(['html', 'body', 'main', 'article']);

/** What an element says about the pieces inside it. Wrappers of the whole page say nothing about its parts. */
export function hintsInside(element: HtmlElement, hints: ReadonlySet<Hint>): ReadonlySet<Hint> {
  const found = new Set<Hint>();
  if (element.tagName === 'h1') found.add('headline');
  if (element.tagName === 'time') found.add('date');
  if (!WRAPPERS.has(element.tagName))
    for (const token of tokensOf(element))
      for (const [hint, pattern] of HINTS) if (pattern.test(token)) found.add(hint);
  return found.size === 0 ? hints : new Set([...hints, ...found]);
}

export function isHidden(element: HtmlElement): boolean {
  return (
    hasAttribute(element, 'hidden') ||
    styleOf(element, 'display') === 'none' ||
    styleOf(element, 'visibility') === 'hidden' ||
    styleOf(element, 'mso-hide') === 'all'
  );
}

/** A layout table arranges things and says nothing by its rows. */
export function isLayout(element: HtmlElement): boolean {
  return /^(presentation|none)$/.test(attribute(element, 'role'));
}
