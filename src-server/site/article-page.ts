import { html } from 'ghtml';
import {
  bodyWords,
  creditLineOf,
  joinNames,
  safeWebUrl,
  type RelatedArticle,
} from '#shared/article';
import type { Newsroom } from '#shared/api';
import { jsonLdText, newsArticleData, renderBodyHtml, renderImageHtml } from '#shared/render';
import { findPublication, type Db } from '../store/index.ts';
import { dateLine, longDate, longDay } from './dates.ts';
import { renderPage } from './layout.ts';
import { sectionName, teaserOf, type Story } from './stories.ts';

export const imagePath = (hash: string): string => `/-/images/${hash}`;

/** Where a related article leads: to its own page while readers can see it, else to the address it was given. */
async function targetOf(db: Db, related: RelatedArticle, site: string): Promise<string | null> {
  const publication = related.article ? await findPublication(db, related.article) : null;
  return publication?.live ? `${site}${encodeURI(publication.path)}` : safeWebUrl(related.url);
}

async function relatedHtml(
  db: Db,
  newsroom: Newsroom,
  related: readonly RelatedArticle[],
  site = '',
): Promise<string> {
  const items = await Promise.all(
    related.map(async (item) => {
      const href = await targetOf(db, item, site);
      const source = [item.publication, item.desk].filter(Boolean).join(' – ');
      const when = [
        item.postedOn && `Posted on: ${longDate(newsroom, item.postedOn)}`,
        source && `By: ${source}`,
      ].filter(Boolean);
      return html`<li class="story">
        !${when.length > 0 ? html`<span class="when">${when.join(' | ')}</span>` : ''}
        <h3>
          !${href === null ? html`<span class="title">${item.title}</span>` : html`<a class="title" href="${href}">${item.title}</a>`}
        </h3>
        !${item.teaser ? html`<p>${item.teaser}</p>` : ''}
      </li>`;
    }),
  );
  if (items.length === 0) return '';
  return html`<section class="related" dir="ltr" aria-labelledby="related">
    <h2 id="related">Related Articles</h2>
    <ul class="stories">
      !${items.join('\n')}
    </ul>
  </section>`;
}

function correctionsHtml(newsroom: Newsroom, { fields }: Story['revision']): string {
  if (fields.corrections.length === 0) return '';
  const notes = fields.corrections.map(
    ({ note, at }) =>
      html`<h2 dir="ltr">Correction, ${longDay(newsroom, at)}</h2>
        <p>${note}</p>`,
  );
  return html`<aside class="corrections" aria-label="Corrections">!${notes.join('\n')}</aside>`;
}

/** What ends an article behind its credit line: corrections and related articles, for a page at any address. */
export async function articleEnding(db: Db, newsroom: Newsroom, story: Story): Promise<string> {
  const parts = [
    correctionsHtml(newsroom, story.revision),
    await relatedHtml(db, newsroom, story.revision.fields.related, newsroom.siteUrl),
  ];
  return parts
    .filter((part) => part !== '')
    .join('\n')
    .replace(/\n\s+/g, '\n');
}

/** The page of one article, from section to related articles; what readers see of exactly one revision. */
export async function articlePage(db: Db, newsroom: Newsroom, story: Story): Promise<string> {
  const { fields, body } = story.revision;
  const url = `${newsroom.siteUrl}${story.href}`;
  const section = sectionName(newsroom, story);
  const byline = joinNames(fields.byline.map(({ name }) => name));
  const creditLine = creditLineOf(fields);
  const options = { assetUrl: imagePath, direction: fields.direction };
  const data = newsArticleData(fields, {
    url,
    publication: {
      name: newsroom.name,
      url: newsroom.siteUrl,
      logoUrl: `${newsroom.siteUrl}/-/icon.png`,
    },
    publishedAt: story.publishedAt,
    updatedAt: story.updatedAt,
    words: bodyWords(body),
    assetUrl: (hash) => `${newsroom.siteUrl}${imagePath(hash)}`,
  });
  const dateline = fields.dateline ? html`<p class="dateline">${fields.dateline}</p>` : '';
  const content = html`<article lang="${fields.language}" dir="${fields.direction}">
    !${section ? html`<p class="kicker"><a href="/${encodeURI(story.sectionSlug)}">${section}</a></p>` : ''}
    <h1>${fields.headline}</h1>
    !${fields.standfirst ? html`<p class="standfirst">${fields.standfirst}</p>` : ''}
    <div class="meta" dir="ltr">
      <span>${byline ? `By ${byline}` : ''}</span>
      <time datetime="${story.publishedAt}"
        >${dateLine(newsroom, story.publishedAt, story.updatedAt)}</time
      >
    </div>
    !${fields.leadImage ? renderImageHtml(fields.leadImage, options) : ''}
    <div class="body">!${dateline}!${renderBodyHtml(body, options)}</div>
    !${creditLine ? html`<p class="credit-line" dir="auto">${creditLine}</p>` : ''}
    !${correctionsHtml(newsroom, story.revision)}
    !${await relatedHtml(db, newsroom, fields.related)}
  </article>`;
  const image = fields.leadImage;
  return renderPage(
    {
      newsroom,
      title: fields.headline,
      description: teaserOf(story.revision),
      canonical: story.path,
      section: story.sectionSlug,
      jsonLd: jsonLdText(data),
      og: [
        ['og:type', 'article'],
        ['og:locale', fields.language.replace('-', '_')],
        ['article:published_time', story.publishedAt],
        ['article:modified_time', story.updatedAt],
        ['article:section', section],
        ...(image
          ? ([
              ['og:image', `${newsroom.siteUrl}${imagePath(image.asset)}`],
              ['og:image:alt', image.alt],
            ] as const)
          : []),
      ],
    },
    content,
    story.path,
  );
}

/** What stands where a withdrawn article stood. */
export function withdrawnPage(newsroom: Newsroom, withdrawnAt: string, reason: string): string {
  return renderPage(
    { newsroom, title: 'This article was withdrawn' },
    html`<h1>This article was withdrawn</h1>
      <p class="standfirst">${newsroom.name} took it down on ${longDay(newsroom, withdrawnAt)}.</p>
      !${reason ? html`<p>${reason}</p>` : ''}
      <p><a href="/">See the newest articles</a></p>`,
  );
}
