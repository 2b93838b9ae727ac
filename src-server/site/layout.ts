import { html } from 'ghtml';
import type { Newsroom } from '#shared/api';
import { directionOf } from '#shared/article';

export interface PageHead {
  newsroom: Newsroom;
  title: string;
  description?: string;
  /** Path of the page's one true address; absent on pages that search engines should pass by. */
  canonical?: string;
  /** Open Graph type and what belongs to it, as further `property` pairs. */
  og?: readonly (readonly [string, string])[];
  /** Ready for a script element: see jsonLdText. */
  jsonLd?: string;
  /** Slug of the section that the page belongs to. */
  section?: string;
  wide?: boolean;
}

const FOOTER_LINKS = [
  ['/write/comment', 'Comments'],
  ['/write/update', 'News and story updates'],
  ['/write/suggestion', 'Suggestions'],
  ['/write/story', 'Story submissions'],
] as const;

function footer({ donationsUrl }: Newsroom, about: string | undefined): string {
  const links = FOOTER_LINKS.map(([path, label]) => {
    const href = about ? `${path}?about=${encodeURIComponent(about)}` : path;
    return html`<a href="${href}">${label}</a>`;
  });
  if (donationsUrl) links.push(html`<a href="${donationsUrl}">Donations</a>`);
  return html`<footer class="colophon">
    <p>!${links.join(' · ')} &nbsp;|&nbsp; <a href="/privacy">Privacy &amp; cookies</a></p>
    <p>This site sets no cookies and follows nobody.</p>
  </footer>`;
}

function masthead({ name, sections }: Newsroom, current: string | undefined): string {
  const links = sections.map(
    ({ name, slug }) =>
      html`<a href="/${encodeURI(slug)}" !${slug === current ? 'aria-current="true"' : ''}
        >${name}</a
      >`,
  );
  // The nav lies flat in the header, so that name and sections share one line.
  return html`<header class="masthead">
    <a class="name" href="/">${name}</a>
    !${links.length > 0 ? html`<nav class="masthead-nav" aria-label="Sections">!${links.join('\n')}</nav>` : ''}
  </header>`;
}

function meta(pairs: readonly (readonly [string, string])[]): string {
  return pairs
    .map(([property, content]) => html`<meta property="${property}" content="${content}" />`)
    .join('\n');
}

/** A whole page around its content, which is HTML already. `about` is the path of the article it shows, for the forms. */
export function renderPage(head: PageHead, content: string, about?: string): string {
  const { newsroom, title, description = '', canonical } = head;
  const address = canonical === undefined ? null : `${newsroom.siteUrl}${encodeURI(canonical)}`;
  const og: [string, string][] = [
    ['og:site_name', newsroom.name],
    ['og:title', title],
    ...(description ? [['og:description', description] as [string, string]] : []),
    ...(address ? [['og:url', address] as [string, string]] : []),
  ];
  return html`<!doctype html>
    <html lang="${newsroom.language}" dir="${directionOf(newsroom.language)}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title === newsroom.name ? title : `${title} – ${newsroom.name}`}</title>
        !${description ? html`<meta name="description" content="${description}" />` : ''}
        !${address ? html`<link rel="canonical" href="${address}" />` : '<meta name="robots" content="noindex" />'}
        !${meta([...og, ...(head.og ?? [['og:type', 'website']])])}
        <link
          rel="alternate"
          type="application/rss+xml"
          title="${newsroom.name}"
          href="/feed.xml"
        />
        <link
          rel="alternate"
          type="application/atom+xml"
          title="${newsroom.name}"
          href="/atom.xml"
        />
        <link rel="icon" type="image/png" href="/-/icon.png" />
        <link rel="stylesheet" href="/-/site.css" />
        !${head.jsonLd ? `<script type="application/ld+json">${head.jsonLd}</script>` : ''}
      </head>
      <body>
        <a class="skip" href="#content">Skip to the content</a>
        !${masthead(newsroom, head.section)}
        <main id="content" !${head.wide ? 'class="wide"' : ''}>!${content}</main>
        !${footer(newsroom, about)}
      </body>
    </html> `;
}
