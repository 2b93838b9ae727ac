import { bodyText, openRevision, type Id, type Revision } from '#shared/article';
import type { Newsroom } from '#shared/api';
import { findRevisions, type Db, type Publication } from '../store/index.ts';

/** A published article as its pages and lists show it. */
export interface Story {
  id: Id;
  path: string;
  /** The path as an address: letters beyond ASCII are percent-encoded. */
  href: string;
  publishedAt: string;
  updatedAt: string;
  sectionSlug: string;
  revision: Revision;
}

export async function storiesOf(db: Db, publications: readonly Publication[]): Promise<Story[]> {
  const revisions = await findRevisions(
    db,
    publications.map(({ revision }) => revision),
  );
  const byHash = new Map(revisions.map(({ hash, bytes }) => [hash, bytes]));
  return publications.flatMap((publication) => {
    const bytes = byHash.get(publication.revision);
    if (bytes === undefined) return [];
    const { article, path, publishedAt, updatedAt, section } = publication;
    return [
      {
        id: article,
        path,
        href: encodeURI(path),
        publishedAt,
        updatedAt,
        sectionSlug: section,
        revision: openRevision(bytes),
      },
    ];
  });
}

const TEASER_LENGTH = 180;

/** What a list says under the headline: the teaser, else the standfirst, else how the text begins. */
export function teaserOf({ fields, body }: Revision): string {
  const written = fields.teaser || fields.standfirst;
  if (written) return written;
  const [first = ''] = bodyText(body).split('\n');
  if (first.length <= TEASER_LENGTH) return first;
  return `${first.slice(0, first.lastIndexOf(' ', TEASER_LENGTH))} …`;
}

/** A section's name as the newsroom writes it, or as the article does where the newsroom has no such section. */
export function sectionName(newsroom: Newsroom, { revision, sectionSlug: slug }: Story): string {
  return (
    newsroom.sections.find((section) => section.slug === slug)?.name ?? revision.fields.section
  );
}
