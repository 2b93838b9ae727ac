import { creditLineOf, type Fields } from '#shared/article';

export interface NewsArticleFacts {
  /** The article's public address. */
  url: string;
  publication: { name: string; url: string; logoUrl?: string };
  /** RFC 3339 instants. */
  publishedAt: string;
  updatedAt: string;
  words: number;
  assetUrl(hash: string): string;
}

type JsonLd = Record<string, unknown>;

function filled(data: JsonLd): JsonLd {
  const worth = (value: unknown): boolean =>
    value !== undefined &&
    value !== null &&
    value !== '' &&
    !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(data).filter(([, value]) => worth(value)));
}

/** schema.org NewsArticle for an article's public page, ready for {@link jsonLdText}. Addresses are to be absolute. */
export function newsArticleData(fields: Fields, facts: NewsArticleFacts): JsonLd {
  const { publication } = facts;
  const publisher = filled({
    '@type': 'NewsMediaOrganization',
    name: publication.name,
    url: publication.url,
    logo: publication.logoUrl && { '@type': 'ImageObject', url: publication.logoUrl },
  });
  const { leadImage } = fields;
  return filled({
    '@context': 'https://schema.org',
    '@type': 'NewsArticle',
    mainEntityOfPage: { '@type': 'WebPage', '@id': facts.url },
    url: facts.url,
    headline: fields.headline,
    alternativeHeadline: fields.shortHeadline,
    description: fields.teaser || fields.standfirst,
    articleSection: fields.section,
    dateline: fields.dateline,
    author: fields.byline.map(({ name, desk }) => ({
      '@type': desk ? 'Organization' : 'Person',
      name,
    })),
    contributor: fields.contributors.map(({ name, kind, affiliation, role }) =>
      filled({
        '@type': kind === 'service' ? 'Organization' : 'Person',
        name,
        jobTitle: kind === 'person' ? role : '',
        affiliation: kind === 'person' &&
          affiliation && { '@type': 'Organization', name: affiliation },
      }),
    ),
    creditText: creditLineOf(fields),
    datePublished: facts.publishedAt,
    dateModified: facts.updatedAt,
    inLanguage: fields.language,
    keywords: [...new Set([...fields.keywords, ...fields.subjects])].join(', '),
    wordCount: facts.words > 0 ? facts.words : undefined,
    image: leadImage && [
      filled({
        '@type': 'ImageObject',
        url: facts.assetUrl(leadImage.asset),
        width: leadImage.width,
        height: leadImage.height,
        caption: leadImage.caption,
        creditText: leadImage.credit,
      }),
    ],
    publisher,
    usageInfo: /^https?:/.test(fields.usageTerms) ? fields.usageTerms : '',
    correction: fields.corrections.map(({ note, at }) => ({
      '@type': 'CorrectionComment',
      text: note,
      datePublished: at,
    })),
    isAccessibleForFree: true,
  });
}

/** JSON that may stand inside `<script type="application/ld+json">`: nothing in it can end the script element. */
export function jsonLdText(data: unknown): string {
  return JSON.stringify(data).replace(
    /[<>&\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
