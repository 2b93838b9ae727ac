import { html } from 'ghtml';
import type { Newsroom } from '#shared/api';
import { countLive, livePublications, type Db } from '../store/index.ts';
import { imagePath } from './article-page.ts';
import { longDay } from './dates.ts';
import { renderPage } from './layout.ts';
import { sectionName, storiesOf, teaserOf, type Story } from './stories.ts';

const PER_SECTION = 5;
const PER_PAGE = 20;

function storyItem(
  newsroom: Newsroom,
  { href, publishedAt, revision }: Story,
  level: 'h2' | 'h3',
): string {
  const { headline, language, direction } = revision.fields;
  return html`<li class="story">
    <span class="when">${longDay(newsroom, publishedAt)}</span>
    <div lang="${language}" dir="${direction}">
      <!${level}><a class="title" href="${href}">${headline}</a></!${level}>
      <p>${teaserOf(revision)}</p>
    </div>
  </li>`;
}

function leadHtml(newsroom: Newsroom, story: Story): string {
  const { fields } = story.revision;
  const image = fields.leadImage;
  return html`<section
    class="lead !${image ? 'pictured' : ''}"
    lang="${fields.language}"
    dir="${fields.direction}"
  >
    !${image ? html`<img src="${imagePath(image.asset)}" alt="${image.alt}" width="${image.width}" height="${image.height}" />` : ''}
    <div>
      <p class="kicker">${sectionName(newsroom, story)}</p>
      <h2><a class="title" href="${story.href}">${fields.headline}</a></h2>
      <p class="standfirst">${teaserOf(story.revision)}</p>
    </div>
  </section>`;
}

/** The front page: the newest article, then the newest of each section. */
export async function homePage(
  db: Db,
  newsroom: Newsroom,
): Promise<{ page: string; newest: string | null }> {
  const [lead] = await storiesOf(db, await livePublications(db, { limit: 1 }));
  const columns = await Promise.all(
    newsroom.sections.map(async ({ name, slug }) => {
      const found = await livePublications(db, { section: slug, limit: PER_SECTION + 1 });
      const stories = (await storiesOf(db, found))
        .filter(({ id }) => id !== lead?.id)
        .slice(0, PER_SECTION);
      if (stories.length === 0) return '';
      return html`<section class="column">
        <h2 class="section-name"><a href="/${encodeURI(slug)}">${name}</a></h2>
        <ul class="stories">
          !${stories.map((story) => storyItem(newsroom, story, 'h3')).join('\n')}
        </ul>
      </section>`;
    }),
  );
  const content = lead
    ? html`!${leadHtml(newsroom, lead)}
        <div class="columns">!${columns.join('\n')}</div>`
    : html`<p class="standfirst">Nothing has been published yet.</p>`;
  const page = renderPage(
    {
      newsroom,
      title: newsroom.name,
      description: `News from ${newsroom.name}`,
      canonical: '/',
      wide: true,
    },
    html`<h1 class="trap">${newsroom.name}</h1>
      !${content}`,
  );
  return { page, newest: lead?.updatedAt ?? null };
}

/** One page of a section's articles, newest first; null where there is none. */
export async function sectionPage(
  db: Db,
  newsroom: Newsroom,
  slug: string,
  number: number,
): Promise<{ page: string; newest: string | null } | null> {
  const total = await countLive(db, slug);
  const known = newsroom.sections.find((section) => section.slug === slug);
  const pages = Math.max(1, Math.ceil(total / PER_PAGE));
  if ((!known && total === 0) || number > pages) return null;
  const found = await livePublications(db, {
    section: slug,
    limit: PER_PAGE,
    offset: (number - 1) * PER_PAGE,
  });
  const stories = await storiesOf(db, found);
  const [first] = stories;
  const name = known?.name ?? (first ? sectionName(newsroom, first) : slug);
  const address = (page: number): string =>
    `/${encodeURI(slug)}${page === 1 ? '' : `?page=${page}`}`;
  const list = stories.map((story) => storyItem(newsroom, story, 'h2')).join('\n');
  const content = html`<h1>${name}</h1>
    !${stories.length > 0 ? `<ul class="stories">${list}</ul>` : '<p class="standfirst">Nothing has been published here yet.</p>'}
    !${
      pages > 1
        ? html`<nav class="pages" aria-label="Pages">
            !${number > 1 ? html`<a rel="prev" href="${address(number - 1)}">Newer articles</a>` : '<span></span>'}
            <span>Page ${number} of ${pages}</span>
            !${number < pages ? html`<a rel="next" href="${address(number + 1)}">Older articles</a>` : '<span></span>'}
          </nav>`
        : ''
    }`;
  const canonical = `/${slug}${number === 1 ? '' : `?page=${number}`}`;
  const page = renderPage({ newsroom, title: name, canonical, section: slug }, content);
  return { page, newest: first?.updatedAt ?? null };
}
