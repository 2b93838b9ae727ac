import { BylineEntry, Fields } from '#shared/article';
import { claim, EMPTY, lineOf, type Claim } from './claims.ts';
import type { PageMeta } from './html-page.ts';
import { namesOf, type PageHead } from './page-head.ts';
import { excerptOf } from './patterns.ts';
import type { NewId, Piece } from './piece.ts';

/** A claim on one field, unless the words are longer than the field may be. */
function fieldClaim(
  label: string,
  piece: Piece | null,
  name: 'section' | 'slugline' | 'headline' | 'standfirst',
): Claim[] {
  if (!piece || !Fields.shape[name].safeParse(lineOf(piece)).success) return [];
  return [claim('recognised', label, [piece], { fields: { [name]: lineOf(piece) } })];
}

function bylineClaims(head: PageHead, meta: PageMeta, newId: NewId): Claim[] {
  const names = head.byline ? namesOf(head.byline) : null;
  const entries = (of: readonly string[]): BylineEntry[] =>
    of.map((name) => ({ id: newId(), name }));
  if (head.byline && names)
    return [claim('recognised', 'Byline', [head.byline], { byline: entries(names) })];
  const said = meta.authors.filter(
    (name) => BylineEntry.shape.name.safeParse(name).success && !/^https?:/.test(name),
  );
  if (said.length === 0 || said.length > 20) return [];
  return [
    claim('recognised', 'Byline', [], {
      excerpt: excerptOf(said.join(', ')),
      otherwise: EMPTY,
      byline: entries(said),
    }),
  ];
}

/** What stands above the body, and what the page says of itself where nothing does. */
export function headClaims(head: PageHead, meta: PageMeta, newId: NewId): Claim[] {
  const headline = fieldClaim('Headline', head.headline, 'headline');
  const fromMeta = (
    label: string,
    name: 'headline' | 'section' | 'source' | 'teaser',
    text: string,
  ): Claim[] =>
    text !== '' && Fields.shape[name].safeParse(text).success
      ? [
          claim('recognised', label, [], {
            excerpt: excerptOf(text),
            otherwise: EMPTY,
            fields: { [name]: text },
          }),
        ]
      : [];
  const section = fieldClaim('Section', head.section, 'section');
  const standfirst = fieldClaim('Standfirst', head.standfirst, 'standfirst');
  const keywords = meta.keywords.filter((word) => word.length <= 100).slice(0, 100);
  const teaser = meta.description !== head.standfirst?.text ? meta.description : '';
  return [
    ...(section.length > 0 ? section : fromMeta('Section', 'section', meta.section)),
    ...(headline.length > 0 ? headline : fromMeta('Headline', 'headline', meta.headline)),
    ...fieldClaim('Slugline', head.slugline, 'slugline'),
    ...standfirst,
    ...bylineClaims(head, meta, newId),
    ...fromMeta('Source', 'source', meta.site),
    ...fromMeta('Teaser', 'teaser', teaser),
    ...(keywords.length > 0
      ? [
          claim('recognised', 'Keywords', [], {
            excerpt: excerptOf(keywords.join(', ')),
            otherwise: EMPTY,
            fields: { keywords },
          }),
        ]
      : []),
  ];
}
