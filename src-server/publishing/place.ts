import { slugOf, type Fields, type Id } from '#shared/article';
import type { Newsroom } from '#shared/api';
import { findPublicationByPath, type Db } from '../store/index.ts';

/** First path parts that belong to the server itself, so no section may be called so. */
export const RESERVED_SLUGS: ReadonlySet<string> = new Set([
  '-',
  'v1',
  'feed.xml',
  'atom.xml',
  'sitemap.xml',
  'robots.txt',
  'write',
  'privacy',
]);

/** The place of a section in the address: the newsroom's own slug for it, else one made from its name. */
export function sectionSlug(newsroom: Newsroom | null, section: string): string {
  const known = newsroom?.sections.find(({ name }) => name.toLowerCase() === section.toLowerCase());
  if (known) return known.slug;
  const slug = slugOf(section);
  return slug === '' || RESERVED_SLUGS.has(slug) ? 'news' : slug;
}

/** A free address for an article that readers see for the first time: /<section>/<year>/<slug>. */
export async function placeFor(
  db: Db,
  newsroom: Newsroom | null,
  article: Id,
  fields: Pick<Fields, 'section' | 'headline' | 'urlSlug'>,
  at: string,
): Promise<string> {
  const slug =
    fields.urlSlug.toLowerCase().replace(/^-+|-+$/g, '') || slugOf(fields.headline) || article;
  const stem = `/${sectionSlug(newsroom, fields.section)}/${at.slice(0, 4)}/${slug}`;
  for (let number = 1; ; number += 1) {
    const path = number === 1 ? stem : `${stem}-${number}`;
    if (!(await findPublicationByPath(db, path))) return path;
  }
}
