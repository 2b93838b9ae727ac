import { z } from 'zod';
import { ImageInfo } from './body.ts';
import { Text } from './clean-text.ts';
import { Id, Instant, LocalId } from './ids.ts';
import { WebUrl } from './url-policy.ts';

/** One credit at the top of the article: free text with an optional link to a person or a desk of the newsroom. */
export const BylineEntry = z.object({
  id: LocalId,
  name: Text.min(1).max(200),
  person: Id.optional(),
  desk: Id.optional(),
});
export type BylineEntry = z.infer<typeof BylineEntry>;

/** A person or service credited at the end. */
export const Contributor = z.object({
  id: LocalId,
  name: Text.min(1).max(200),
  affiliation: Text.max(200).default(''),
  role: Text.max(200).default(''),
  kind: z.enum(['person', 'service']).default('person'),
  person: Id.optional(),
});
export type Contributor = z.infer<typeof Contributor>;

/** A link to another article: local (`article`), on the server, or an outside address. `postedOn` is a calendar day. */
export const RelatedArticle = z.object({
  id: LocalId,
  title: Text.min(1).max(500),
  url: WebUrl.default(''),
  postedOn: z.union([z.iso.date(), z.literal('')]).default(''),
  publication: Text.max(200).default(''),
  desk: Text.max(200).default(''),
  teaser: Text.max(2000).default(''),
  article: Id.optional(),
});
export type RelatedArticle = z.infer<typeof RelatedArticle>;

/** A correction as readers see it, newest last. */
export const Correction = z.object({ id: LocalId, note: Text.min(1).max(2000), at: Instant });
export type Correction = z.infer<typeof Correction>;

/**
 * Everything an article says of itself beside its body. Each field merges by itself.
 * `desk` is the desk that owns the article; `creditLine` overrides the generated one when not null;
 * `language` is a BCP 47 tag; `urgency` runs from 1 (flash) to 8 (background), as in IPTC.
 * The time of a scheduled publication is no field: it belongs to the schedule transition, so that
 * moving it does not touch the approved revision.
 */
export const Fields = z.object({
  desk: Id.nullable().default(null),
  section: Text.max(100).default(''),
  slugline: Text.max(100).default(''),
  headline: Text.max(500).default(''),
  shortHeadline: Text.max(300).default(''),
  standfirst: Text.max(2000).default(''),
  byline: z.array(BylineEntry).max(100).default([]),
  dateline: Text.max(200).default(''),
  contributors: z.array(Contributor).max(200).default([]),
  creditLine: Text.max(2000).nullable().default(null),
  related: z.array(RelatedArticle).max(100).default([]),
  leadImage: ImageInfo.nullable().default(null),
  keywords: z.array(Text.min(1).max(100)).max(100).default([]),
  subjects: z.array(Text.min(1).max(100)).max(100).default([]),
  language: z.string().max(35).default('en'),
  direction: z.enum(['ltr', 'rtl']).default('ltr'),
  source: Text.max(300).default(''),
  usageTerms: Text.max(2000).default(''),
  editorsNote: Text.max(10_000).default(''),
  urgency: z.number().int().min(1).max(8).nullable().default(null),
  embargo: Instant.nullable().default(null),
  corrections: z.array(Correction).max(200).default([]),
  urlSlug: z
    .string()
    .max(200)
    .regex(/^[\p{L}\p{N}-]*$/u)
    .default(''),
  teaser: Text.max(2000).default(''),
});
export type Fields = z.infer<typeof Fields>;
export type FieldName = keyof Fields;

export const FIELD_NAMES = Object.keys(Fields.shape) as FieldName[];

/** The fields of an article on which nothing has been written. */
export function emptyFields(): Fields {
  return Fields.parse({});
}

/** What each field is called, in the interface and in messages. */
export const FIELD_LABELS: Record<FieldName, string> = {
  desk: 'Desk',
  section: 'Section',
  slugline: 'Slugline',
  headline: 'Headline',
  shortHeadline: 'Short headline',
  standfirst: 'Standfirst',
  byline: 'Byline',
  dateline: 'Dateline',
  contributors: 'Contributors',
  creditLine: 'Credit line',
  related: 'Related articles',
  leadImage: 'Lead image',
  keywords: 'Keywords',
  subjects: 'Subjects',
  language: 'Language',
  direction: 'Text direction',
  source: 'Source',
  usageTerms: 'Usage terms',
  editorsNote: 'Editor’s note',
  urgency: 'Urgency',
  embargo: 'Embargo',
  corrections: 'Corrections',
  urlSlug: 'URL slug',
  teaser: 'Teaser',
};

/** True where a field holds nothing a reader or a colleague could use. */
export function isEmptyField(value: Fields[FieldName]): boolean {
  if (value === null) return true;
  if (typeof value === 'string') return value.trim() === '';
  return Array.isArray(value) && value.length === 0;
}
