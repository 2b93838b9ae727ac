import { bodyClaims, datelineClaim, languageClaim } from './body-claims.ts';
import { claim, lineOf, STAY, STAYS, type Claim, type Recognition } from './claims.ts';
import { readCreditLine } from './contributors.ts';
import { furnitureOf } from './furniture.ts';
import { headClaims } from './head-claims.ts';
import type { PageMeta } from './html-page.ts';
import { readHead, type PageHead } from './page-head.ts';
import { excerptOf, isRelatedHeading } from './patterns.ts';
import type { NewId, Omission, Piece } from './piece.ts';
import { findRelated } from './related.ts';

export interface RecognitionOptions {
  /** True for a file: a headline is enough to take it for a page. */
  file: boolean;
  newId: NewId;
  /** Lets others have their turn while a long text is looked at. */
  pause(): Promise<void>;
}

function isWritten(piece: Piece): boolean {
  return piece.block !== null && /^(paragraph|heading)$/.test(piece.block.type);
}

const AT_ONCE = 5000;
const DATE: Omission = {
  label: 'Date line',
  reason: 'The date of posting is set when the article is published.',
};
const RELATED: Omission = {
  label: 'Heading of related articles',
  reason: 'Stet prints its own heading over related articles.',
};
const OUTSIDE: Omission = {
  label: 'Round the article',
  reason: 'The page says that it stands outside the article.',
};
const ABOVE: Omission = {
  label: 'Above the headline',
  reason: 'It stands above the headline and is no part of the text.',
};

/** Looks at pieces as a copy editor does at a page: what is its headline, who wrote it, where does the body begin. */
export async function recognise(
  pieces: readonly Piece[],
  meta: PageMeta,
  options: RecognitionOptions,
): Promise<Recognition> {
  const { newId, file } = options;
  const pause = (): Promise<void> => options.pause();
  const omissions = new Map<string, Omission>();
  const present = pieces.filter((piece) => !piece.leftOut && piece.text.trim() !== '');
  for (const [index, piece] of present.entries()) {
    if (index % AT_ONCE === AT_ONCE - 1) await pause();
    const omission =
      isWritten(piece) || piece.block?.type === 'list' ? furnitureOf(piece.text) : null;
    if (omission && !piece.hints.has('headline')) omissions.set(piece.id, omission);
  }
  const live = present.filter((piece) => !omissions.has(piece.id));
  const own = live.filter((piece) => !piece.outside);
  const head = readHead(own.length > 0 ? own : live, meta);

  const bodyStart = own[head.end] ?? live.at(-1);
  await pause();
  const related = findRelated(live, bodyStart ? live.indexOf(bodyStart) : live.length, newId);
  const relatedClaims = related.found.length > 0 ? relatedClaimsOf(related.found) : [];
  const inRelated = new Set([...related.headings, ...relatedClaims.flatMap((one) => one.pieces)]);
  related.headings.forEach((piece) => omissions.set(piece.id, RELATED));

  const rest = own.slice(head.end).filter((piece) => !inRelated.has(piece));
  await pause();
  const credits: Claim[] = rest.filter(isWritten).flatMap((piece) => {
    const credit = readCreditLine(piece.text, newId);
    if (!credit) return [];
    const { contributors, creditLine } = credit;
    return [
      claim('recognised', 'Contributors', [piece], {
        contributors,
        ...(creditLine !== null && { fields: { creditLine } }),
      }),
    ];
  });
  const credited = new Set(credits.flatMap((one) => one.pieces));
  const body = rest.filter((piece) => !credited.has(piece));

  const page = isPage(head, meta, { credits: credits.length, related: relatedClaims.length, file });
  if (!page) return { page, claims: [], omissions: new Map() };

  head.dates.forEach((piece) => omissions.set(piece.id, DATE));
  head.above.forEach((piece) => omissions.set(piece.id, ABOVE));
  for (const piece of pieces)
    if (piece.outside && !piece.leftOut && !omissions.has(piece.id) && !inRelated.has(piece))
      omissions.set(piece.id, OUTSIDE);
  await pause();
  const dateline = datelineClaim(body[0], newId);
  const claims = [
    ...headClaims(head, meta, newId),
    ...dateline,
    ...languageClaim(body, meta),
    ...bodyClaims(body, newId).filter(
      (one) => !dateline.some((other) => other.pieces[0] === one.pieces[0]),
    ),
    ...joinedCredits(credits),
    ...relatedClaims,
  ];
  return { page, claims, omissions };
}

/** One line each; a list of links is one guess for all its entries. */
function relatedClaimsOf(found: ReturnType<typeof findRelated>['found']): Claim[] {
  const byPiece = Map.groupBy(found, ({ pieces }) => pieces[0]);
  return [...byPiece.values()].map((entries) => {
    const pieces = entries[0]?.pieces ?? [];
    const related = entries.map((entry) => entry.related);
    return claim('recognised', 'Related article', pieces, {
      excerpt: excerptOf(related.map(({ title }) => title).join(' · ')),
      otherwise: pieces.length > 1 ? STAY : STAYS,
      related,
    });
  });
}

/** Several credit lines share one override: it holds all of them, in order. */
function joinedCredits(credits: readonly Claim[]): Claim[] {
  if (credits.length < 2) return [...credits];
  const creditLine = credits.map((one) => one.pieces.map(lineOf).join(' ')).join(' ');
  if (creditLine.length > 2000) return credits.slice(0, 1);
  const pieces = credits.flatMap((one) => one.pieces);
  const contributors = credits.flatMap((one) => one.contributors ?? []);
  return [claim('recognised', 'Contributors', pieces, { contributors, fields: { creditLine } })];
}

function isPage(
  head: PageHead,
  meta: PageMeta,
  signs: { credits: number; related: number; file: boolean },
): boolean {
  if (!head.headline && meta.headline === '') return false;
  if (head.headline && isRelatedHeading(head.headline.text)) return false;
  if (signs.file || signs.related > 0 || head.byline !== null) return true;
  const marked = head.headline?.hints.has('headline') ?? false;
  return (
    (marked || head.section !== null) &&
    (signs.credits > 0 || meta.article || head.dates.length > 0)
  );
}
