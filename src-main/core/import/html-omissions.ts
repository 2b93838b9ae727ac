import { safeLink, safeWebUrl, type PlainBlock } from '#shared/article';
import { attribute, findAll, textOf, type HtmlElement } from './html-tree.ts';
import type { NewId, Omission } from './piece.ts';

/** Something of a page that does not come along, with the words to show and what it becomes when put back. */
export interface Omitted extends Omission {
  text: string;
  block: PlainBlock | null;
}

function addressOf(element: HtmlElement): string {
  const own = attribute(element, 'src') || attribute(element, 'data');
  const inner = findAll(element, ({ tagName }) => tagName === 'source')[0];
  return own || (inner ? attribute(inner, 'src') : '');
}

function embedBlock(url: string, title: string, newId: NewId): PlainBlock | null {
  const href = safeWebUrl(url.startsWith('//') ? `https:${url}` : url);
  if (href === null || href.length > 2048) return null;
  const provider = new URL(href).hostname.replace(/^www\./, '').slice(0, 100);
  return { type: 'embed', $: { id: newId() }, url: href, provider, title: title.slice(0, 500) };
}

const MEDIA: Readonly<Record<string, readonly [label: string, what: string]>> = {
  iframe: ['Embedded page', 'A page inside a page'],
  frame: ['Embedded page', 'A page inside a page'],
  object: ['Embedded object', 'An embedded object'],
  embed: ['Embedded object', 'An embedded object'],
  applet: ['Embedded object', 'An embedded object'],
  video: ['Video', 'A video'],
  audio: ['Audio', 'A recording'],
};

const WORDS: Readonly<Record<string, readonly [label: string, reason: string]>> = {
  form: ['Form', 'A form belongs to the page it came from.'],
  button: ['Button', 'A button belongs to the page it came from.'],
  select: ['Form', 'A form belongs to the page it came from.'],
  textarea: ['Form', 'A form belongs to the page it came from.'],
  svg: ['Drawing', 'A drawing in SVG can carry script. Add it as a picture file.'],
  math: ['Formula', 'Formulas are not part of an article’s body.'],
  canvas: ['Drawing', 'It is drawn by a script.'],
  noscript: ['Fallback', 'It shows only where scripts are off.'],
  template: ['Template', 'It shows only after a script has filled it.'],
  dialog: ['Dialog', 'A dialog belongs to the page it came from.'],
  nav: ['Navigation', 'It leads round the site and is no part of the article.'],
  footer: ['Foot of the page', 'It belongs to the site and is no part of the article.'],
  aside: ['Sidebar', 'It stands beside the article and is no part of it.'],
};

/** What to say of an element whose kind never enters a body; null when its kind may. */
export function omissionOf(element: HtmlElement, newId: NewId): Omitted | null {
  const { tagName } = element;
  const media = Object.hasOwn(MEDIA, tagName) ? MEDIA[tagName] : undefined;
  if (media) {
    const address = addressOf(element);
    const words = [attribute(element, 'title'), textOf(element)].filter(Boolean).join('\n');
    return {
      label: media[0],
      text: [words, address].filter(Boolean).join('\n'),
      reason: `${media[1]} runs code of its own. Put it back as an embed: a link card until it is published.`,
      block: embedBlock(address, attribute(element, 'title'), newId),
    };
  }
  const words = Object.hasOwn(WORDS, tagName) ? WORDS[tagName] : undefined;
  if (!words) return null;
  const text = tagName === 'template' && 'content' in element ? '' : textOf(element);
  return { label: words[0], reason: words[1], text, block: null };
}

/** A picture that stands elsewhere: Stet fetches nothing by itself. */
export function remotePicture(image: HtmlElement, caption: string, credit: string): Omitted | null {
  const address =
    attribute(image, 'src') || attribute(image, 'data-src') || attribute(image, 'srcset');
  const alt = attribute(image, 'alt').trim();
  const small = ['width', 'height'].some((name) => /^[01](px)?$/.test(attribute(image, name)));
  const text = [caption, credit, alt === caption ? '' : alt, address.slice(0, 2000)]
    .filter(Boolean)
    .join('\n');
  if (small && alt === '' && caption === '') return null;
  return {
    label: 'Image',
    text,
    reason: address.startsWith('data:')
      ? 'It is in a format that Stet does not take. Add it as JPEG, PNG, WebP, GIF or AVIF.'
      : 'Its bytes stand elsewhere and were not copied. Save the picture and add it with Image.',
    block: null,
  };
}

/** Where a link may lead: null with the reason when the address cannot come along. */
export function linkTarget(
  element: HtmlElement,
  base: string | null,
): { url: string } | { url: null; reason: string } | null {
  const href = attribute(element, 'href').trim();
  if (href === '') return null;
  const absolute =
    safeLink(href) ??
    (base && URL.canParse(href, base) ? safeLink(new URL(href, base).href) : null);
  if (absolute !== null && absolute.length <= 2048) return { url: absolute };
  if (href.startsWith('#')) return null;
  const relative = !/^[a-z][a-z0-9+.-]*:/i.test(href.replace(/\s/g, ''));
  const reason = relative
    ? 'It leads to a place on the original site that is not known. Its words stand in the body.'
    : 'This kind of address may not be linked. Its words stand in the body.';
  return { url: null, reason };
}
