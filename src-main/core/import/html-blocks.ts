import { comesAlong, holdsText, isPullQuote } from './html-landmarks.ts';
import { listPieces } from './html-list.ts';
import { isTableWorthKeeping, tableOf } from './html-table.ts';
import { formatFor, formatInside, hintsInside, isHidden, type Context } from './html-context.ts';
import { linkTarget, omissionOf, remotePicture, type Omitted } from './html-omissions.ts';
import {
  attribute,
  breaksLine,
  findAll,
  isElement,
  isText,
  textOf,
  tokensOf,
  type HtmlElement,
  type HtmlNode,
} from './html-tree.ts';
import { createInlineBuffer } from './inline-buffer.ts';
import type { Draft, Page } from './html-draft.ts';
import { foldWordLists, wordListLine } from './word-lists.ts';
import { headingBlock, inlineText, paragraphOf, textBlock } from './piece.ts';

const DATA_IMAGE = /^data:image\/(png|jpeg|jpg|gif|webp|avif);base64,/i;
const CODE = new Set(['script', 'style', 'xml']);
const NOTHING = new Set([
  'head',
  'title',
  'meta',
  'link',
  'base',
  'input',
  'source',
  'track',
  'param',
  'colgroup',
  'col',
  'wbr',
  'area',
  'map',
  'datalist',
]);

/** Turns nodes of a page into pieces, in order. Nothing is dropped: what cannot enter a body is a piece left out. */
export function piecesOf(nodes: readonly HtmlNode[], page: Page, context: Context): Draft[] {
  const drafts: Draft[] = [];
  const code = new Map<string, string[]>();
  const buffer = createInlineBuffer();
  let current = context;

  const flush = (): void => {
    const { type, hints, outside } = current;
    const children = buffer.take();
    if (children.length === 0) return;
    const heading = type === 'h2' || type === 'h3';
    const block = heading
      ? headingBlock(type, children, page.newId())
      : textBlock(type, children, page.newId());
    const [only] = children;
    const link = children.length === 1 && only?.type === 'link' ? only.url : undefined;
    drafts.push({
      block,
      text: inlineText(children),
      hints,
      outside,
      ...(link !== undefined && { link }),
    });
  };
  const push = (draft: Omit<Draft, 'hints' | 'outside'>): void => {
    flush();
    drafts.push({ ...draft, hints: current.hints, outside: current.outside });
  };
  const leaveOut = ({ label, reason, text, block }: Omitted): void => {
    if (text !== '' || block) push({ block, text, leftOut: { label, reason } });
  };
  /** Walks children in a changed context; a block begins and ends a line. */
  const within = (element: HtmlElement, changes: Partial<Context>, isBlock: boolean): void => {
    if (isBlock) flush();
    const before = current;
    current = { ...current, ...changes };
    element.childNodes.forEach(walk);
    if (isBlock) flush();
    current = before;
  };

  const walk = (node: HtmlNode): void => {
    if (isText(node)) buffer.text(node.value, formatFor(current), current.link, current.keepSpace);
    else if (isElement(node)) walkElement(node);
  };

  const walkElement = (element: HtmlElement): void => {
    const { tagName } = element;
    if (tagName === 'head')
      findAll(element, (found) => CODE.has(found.tagName)).forEach(walkElement);
    if (NOTHING.has(tagName)) return;
    if (CODE.has(tagName)) {
      const own = element.childNodes
        .filter(isText)
        .map(({ value }) => value.trim())
        .join('\n');
      const words = own || attribute(element, 'src') || textOf(element);
      code.set(tagName, [...(code.get(tagName) ?? []), words]);
      return;
    }
    if (isHidden(element)) {
      leaveOut({
        label: 'Hidden text',
        reason: 'The page does not show it.',
        text: textOf(element),
        block: null,
      });
      return;
    }
    if (tagName === 'br') {
      buffer.lineBreak(current.link);
      if (buffer.endsParagraph()) flush();
      return;
    }
    if (tagName === 'hr') {
      push({ block: { type: 'horizontalrule', $: { id: page.newId() } }, text: '' });
      return;
    }
    if (tagName === 'img') {
      picture(element, '', '');
      return;
    }
    if (tagName === 'ul' || tagName === 'ol') {
      flush();
      drafts.push(...listPieces(element, page, inner(element), piecesOf));
      return;
    }
    if (tagName === 'table' && isTableWorthKeeping(element)) {
      flush();
      drafts.push(...tableOf(element, page, inner(element), piecesOf));
      return;
    }
    if (
      tagName === 'figure' &&
      findAll(element, (found) => found.tagName === 'img').length === 1 &&
      !holdsText(element)
    ) {
      figure(element);
      return;
    }
    const omitted = comesAlong(element, current) ? null : omissionOf(element, page.newId);
    if (omitted) leaveOut(omitted);
    else if (tagName === 'a') anchor(element);
    else container(element);
  };

  const inner = (element: HtmlElement): Context => ({
    ...current,
    hints: hintsInside(element, current.hints),
    outside: current.outside && element !== page.root,
  });

  const anchor = (element: HtmlElement): void => {
    const target = linkTarget(element, page.base);
    if (target?.url === null)
      deferred.push({
        label: 'Link',
        reason: target.reason,
        text: [textOf(element), attribute(element, 'href')].join('\n'),
        block: null,
      });
    within(
      element,
      {
        ...inner(element),
        link: target?.url ?? current.link,
        format: formatInside(element, current),
      },
      false,
    );
  };

  const container = (element: HtmlElement): void => {
    const { tagName } = element;
    const changes: Partial<Context> = { ...inner(element), format: formatInside(element, current) };
    const line = wordListLine(element);
    if (line) {
      flush();
      within(element, changes, false);
      const children = buffer.take();
      push({ block: null, text: inlineText(children), wordList: { ...line, children } });
      return;
    }
    if (tagName === 'h1' || tagName === 'h2') changes.type = 'h2';
    else if (/^h[3-6]$/.test(tagName)) changes.type = 'h3';
    else if (tagName === 'blockquote') changes.type = isPullQuote(element) ? 'pullquote' : 'quote';
    else if (isPullQuote(element) && breaksLine(element)) changes.type = 'pullquote';
    if (/MsoQuote|MsoIntenseQuote/.test(attribute(element, 'class'))) changes.type = 'quote';
    if (/^(pre|listing|plaintext|xmp)$/.test(tagName)) {
      flush();
      preformatted(element);
      return;
    }
    if (tagName === 'q') buffer.text('“', formatFor(current), current.link, false);
    const first = drafts.length;
    within(element, changes, breaksLine(element));
    if (tagName === 'q') buffer.text('”', formatFor(current), current.link, false);
    if (/^h[4-6]$/.test(tagName))
      for (const draft of drafts.slice(first))
        if (draft.block?.type === 'heading')
          draft.changed = { label: 'Subhead of the second level' };
  };

  const preformatted = (element: HtmlElement): void => {
    const text = findText(element).replace(/^\n|\n$/g, '');
    for (const part of text.split(/\n[ \t]*\n/))
      if (part.trim() !== '') push({ block: paragraphOf(part, page.newId()), text: part });
  };

  const picture = (image: HtmlElement, caption: string, credit: string): void => {
    const src = attribute(image, 'src').trim();
    const alt = attribute(image, 'alt').trim();
    if (DATA_IMAGE.test(src)) {
      const about = {
        caption: caption.slice(0, 2000),
        credit: credit.slice(0, 300),
        alt: alt.slice(0, 1000),
      };
      const text = [caption, credit].filter(Boolean).join('\n');
      push({ block: null, text, picture: { dataUrl: src, about } });
      return;
    }
    const omitted = remotePicture(image, caption, credit);
    if (omitted) leaveOut(omitted);
  };

  const figure = (element: HtmlElement): void => {
    const [image] = findAll(element, ({ tagName }) => tagName === 'img');
    const credits = findAll(element, (found) =>
      tokensOf(found).some((token) =>
        /(^|[-_])(credits?|photographer|copyright)($|[-_])/.test(token),
      ),
    );
    const credit = credits[0] ? textOf(credits[0]).replaceAll('\n', ' ') : '';
    const words = textOf(element).replaceAll('\n', ' ');
    const caption = credit === '' ? words : words.replace(credit, '').replace(/\s+/g, ' ').trim();
    if (image) picture(image, caption, credit);
  };

  const deferred: Omitted[] = [];
  nodes.forEach(walk);
  flush();
  deferred.forEach(leaveOut);
  for (const [tagName, texts] of code) leaveOut(codeOmission(tagName, texts));
  return foldWordLists(drafts, page.newId);
}

const CODE_SHOWN = 400;

function codeOmission(tagName: string, texts: readonly string[]): Omitted {
  const shown = texts.map((text) =>
    text.length > CODE_SHOWN ? `${text.slice(0, CODE_SHOWN)}…` : text,
  );
  const scripts = tagName === 'script';
  return {
    label: scripts ? 'Scripts' : 'Style sheets',
    reason: scripts
      ? 'A script is never taken in.'
      : 'An article looks as its publication does, not as the page it came from.',
    text: shown.filter(Boolean).slice(0, 40).join('\n'),
    block: null,
  };
}

function findText(node: HtmlNode): string {
  if (isText(node)) return node.value;
  if (!('childNodes' in node)) return '';
  if ('tagName' in node && node.tagName === 'br') return '\n';
  if ('tagName' in node && CODE.has(node.tagName)) return '';
  return node.childNodes.map(findText).join('');
}
