import { safeWebUrl } from '#shared/article';
import { isDateLine } from './dates.ts';
import type { PageMeta } from './html-page.ts';
import { bylineNames, isByline, isNameLike } from './names.ts';
import { isKnownSection, isProse, isSectionLike } from './patterns.ts';
import { readEntryMeta } from './related.ts';
import type { Hint, Piece } from './piece.ts';

/** What stands above the body of a page. `end` is the number of pieces it takes. */
export interface PageHead {
  section: Piece | null;
  slugline: Piece | null;
  headline: Piece | null;
  standfirst: Piece | null;
  byline: Piece | null;
  dates: Piece[];
  above: Piece[];
  end: number;
}

const REACH = 12;

/** VALLEY-FLOODS: capitals joined by hyphens or slashes, as wires name a story. */
const SLUGLINE = /^\p{Lu}[\p{Lu}\p{N}]*(?:[-/]\p{Lu}[\p{Lu}\p{N}]*)+$/u;

function has(piece: Piece, hint: Hint): boolean {
  return piece.hints.has(hint) && piece.text.length <= 300 && piece.block?.type !== 'list';
}

function isDate(piece: Piece): boolean {
  return (
    isDateLine(piece.text) ||
    (has(piece, 'date') && piece.text.length < 100) ||
    readEntryMeta(piece.text) !== null
  );
}

function isSaidByline(piece: Piece): boolean {
  return (
    isByline(piece.text) || (has(piece, 'byline') && piece.text.length <= 160 && !isDate(piece))
  );
}

/** A bare name under a headline: the line before must be long enough to be one. */
function isBareByline(piece: Piece, before: readonly Piece[]): boolean {
  if (piece.hints.has('headline') || isKnownSection(piece.text) || piece.text.length > 80)
    return false;
  const names = bylineNames(piece.text);
  if (
    names.length === 0 ||
    !names.every((name) => isNameLike(name) && name.split(/\s+/).length <= 4)
  )
    return false;
  if (piece.text.includes(',') && !/\band\b/.test(piece.text)) return false;
  return before.some(
    ({ text, hints }) => hints.has('headline') || text.trim().split(/\s+/).length >= 4,
  );
}

function same(a: string, b: string): boolean {
  const plain = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, '');
  return plain(a) !== '' && plain(a) === plain(b);
}

/** Where the head ends: after the last byline or date line near the top, else before the first prose. */
function endOf(pieces: readonly Piece[]): number {
  let end = 0;
  let prose = 0;
  for (const [index, piece] of pieces.slice(0, REACH).entries()) {
    if (piece.block && !/^(paragraph|heading)$/.test(piece.block.type)) break;
    const names =
      isSaidByline(piece) ||
      (index > 0 && prose <= 1 && isBareByline(piece, pieces.slice(0, index)));
    if (names || isDate(piece) || has(piece, 'headline') || has(piece, 'standfirst'))
      end = index + 1;
    else if (isProse(piece.text)) {
      // One sentence may stand before the byline: the standfirst.
      prose += 1;
      if (prose > 1) break;
    } else if (prose === 0 && end === index && index < 4 && piece.block?.type === 'paragraph')
      end = index + 1;
  }
  return end;
}

/** Finds section, headline, standfirst, byline and dates in the pieces at the top of a page. */
export function readHead(pieces: readonly Piece[], meta: PageMeta): PageHead {
  const end = endOf(pieces);
  const zone = pieces.slice(0, end);
  const dates = zone.filter((piece) => isDate(piece) && !piece.hints.has('headline'));
  const rest = zone.filter((piece) => !dates.includes(piece));
  const said = rest.find((piece) => isSaidByline(piece) && !piece.hints.has('headline'));
  const bare = rest.findLast((piece) => isBareByline(piece, rest.slice(0, rest.indexOf(piece))));
  const byline = said ?? bare ?? null;
  const slugline =
    rest.find(({ text }) => text.length <= 100 && SLUGLINE.test(text.trim())) ?? null;
  const lines = rest.filter((piece) => piece !== byline && piece !== slugline);

  const marked =
    lines.find((piece) => piece.hints.has('headline')) ??
    lines.find(({ text }) => same(text, meta.headline));
  const [first, second] = lines;
  const leadsOn = first && second && isSectionLike(first.text) && !isProse(second.text);
  const headline = marked ?? (leadsOn && !has(second, 'standfirst') ? second : first) ?? null;
  const at = headline ? lines.indexOf(headline) : 0;
  const above = lines.slice(0, at);
  const below = lines.slice(at + 1);
  const section =
    above.findLast((piece) => has(piece, 'section')) ??
    above.findLast(({ text }) => isSectionLike(text)) ??
    null;
  const standfirst =
    below.find((piece) => has(piece, 'standfirst')) ??
    below.find(({ text }) => same(text, meta.description)) ??
    below.find(
      ({ text, block }) =>
        block?.type === 'paragraph' &&
        (isProse(text) || text.split(/\s+/).length >= 6) &&
        text.length <= 600,
    ) ??
    null;
  return {
    section,
    slugline,
    headline,
    standfirst,
    byline,
    dates,
    above: above.filter((piece) => piece !== section),
    end,
  };
}

/** The names a byline gives, each at most as long as a byline entry may be; null when they cannot be one. */
export function namesOf(piece: Piece): string[] | null {
  const names = bylineNames(piece.text.replace(/\n/g, ' ')).filter(
    (name) => safeWebUrl(name) === null,
  );
  return names.length > 0 && names.length <= 100 && names.every((name) => name.length <= 200)
    ? names
    : null;
}
