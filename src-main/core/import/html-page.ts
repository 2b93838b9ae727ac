import { safeWebUrl } from '#shared/article';
import { z } from 'zod';
import { findDate } from './dates.ts';
import { decodeSource } from './decode.ts';
import { piecesOf } from './html-blocks.ts';
import { pageContext, type Draft } from './html-draft.ts';
import {
  attribute,
  findAll,
  isText,
  parseHtml,
  textOf,
  type HtmlDocument,
  type HtmlElement,
  type OnProgress,
} from './html-tree.ts';
import type { NewId } from './piece.ts';

/** What a page says of itself outside its text. Empty where it says nothing. */
export interface PageMeta {
  /** True when the page declares itself a news article. */
  article: boolean;
  headline: string;
  description: string;
  section: string;
  authors: string[];
  site: string;
  keywords: string[];
  language: string;
  /** The day it says it was published, as `2019-09-04`. */
  publishedOn: string;
}

export function noMeta(): PageMeta {
  return {
    article: false,
    headline: '',
    description: '',
    section: '',
    authors: [],
    site: '',
    keywords: [],
    language: '',
    publishedOn: '',
  };
}

const Name = z.union([
  z.string(),
  z.looseObject({ name: z.string() }).transform(({ name }) => name),
]);
const oneOrMore = <T extends z.ZodType>(item: T) =>
  z.union([item.transform((value) => [value]), z.array(item)]);
const NewsArticle = z.looseObject({
  '@type': oneOrMore(z.string()).refine((types) =>
    types.some((type) => /Article$|BlogPosting/.test(type)),
  ),
  headline: z.string().optional().catch(undefined),
  description: z.string().optional().catch(undefined),
  articleSection: oneOrMore(z.string()).optional().catch(undefined),
  author: oneOrMore(Name).optional().catch(undefined),
  publisher: Name.optional().catch(undefined),
  datePublished: z.string().optional().catch(undefined),
});
type NewsArticle = z.infer<typeof NewsArticle>;

function jsonLd(document: HtmlDocument): NewsArticle | null {
  for (const script of findAll(
    document,
    (element) =>
      element.tagName === 'script' && attribute(element, 'type') === 'application/ld+json',
  )) {
    let data: unknown;
    try {
      data = JSON.parse(
        script.childNodes
          .filter(isText)
          .map(({ value }) => value)
          .join(''),
      );
    } catch {
      continue;
    }
    const graph = z.looseObject({ '@graph': z.array(z.unknown()) }).safeParse(data);
    const things = Array.isArray(data)
      ? (data as unknown[])
      : graph.success
        ? graph.data['@graph']
        : [data];
    for (const thing of things) {
      const parsed = NewsArticle.safeParse(thing);
      if (parsed.success) return parsed.data;
    }
  }
  return null;
}

function clean(text: string | undefined): string {
  return (text ?? '').replace(/\s+/g, ' ').trim();
}

function metaOf(document: HtmlDocument): PageMeta & { url: string } {
  const said = new Map<string, string[]>();
  for (const element of findAll(document, ({ tagName }) => tagName === 'meta')) {
    const name = (attribute(element, 'property') || attribute(element, 'name')).toLowerCase();
    const content = clean(attribute(element, 'content'));
    if (name && content) said.set(name, [...(said.get(name) ?? []), content]);
  }
  const first = (...names: string[]): string =>
    names.flatMap((name) => said.get(name) ?? [])[0] ?? '';
  const article = jsonLd(document);
  const [html] = findAll(document, ({ tagName }) => tagName === 'html');
  const [canonical] = findAll(
    document,
    (element) => element.tagName === 'link' && attribute(element, 'rel') === 'canonical',
  );
  const [title] = findAll(document, ({ tagName }) => tagName === 'title');
  const [time] = findAll(
    document,
    (element) => element.tagName === 'time' && attribute(element, 'datetime') !== '',
  );
  const date =
    first('article:published_time', 'date', 'dc.date', 'parsely-pub-date') ||
    (article?.datePublished ?? (time ? attribute(time, 'datetime') : ''));
  const site = first('og:site_name') || clean(article?.publisher);
  const titleText = title
    ? clean(
        title.childNodes
          .filter(isText)
          .map(({ value }) => value)
          .join(''),
      )
    : '';
  const keywords = [
    ...(said.get('article:tag') ?? []),
    ...first('news_keywords', 'keywords').split(/[,;]/),
  ];
  return {
    article: article !== null || first('og:type') === 'article',
    headline: first('og:title') || clean(article?.headline) || withoutSite(titleText, site),
    description: first('og:description', 'description') || clean(article?.description),
    section: first('article:section') || clean(article?.articleSection?.[0]),
    authors: [
      ...new Set(
        [...(article?.author ?? []), ...(said.get('author') ?? [])].map(clean).filter(Boolean),
      ),
    ],
    site,
    keywords: [...new Set(keywords.map(clean).filter(Boolean))],
    language: html ? attribute(html, 'lang') : '',
    publishedOn: findDate(date.slice(0, 100))?.day ?? '',
    url: canonical ? attribute(canonical, 'href') : first('og:url'),
  };
}

/** A page's title without the name of its site after the last bar or dash. */
function withoutSite(title: string, site: string): string {
  const cut = /^(.*\S)\s+[|–—·-]\s+([^|–—·]+)$/.exec(title);
  const [, before, after] = cut ?? [];
  if (before === undefined || after === undefined) return title;
  return site === '' || after.trim() === site || after.split(' ').length <= 4 ? before : title;
}

/** The element that holds the article: the fullest `article`, else `main`, unless the page's text is elsewhere. */
function rootOf(document: HtmlDocument): HtmlElement | null {
  const whole = textOf(document).length;
  const candidates = findAll(
    document,
    (element) =>
      element.tagName === 'article' ||
      element.tagName === 'main' ||
      attribute(element, 'role') === 'main',
  )
    .map((element) => ({ element, length: textOf(element).length }))
    .filter(({ length }) => length > whole * 0.3);
  const articles = candidates.filter(({ element }) => element.tagName === 'article');
  const best = (articles.length > 0 ? articles : candidates).sort((a, b) => b.length - a.length)[0];
  return best?.element ?? null;
}

export interface ReadPage {
  drafts: Draft[];
  meta: PageMeta;
}

/** Reads HTML, whole page or clipboard fragment, as pieces and what the page says of itself. */
export async function readHtml(
  html: string,
  newId: NewId,
  onProgress: OnProgress,
): Promise<ReadPage> {
  const document = await parseHtml(html, onProgress);
  const { url, ...meta } = metaOf(document);
  const [base] = findAll(document, ({ tagName }) => tagName === 'base');
  const root = rootOf(document);
  const start = base ? attribute(base, 'href') : url;
  const drafts = piecesOf(
    document.childNodes,
    { newId, base: safeWebUrl(start), root },
    pageContext(root !== null),
  );
  return { drafts, meta };
}

/** What the page in these bytes says of itself. Throws `unsupported` when they are no text. */
export async function readPageFacts(bytes: Uint8Array): Promise<PageMeta> {
  const { text } = decodeSource(bytes, '');
  return metaOf(await parseHtml(text, () => Promise.resolve()));
}
