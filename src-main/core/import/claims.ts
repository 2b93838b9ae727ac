import type { BylineEntry, Contributor, Fields, PlainBlock, RelatedArticle } from '#shared/article';
import type { ImportGuess } from '#shared/contract';
import { excerptOf } from './patterns.ts';
import type { Omission, Piece } from './piece.ts';

/** A guess and what follows from it: the pieces it takes out of the body and what it makes of them. */
export interface Claim extends ImportGuess {
  pieces: readonly Piece[];
  /** What stands in the body in place of the first piece. */
  blocks?: readonly PlainBlock[];
  fields?: Partial<Fields>;
  byline?: readonly BylineEntry[];
  contributors?: readonly Contributor[];
  related?: readonly RelatedArticle[];
}

/** What was made of a source, before anything is declined. */
export interface Recognition {
  page: boolean;
  claims: Claim[];
  /** Pieces that the recognition leaves out, by piece id. */
  omissions: Map<string, Omission>;
}

export const STAYS = 'stays in the body as a paragraph';
export const STAY = 'stay in the body as paragraphs';
export const EMPTY = 'is left empty';

/** A guess about pieces; declined, they stay in the body unless `more` says otherwise. */
export function claim(
  kind: Claim['kind'],
  label: string,
  pieces: readonly Piece[],
  more: Partial<Claim>,
): Claim {
  const text = pieces.map((piece) => piece.text).join(' ');
  const id = `${label.toLowerCase().replaceAll(' ', '-')}:${pieces[0]?.id ?? 'page'}`;
  return {
    id,
    kind,
    label,
    excerpt: excerptOf(text),
    otherwise: pieces.length > 1 ? STAY : STAYS,
    pieces,
    ...more,
  };
}

/** The words of a line as a field holds them. */
export function lineOf(piece: Piece): string {
  return piece.text.replace(/\s+/g, ' ').trim();
}
