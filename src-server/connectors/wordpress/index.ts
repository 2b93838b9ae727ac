import { z } from 'zod';
import {
  areSameTerms,
  joinedTerms,
  markOf,
  type Connector,
  type RemotePost,
  type Words,
  type Written,
} from '../connector.ts';
import { accepted, ConnectorError } from '../exchange.ts';
import { canonicalHtml, htmlOfText, lettersOfHtml } from '../html.ts';
import { dialectOf, openApi, type WordPressAccess } from './api.ts';
import { contentOf } from './blocks.ts';
import { pictureOf } from './picture.ts';
import { termOf } from './terms.ts';

const Raw = z.object({ raw: z.string() });
const WordPressPost = z.object({
  id: z.number(),
  link: z.string(),
  slug: z.string(),
  status: z.string(),
  modified_gmt: z.string().nullable().default(''),
  title: Raw,
  excerpt: Raw,
  content: Raw,
  categories: z.array(z.number()).default([]),
  tags: z.array(z.number()).default([]),
  featured_media: z.number().default(0),
});

const Me = z.object({
  name: z.string(),
  capabilities: z.record(z.string(), z.boolean()).default({}),
});

const EVERY_STATUS = 'publish,future,draft,pending,private,trash';
const NEEDED = ['edit_posts', 'publish_posts', 'edit_published_posts'];

function toRemote(data: unknown): RemotePost {
  const parsed = WordPressPost.safeParse(data);
  if (!parsed.success)
    throw new ConnectorError(
      'unreachable',
      'WordPress gave an answer that is no post. Something stands between it and this server.',
    );
  const post = parsed.data;
  return {
    id: String(post.id),
    url: post.link,
    slug: post.slug,
    status: post.status,
    live: post.status === 'publish',
    updatedAt: post.modified_gmt ?? '',
    title: post.title.raw,
    excerpt: post.excerpt.raw,
    body: post.content.raw,
    terms: {
      categories: post.categories.map(String),
      tags: post.tags.map(String),
      image: post.featured_media === 0 ? [] : [String(post.featured_media)],
    },
    whole: true,
  };
}

/**
 * WordPress by its REST API. It has no precondition for a write: the last one wins without a word. So a post is found
 * by its mark before one is made, and read before it is written.
 */
export function wordpress(access: WordPressAccess): Connector {
  const ask = openApi(access);
  const dialect = dialectOf(access);
  let checked: ReturnType<Connector['check']> | undefined;

  const check = async (): ReturnType<Connector['check']> => {
    const answer = await ask('GET', '/wp/v2/users/me', { query: { context: 'edit' } });
    const me = Me.safeParse(answer.data);
    if (!me.success)
      throw new ConnectorError(
        'denied',
        'WordPress does not know this login and application password.',
      );
    const missing = NEEDED.filter((capability) => !me.data.capabilities[capability]);
    if (missing.length > 0)
      throw new ConnectorError(
        'denied',
        `${me.data.name} may not publish in this WordPress. Make the account an author at least.`,
      );
    return { site: new URL(access.address).host, account: me.data.name };
  };
  const list = async (query: Record<string, string>): Promise<RemotePost[]> => {
    const all = { ...query, status: EVERY_STATUS, context: 'edit', per_page: '100' };
    const { data } = accepted(await ask('GET', '/wp/v2/posts', { query: all }), dialect);
    return z.array(z.unknown()).parse(data).map(toRemote);
  };

  return {
    kind: 'wordpress',
    check,
    find: async (article) => {
      // A wrong password is served as a stranger, who sees no drafts: a list is worth nothing before this.
      await (checked ??= check());
      const bySlug = await list({ slug: markOf(article) });
      const byText = await list({ search: markOf(article) });
      const mark = markOf(article);
      const found = [...bySlug, ...byText].filter(
        ({ slug, body }) => slug.startsWith(mark) || body.includes(mark),
      );
      const byId = new Map(found.map((post) => [post.id, post]));
      return [...byId.values()].sort((a, b) => Number(a.id) - Number(b.id));
    },
    prepare: async (post) => {
      const image = post.leadImage && (await pictureOf(ask, post.leadImage, post.assetBytes));
      const category = post.section === '' ? null : await termOf(ask, 'categories', post.section);
      const tags: string[] = [];
      for (const name of post.tags) {
        const tag = await termOf(ask, 'tags', name);
        if (tag !== null) tags.push(tag);
      }
      return {
        title: htmlOfText(post.headline),
        excerpt: htmlOfText(post.standfirst),
        body: contentOf(post, image !== null),
        terms: { categories: category ? [category] : [], tags, image: image ? [image] : [] },
      };
    },
    createDraft: async (post, { title, excerpt, body }) => {
      const draft = { status: 'draft', slug: markOf(post.article), title, excerpt, content: body };
      return toRemote(accepted(await ask('POST', '/wp/v2/posts', { body: draft }), dialect).data);
    },
    read: async (id) => {
      const answer = await ask('GET', `/wp/v2/posts/${id}`, { query: { context: 'edit' } });
      if (answer.status === 404 && dialect.refusalIn(answer.data).code === 'rest_post_invalid_id')
        return null;
      return toRemote(accepted(answer, dialect).data);
    },
    write: async (post, written, current, before) => {
      const { title, excerpt, body } = written;
      const { categories, tags, image } = termsAfter(current, written, before);
      const isNew = current.slug.startsWith(markOf(post.article)) || current.status === 'trash';
      const change = {
        status: 'publish',
        title,
        excerpt,
        content: body,
        tags: tags.map(Number),
        categories: categories.map(Number),
        ...(isNew && { slug: post.slug }),
        featured_media: Number(image[0] ?? 0),
      };
      accepted(await ask('POST', `/wp/v2/posts/${current.id}`, { body: change }), dialect);
    },
    takeDown: async ({ id }) => {
      accepted(await ask('POST', `/wp/v2/posts/${id}`, { body: { status: 'draft' } }), dialect);
    },
    isSame: (found, sent) => spelt(found) === spelt(sent),
    readsSame: (found, sent) => lettersOf(found) === lettersOf(sent),
    hasTerms: (found, written, before) =>
      areSameTerms(found.terms, termsAfter(found, written, before)),
  };
}

/** The terms that a write leaves there. A post is never without a category: WordPress would give it one of its own. */
function termsAfter(
  current: RemotePost,
  { terms }: Written,
  before: Written | null,
): { categories: string[]; tags: string[]; image: string[] } {
  const joined = (name: string): string[] =>
    joinedTerms(current.terms[name] ?? [], before?.terms[name] ?? [], terms[name] ?? []);
  // The category that WordPress gave a draft of itself is not one that somebody chose.
  const categories = before === null ? (terms.categories ?? []) : joined('categories');
  return {
    categories: categories.length > 0 ? categories : (current.terms.categories ?? []),
    tags: joined('tags'),
    image: joined('image').slice(0, 1),
  };
}

function spelt({ title, excerpt, body }: Words): string {
  return JSON.stringify([title, excerpt, body].map(canonicalHtml));
}

function lettersOf({ title, excerpt, body }: Words): string {
  return JSON.stringify([title, excerpt, body].map(lettersOfHtml));
}
