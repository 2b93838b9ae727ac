import { safeWebUrl, type RelatedArticle } from '#shared/article';
import { findDate, isDateLine } from './dates.ts';
import { isProse, isRelatedHeading, isShortLine } from './patterns.ts';
import type { NewId, Piece } from './piece.ts';

/** A related article and the pieces that told of it. */
export interface FoundRelated {
  related: RelatedArticle;
  pieces: Piece[];
}

export interface RelatedSection {
  headings: Piece[];
  found: FoundRelated[];
}

interface EntryMeta {
  postedOn: string;
  publication: string;
  desk: string;
}

const POSTED = /^(?:posted|published|date|updated)(?:\s+on)?\s*:?\s+/i;
const BY = /^\W*(?:by|from|in|source)\s*:?\s+(.+)$/i;

/** "Posted on: Wednesday, September 4, 2019 | By: publication - Desk", in any of its styles; null for another line. */
export function readEntryMeta(text: string): EntryMeta | null {
  const line = text.replace(/\s+/g, ' ').trim();
  if (line.length > 300) return null;
  const date = findDate(line);
  if (!date) return null;
  const before = line.slice(0, date.index);
  const after = line.slice(date.index + date.text.length);
  const by = BY.exec(after) ?? BY.exec(before.replace(/[\s|·•,–—-]+$/, ''));
  const labelled = POSTED.test(`${before} `) || (before === '' && by !== null);
  const rest = before.replace(POSTED, '').trim();
  if (!labelled || (rest !== '' && !by) || (!by && /\p{L}{2}/u.test(after))) return null;
  const [publication = '', ...desk] = (by?.[1] ?? '').trim().split(/\s+[-–—|/·]\s+/);
  return {
    postedOn: date.day,
    publication: publication.slice(0, 200),
    desk: desk.join(' - ').slice(0, 200),
  };
}

interface Open {
  meta: EntryMeta | null;
  title: string;
  teaser: string;
  url: string;
  day: string;
  pieces: Piece[];
}

/** One entry for each linked line of a list. */
function listed(piece: Piece, newId: NewId): FoundRelated[] | null {
  if (piece.block?.type !== 'list') return null;
  const found: FoundRelated[] = [];
  for (const item of piece.block.children) {
    const link = item.children.find((child) => child.type === 'link');
    if (!link) return null;
    const title = link.children
      .map((child) => (child.type === 'text' ? child.text : ' '))
      .join('')
      .trim();
    const rest = item.children
      .filter((child) => child !== link)
      .map((child) => (child.type === 'text' ? child.text : ' '))
      .join('')
      .trim();
    const date = findDate(rest.slice(0, 300));
    const teaser = date && isDateLine(rest) ? '' : rest;
    const url = safeWebUrl(link.url) ?? '';
    if (title === '' || title.length > 500 || teaser.length > 2000) return null;
    found.push({
      related: {
        id: newId(),
        title,
        url,
        postedOn: date?.day ?? '',
        publication: '',
        desk: '',
        teaser,
      },
      pieces: [piece],
    });
  }
  return found;
}

function close(open: Open | null, newId: NewId): FoundRelated | null {
  if (!open || open.title === '' || open.title.length > 500 || open.teaser.length > 2000)
    return null;
  const { meta, title, teaser, url, day, pieces } = open;
  const related = {
    id: newId(),
    title,
    url,
    postedOn: meta?.postedOn ?? day,
    publication: meta?.publication ?? '',
    desk: meta?.desk ?? '',
    teaser,
  };
  return { related, pieces };
}

/** Reads entries from `start` on, until a piece that cannot belong to one. */
function readEntries(
  pieces: readonly Piece[],
  start: number,
  underHeading: boolean,
  newId: NewId,
): FoundRelated[] {
  const found: FoundRelated[] = [];
  let open: Open | null = null;
  const next = (piece: Piece, meta: EntryMeta | null): Open => {
    const done = close(open, newId);
    if (done) found.push(done);
    return { meta, title: '', teaser: '', url: '', day: '', pieces: [piece] };
  };
  for (let at = start; at < pieces.length; at += 1) {
    const piece = pieces[at];
    if (!piece) break;
    const { text } = piece;
    const url = (piece.link && safeWebUrl(piece.link)) ?? '';
    const meta = readEntryMeta(text);
    const list: FoundRelated[] | null = underHeading ? listed(piece, newId) : null;
    if (meta) {
      // Some sites put the line with the date under the title.
      if (open && open.title !== '' && !open.meta && open.day === '' && open.teaser === '') {
        open.meta = meta;
        open.pieces.push(piece);
      } else open = next(piece, meta);
    } else if (list) {
      const done = close(open, newId);
      found.push(...(done ? [done] : []), ...list);
      open = null;
    } else if (piece.block && !/^(paragraph|heading)$/.test(piece.block.type)) break;
    else if (open?.day === '' && !open.meta && isDateLine(text)) {
      open.day = findDate(text)?.day ?? '';
      open.pieces.push(piece);
    } else if (open?.title === '') {
      if (text.length > 500) break;
      open.title = text.replace(/\s+/g, ' ').trim();
      open.url = url;
      open.pieces.push(piece);
    } else if (
      open?.teaser === '' &&
      (isProse(text) || !underHeading || open.meta !== null) &&
      url === '' &&
      piece.block?.type === 'paragraph'
    ) {
      open.teaser = text.replace(/\s+/g, ' ').trim();
      open.pieces.push(piece);
    } else if (underHeading && (isShortLine(text) || url !== '') && text.length <= 500) {
      open = next(piece, null);
      open.title = text.replace(/\s+/g, ' ').trim();
      open.url = url;
    } else break;
  }
  const last = close(open, newId);
  return last ? [...found, last] : found;
}

/**
 * The related articles of a page: what follows a heading such as "Related Articles", or entries that begin with a line
 * such as "Posted on: … | By: …". `from` is the first piece that can be one: the same line at the top dates the article.
 */
export function findRelated(pieces: readonly Piece[], from: number, newId: NewId): RelatedSection {
  const headings: Piece[] = [];
  const found: FoundRelated[] = [];
  const used = new Set<Piece>();
  pieces.forEach((piece, at) => {
    if (at < from || used.has(piece) || found.length >= 100) return;
    const heading = isRelatedHeading(piece.text);
    if (!heading && !readEntryMeta(piece.text)) return;
    const entries = readEntries(pieces, heading ? at + 1 : at, heading, newId).slice(
      0,
      100 - found.length,
    );
    if (entries.length === 0) return;
    if (heading) headings.push(piece);
    for (const entry of entries) entry.pieces.forEach((part) => used.add(part));
    found.push(...entries);
  });
  return { headings, found };
}
