import { z } from 'zod';
import { canonicalJson, safeWebUrl } from '#shared/article';
import {
  areSameTerms,
  joinedTerms,
  markComment,
  markOf,
  type Connector,
  type Post,
  type RemotePost,
  type Words,
  type Written,
} from '../connector.ts';
import {
  accepted,
  askJson,
  ConnectorError,
  type Dialect,
  type Exchange,
  type JsonAnswer,
} from '../exchange.ts';
import { lettersOfHtml } from '../html.ts';
import { captionOf, documentOf } from './lexical.ts';
import { adminToken } from './token.ts';

export interface GhostAccess {
  exchange: Exchange;
  address: string;
  /** An Admin API key: `id:secret`. */
  key: string;
  now: () => number;
}

const TITLE_LIMIT = 255;
const EXCERPT_LIMIT = 300;
const ALT_LIMIT = 191;

const GhostPost = z.object({
  id: z.string(),
  url: z.string(),
  slug: z.string(),
  status: z.string(),
  updated_at: z.string(),
  title: z.string(),
  custom_excerpt: z.string().nullable(),
  lexical: z.string().nullable(),
  html: z.string().nullable(),
  codeinjection_foot: z.string().nullable().default(null),
  feature_image: z.string().nullable().default(null),
  feature_image_alt: z.string().nullable().default(null),
  feature_image_caption: z.string().nullable().default(null),
  tags: z.array(z.object({ name: z.string() })).default([]),
});
const Posts = z.object({ posts: z.array(z.unknown()) });
const Site = z.object({ site: z.object({ title: z.string() }) });
const Refusal = z.object({
  errors: z.array(
    z.object({
      message: z.string().nullable().default(''),
      context: z.string().nullable().default(''),
      code: z.string().nullable().default(''),
    }),
  ),
});

const FORMATS = { formats: 'lexical,html' };

function refusalIn(data: unknown): { code: string; message: string } {
  const [error] = Refusal.safeParse(data).data?.errors ?? [];
  return { code: error?.code ?? '', message: error?.context ?? error?.message ?? '' };
}

function toRemote(data: unknown): RemotePost {
  const parsed = GhostPost.safeParse(data);
  if (!parsed.success)
    throw new ConnectorError(
      'unreachable',
      'Ghost gave an answer that is no post. Something stands between it and this server.',
    );
  const post = parsed.data;
  // The mark ends the text: what stands in the document and is missing from the page was cut off.
  const mark = /<!-- stet-[0-9a-f-]{36} -->/.exec(post.lexical ?? '')?.[0];
  return {
    id: post.id,
    url: post.url,
    slug: post.slug,
    status: post.status,
    live: post.status === 'published',
    updatedAt: post.updated_at,
    title: post.title,
    excerpt: post.custom_excerpt ?? '',
    body: post.lexical ?? '',
    terms: {
      tags: post.tags.map(({ name }) => name),
      image: listed(post.feature_image),
      alt: listed(post.feature_image_alt),
      caption: listed(post.feature_image_caption),
    },
    whole: mark === undefined || (post.html ?? '').includes(mark),
  };
}

/** What stands in a field of one; Ghost keeps an empty one as none. */
const listed = (value: string | null): string[] => (value ? [value] : []);

/** As much as fits of a standfirst; what does not fit stands above the text, whole. */
function excerptOf(standfirst: string): string {
  if (standfirst.length <= EXCERPT_LIMIT) return standfirst;
  const cut = standfirst.slice(0, EXCERPT_LIMIT - 2);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), EXCERPT_LIMIT / 2)).toWellFormed()} …`;
}

/**
 * Ghost by its Admin API. A write has to name the exact time of the last change that was read, which holds to a second:
 * what it lets through all the same is found when it is read back.
 */
export function ghost(access: GhostAccess): Connector {
  const { exchange, key, now } = access;
  const dialect: Dialect = { label: 'Ghost', now, refusalIn };
  const base = `${access.address.replace(/\/+$/, '')}/ghost/api/admin`;
  const ask = async (
    method: 'GET' | 'POST' | 'PUT',
    route: string,
    query: Record<string, string> = {},
    post?: Record<string, unknown>,
  ): Promise<JsonAnswer> =>
    askJson(
      exchange,
      {
        method,
        url: `${base}${route}?${new URLSearchParams(query).toString()}`,
        headers: {
          authorization: `Ghost ${adminToken(key, now())}`,
          'accept-version': 'v6.0',
          ...(post && { 'content-type': 'application/json' }),
        },
        ...(post && { body: JSON.stringify({ posts: [post] }) }),
      },
      dialect,
    );
  const postsIn = ({ data }: JsonAnswer): RemotePost[] => {
    const { posts } = Posts.safeParse(data).data ?? {};
    if (posts) return posts.map(toRemote);
    throw new ConnectorError(
      'unreachable',
      'Ghost gave an answer that holds no posts. Something stands between it and this server.',
    );
  };
  const put = async (id: string, change: Record<string, unknown>): Promise<void> => {
    const answer = await ask('PUT', `/posts/${id}/`, FORMATS, change);
    if (answer.status === 409)
      throw new ConnectorError('collision', 'Somebody is writing in Ghost at this moment.');
    accepted(answer, dialect);
  };

  return {
    kind: 'ghost',
    check: async () => {
      const { data } = accepted(await ask('GET', '/site/'), dialect);
      accepted(await ask('GET', '/posts/', { limit: '1' }), dialect);
      const site = Site.safeParse(data).data?.site.title;
      if (site === undefined)
        throw new ConnectorError('denied', 'There is no Ghost at this address.');
      return { site, account: 'the integration' };
    },
    find: async (article) => {
      const filter = `slug:'${markOf(article)}',codeinjection_foot:'${markComment(article)}'`;
      const query = { ...FORMATS, filter, limit: '100', order: 'created_at asc' };
      return postsIn(accepted(await ask('GET', '/posts/', query), dialect));
    },
    prepare: (post) => {
      if (post.headline.length > TITLE_LIMIT)
        throw new ConnectorError(
          'refused',
          `Ghost takes headlines of ${TITLE_LIMIT} characters at most. Shorten it and publish again.`,
        );
      const excerpt = excerptOf(post.standfirst);
      const image = post.leadImage && safeWebUrl(post.assetUrl(post.leadImage.asset));
      return Promise.resolve({
        title: post.headline,
        excerpt,
        body: documentOf(post, excerpt === post.standfirst ? '' : post.standfirst),
        terms: {
          tags: tagsOf(post),
          image: listed(image),
          alt: image ? listed((post.leadImage?.alt ?? '').slice(0, ALT_LIMIT).toWellFormed()) : [],
          caption: image ? listed(captionOf(post)) : [],
        },
      });
    },
    createDraft: async (post, { title, excerpt, body }) => {
      const answer = await ask('POST', '/posts/', FORMATS, {
        status: 'draft',
        slug: markOf(post.article),
        title,
        lexical: body,
        custom_excerpt: excerpt,
        codeinjection_foot: markComment(post.article),
      });
      const [draft] = postsIn(accepted(answer, dialect));
      if (!draft) throw new ConnectorError('unreachable', 'Ghost gave no draft back.');
      return draft;
    },
    read: async (id) => {
      const answer = await ask('GET', `/posts/${id}/`, FORMATS);
      if (answer.status === 404 && refusalIn(answer.data).message !== '') return null;
      return postsIn(accepted(answer, dialect))[0] ?? null;
    },
    write: async (post, written, current, before) => {
      const { title, excerpt, body } = written;
      const terms = termsAfter(current, written, before);
      await put(current.id, {
        updated_at: current.updatedAt,
        status: 'published',
        title,
        lexical: body,
        custom_excerpt: excerpt,
        feature_image: terms.image[0] ?? null,
        feature_image_alt: terms.alt[0] ?? null,
        feature_image_caption: terms.caption[0] ?? null,
        tags: orderedTags(terms.tags, written.terms.tags ?? []).map((name) => ({ name })),
        ...(current.slug.startsWith(markOf(post.article)) && { slug: post.slug }),
      });
    },
    takeDown: ({ id, updatedAt }) => put(id, { updated_at: updatedAt, status: 'draft' }),
    isSame: (found, sent) => spelt(found) === spelt(sent),
    readsSame: (found, sent) => lettersOf(found) === lettersOf(sent),
    hasTerms: (found, written, before) => {
      const { tags, ...picture } = termsAfter(found, written, before);
      return areSameTerms(found.terms, { tags }, isSameTag) && areSameTerms(found.terms, picture);
    },
  };
}

const { compare } = new Intl.Collator('en', { sensitivity: 'base' });

/** A Ghost on MySQL finds the tag “Café” by the name “cafe”. */
const isSameTag = (one: string, other: string): boolean => compare(one, other) === 0;

/** The section and the keywords, without the comma at their head that Ghost takes in no tag. */
function tagsOf({ section, tags }: Post): string[] {
  const names = [section, ...tags].map((name) => name.replace(/^[,\s]+/, ''));
  return names.filter(
    (name, index) => name !== '' && names.findIndex((one) => isSameTag(one, name)) === index,
  );
}

/** The terms that a write leaves there. */
function termsAfter(
  current: RemotePost,
  { terms }: Written,
  before: Written | null,
): Record<'tags' | 'image' | 'alt' | 'caption', string[]> {
  const joined = (name: string, isSame?: typeof isSameTag): string[] =>
    joinedTerms(current.terms[name] ?? [], before?.terms[name] ?? [], terms[name] ?? [], isSame);
  const image = joined('image').slice(0, 1);
  // A picture that others chose keeps the words that they gave it.
  const words = terms.image?.[0] === image[0] ? terms : current.terms;
  const { alt = [], caption = [] } = words;
  return { tags: joined('tags', isSameTag), image, alt, caption };
}

/** The section comes first: Ghost takes the first tag for the one that an article belongs to. */
function orderedTags(all: readonly string[], ours: readonly string[]): string[] {
  return [...ours, ...all.filter((tag) => !ours.includes(tag))];
}

/** The document, whatever order its members stand in. */
function documentIn(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}

function spelt({ title, excerpt, body }: Words): string {
  return canonicalJson([title.trim(), excerpt.trim(), documentIn(body)]);
}

/** Every letter of the document, in its order, wherever in it they stand. */
function lettersOf({ title, excerpt, body }: Words): string {
  const letters: string[] = [];
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    if ('text' in value && typeof value.text === 'string') letters.push(value.text);
    if ('html' in value && typeof value.html === 'string') letters.push(lettersOfHtml(value.html));
    Object.values(value).forEach(visit);
  };
  visit(documentIn(body));
  return [title, excerpt, letters.join('')].join('\n').replace(/[^\S\n]+/g, '');
}
