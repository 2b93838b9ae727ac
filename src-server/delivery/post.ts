import { creditLineOf, joinNames, type Hash } from '#shared/article';
import type { Newsroom } from '#shared/api';
import type { ServerContext } from '../context.ts';
import type { Post } from '../connectors/index.ts';
import { articleEnding, imagePath, sectionName, storiesOf } from '../site/index.ts';
import type { Publication } from '../store/index.ts';

async function bytesOf(
  { assets }: Pick<ServerContext, 'assets'>,
  hash: Hash,
): Promise<Uint8Array<ArrayBuffer>> {
  const parts: Buffer[] = [];
  for await (const part of assets.read(hash) as AsyncIterable<Buffer>) parts.push(part);
  return new Uint8Array(Buffer.concat(parts));
}

/**
 * What a CMS is to show of a publication: the words of its revision, laid out as the newsroom's own site does. Null when
 * the server no longer has the revision.
 */
export async function postOf(
  context: Pick<ServerContext, 'store' | 'assets'>,
  newsroom: Newsroom,
  publication: Publication,
): Promise<Post | null> {
  const { db } = context.store;
  const [story] = await storiesOf(db, [publication]);
  if (!story) return null;
  const { fields, body } = story.revision;
  const byline = joinNames(fields.byline.map(({ name }) => name));
  return {
    article: publication.article,
    slug: publication.path.split('/').at(-1) ?? '',
    headline: fields.headline,
    standfirst: fields.standfirst,
    section: sectionName(newsroom, story),
    tags: [...new Set(fields.keywords)],
    language: fields.language,
    direction: fields.direction,
    byline: byline === '' ? '' : `By ${byline}`,
    dateline: fields.dateline,
    body,
    creditLine: creditLineOf(fields),
    ending: await articleEnding(db, newsroom, story),
    leadImage: fields.leadImage,
    assetUrl: (hash) => `${newsroom.siteUrl}${imagePath(hash)}`,
    assetBytes: (hash) => bytesOf(context, hash),
  };
}
