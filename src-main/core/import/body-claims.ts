import type { Inline, PlainBlock } from '#shared/article';
import { claim, type Claim } from './claims.ts';
import type { PageMeta } from './html-page.ts';
import { isProse, isShortLine, isWhollyQuoted } from './patterns.ts';
import { directionOf, headingBlock, textBlock, type NewId, type Piece } from './piece.ts';

function childrenOf(piece: Piece): Inline[] {
  const { block } = piece;
  return block?.type === 'paragraph' || block?.type === 'heading' ? block.children : [];
}

const DATELINE =
  /^(\p{Lu}[\p{Lu}\p{M}.'’-]+(?:[ \u00a0-]\p{Lu}[\p{Lu}\p{M}.'’-]*){0,4}(?:,\s+\p{Lu}[\p{L}.]*(?:\s\p{Lu}[\p{L}.]*){0,2})?(?:\s+\([\p{L} .&]{2,30}\))?)\s*(?:—|–|--|-(?=\s)|―)\s*(?=\S)/u;

/** "VALLEY CITY (VP) — The river …": the place goes to its field, the paragraph begins with its first word. */
export function datelineClaim(piece: Piece | undefined, newId: NewId): Claim[] {
  const [first, ...rest] = piece ? childrenOf(piece) : [];
  if (!piece || first?.type !== 'text' || piece.block?.type !== 'paragraph') return [];
  const match = DATELINE.exec(first.text);
  const place = match?.[1];
  if (!match || place === undefined || place.length > 200 || place.length < 3) return [];
  const children: Inline[] = [
    { ...first, text: first.text.slice(match[0].length) },
    ...rest,
  ].filter((node) => node.type !== 'text' || node.text !== '');
  return [
    claim('recognised', 'Dateline', [piece], {
      excerpt: place,
      otherwise: 'stays at the beginning of the paragraph',
      fields: { dateline: place },
      blocks: [textBlock('paragraph', children, newId())],
    }),
  ];
}

function isBold(piece: Piece): boolean {
  return childrenOf(piece).every((node) => node.type === 'text' && ((node.format ?? 0) & 1) === 1);
}

function plainInline(nodes: readonly Inline[]): Inline[] {
  return nodes.map((node) =>
    node.type === 'text' && node.format === 1 ? { type: 'text', text: node.text } : node,
  );
}

/** Subheads and quotes that the text's form alone gives away. */
export function bodyClaims(pieces: readonly Piece[], newId: NewId): Claim[] {
  // Where mark-up names the subheads, a short line between paragraphs is just a short line, unless it is all bold.
  const marked = pieces.some(({ block }) => block?.type === 'heading');
  return pieces.flatMap((piece, index) => {
    if (piece.block?.type !== 'paragraph') return [];
    const before = pieces[index - 1];
    const after = pieces[index + 1];
    const one = (label: string, block: PlainBlock): Claim[] => [
      claim('recognised', label, [piece], { blocks: [block] }),
    ];
    if (isWhollyQuoted(piece.text))
      return one('Quote', textBlock('quote', childrenOf(piece), newId()));
    if (!before || !after || !isShortLine(piece.text)) return [];
    if (marked && !isBold(piece)) return [];
    const reads = (next: Piece): boolean => isProse(next.text) || next.block?.type !== 'paragraph';
    return reads(after) && reads(before)
      ? one('Subhead', headingBlock('h2', plainInline(childrenOf(piece)), newId()))
      : [];
  });
}

/** The language and direction of the text, as the page says or as its letters show. */
export function languageClaim(pieces: readonly Piece[], meta: PageMeta): Claim[] {
  const text = pieces
    .slice(0, 60)
    .map((piece) => piece.text)
    .join(' ')
    .slice(0, 8000);
  const direction =
    directionOf(text.replace(/\p{Script=Latin}/gu, '')) === 'rtl' && directionOf(text) === 'rtl'
      ? 'rtl'
      : 'ltr';
  const said = /^[a-z]{2,3}(-[a-z0-9]{2,8})*$/i.test(meta.language) ? meta.language : '';
  // Letters that only one of the languages written in this script has.
  const guessed = /[ڕڵۆێ]/.test(text) ? 'ckb' : /[پچژگ]/.test(text) ? 'fa' : 'ar';
  const language = said || (direction === 'rtl' && /\p{Script=Arabic}/u.test(text) ? guessed : '');
  if ((language === '' || language === 'en') && direction === 'ltr') return [];
  const excerpt = [language, direction === 'rtl' ? 'right to left' : ''].filter(Boolean).join(', ');
  return [
    claim('recognised', 'Language', [], {
      excerpt,
      otherwise: 'is taken as English',
      fields: { ...(language !== '' && { language }), direction },
    }),
  ];
}
