import { Readable } from 'node:stream';
import { Feed } from 'feed';
import { SitemapStream, streamToPromise } from 'sitemap';
import type { Newsroom } from '#shared/api';
import { escapeHtml, printable, renderBodyHtml } from '#shared/render';
import { livePublications, type Db } from '../store/index.ts';
import { imagePath } from './article-page.ts';
import { sectionName, storiesOf, teaserOf } from './stories.ts';

const FEED_LENGTH = 30;
const SITEMAP_LENGTH = 50_000;

/** The feed library writes CDATA sections and ends only the first `]]>` of a text safely. */
function inCdata(text: string): string {
  return printable(text).replaceAll(']]>', ']]\u200b>');
}

/** The library puts a category into an attribute as it is, where XML allows no `<`. */
function inAttribute(text: string): string {
  return printable(text).replaceAll('<', '‹');
}

/** The newest articles as RSS 2.0, whose titles are plain text, or Atom, whose titles the library marks as HTML. */
export async function renderFeed(
  db: Db,
  newsroom: Newsroom,
  format: 'rss' | 'atom',
): Promise<string> {
  const stories = await storiesOf(db, await livePublications(db, { limit: FEED_LENGTH }));
  const site = newsroom.siteUrl;
  const words = (text: string): string => inCdata(format === 'atom' ? escapeHtml(text) : text);
  const feed = new Feed({
    id: `${site}/`,
    title: newsroom.name,
    link: `${site}/`,
    description: `News from ${newsroom.name}`,
    language: newsroom.language,
    generator: false,
    feedLinks: { rss: `${site}/feed.xml`, atom: `${site}/atom.xml` },
    ...(stories[0] && { updated: new Date(stories[0].updatedAt) }),
  });
  const assetUrl = (hash: string): string => `${site}${imagePath(hash)}`;
  for (const story of stories) {
    const { fields, body } = story.revision;
    const section = sectionName(newsroom, story);
    feed.addItem({
      id: `${site}${story.href}`,
      guid: `${site}${story.href}`,
      link: `${site}${story.href}`,
      title: words(fields.headline),
      description: inCdata(escapeHtml(teaserOf(story.revision))),
      content: inCdata(renderBodyHtml(body, { assetUrl, direction: fields.direction })),
      author: fields.byline.map(({ name }) => ({ name: printable(name) })),
      category: section ? [{ name: inAttribute(section), term: inAttribute(section) }] : [],
      published: new Date(story.publishedAt),
      date: new Date(format === 'atom' ? story.updatedAt : story.publishedAt),
    });
  }
  return format === 'rss' ? feed.rss2() : feed.atom1();
}

/** Every page that search engines should know. */
export async function renderSitemap(db: Db, newsroom: Newsroom): Promise<string> {
  const publications = await livePublications(db, {
    limit: SITEMAP_LENGTH - 1 - newsroom.sections.length,
  });
  const entries = [
    { url: '/' },
    ...newsroom.sections.map(({ slug }) => ({ url: `/${encodeURI(slug)}` })),
    ...publications.map(({ path, updatedAt }) => ({ url: encodeURI(path), lastmod: updatedAt })),
  ];
  const stream = new SitemapStream({
    hostname: newsroom.siteUrl,
    xmlns: { news: false, xhtml: false, image: false, video: false },
  });
  return (await streamToPromise(Readable.from(entries).pipe(stream))).toString('utf8');
}

export function renderRobots({ siteUrl }: Newsroom): string {
  return `User-agent: *\nDisallow: /v1/\nDisallow: /write\n\nSitemap: ${siteUrl}/sitemap.xml\n`;
}
