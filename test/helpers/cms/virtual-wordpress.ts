import type { ExchangeAnswer, ExchangeRequest } from '../../../src-server/connectors/index.ts';
import { bodyText, json, type VirtualCms } from './cms.ts';

interface Post {
  id: number;
  slug: string;
  status: string;
  title: string;
  content: string;
  excerpt: string;
  categories: number[];
  tags: number[];
  featured_media: number;
  modified: number;
  history: { title: string; body: string }[];
}

export interface WordPressAccount {
  login: string;
  password: string;
  role: 'editor' | 'author' | 'contributor';
}

export interface VirtualWordPress extends VirtualCms {
  terms: Record<'categories' | 'tags', string[]>;
  media: { slug: string; bytes: Uint8Array; alt: string; caption: string }[];
  account: WordPressAccount;
  find: (id: string) => Post | undefined;
}

interface Options {
  url: string;
  account: WordPressAccount;
  now?: () => number;
  permalinks?: 'pretty' | 'plain';
}

const CAPABILITIES: Record<WordPressAccount['role'], string[]> = {
  editor: [
    'edit_posts',
    'publish_posts',
    'edit_published_posts',
    'manage_categories',
    'upload_files',
  ],
  author: ['edit_posts', 'publish_posts', 'edit_published_posts', 'upload_files'],
  contributor: ['edit_posts'],
};

/** What an author's text goes through: numeric entities are spelt anew, and what is not allowed is gone. */
const filtered = (html: string): string =>
  html.replaceAll('&#39;', '&#039;').replace(/<\/?(script|iframe|time)\b[^>]*>/g, '');

const refusal = (
  status: number,
  code: string,
  message: string,
  more: object = {},
): ExchangeAnswer => json(status, { code, message, data: { status, ...more } });

/** WordPress's REST API as it was measured on real ones: posts, terms, media, and all that it lets pass without a word. */
export function virtualWordPress({
  url,
  account,
  now = Date.now,
  permalinks = 'pretty',
}: Options): VirtualWordPress {
  const posts = new Map<number, Post>();
  const terms: VirtualWordPress['terms'] = { categories: ['Uncategorized'], tags: [] };
  const media: VirtualWordPress['media'] = [];
  let lastId = 0;

  const freeSlug = (wanted: string, id: number): string => {
    const taken = new Set(
      [...posts.values()].filter((post) => post.id !== id).map(({ slug }) => slug),
    );
    for (let number = 1; ; number += 1) {
      const slug = number === 1 ? wanted : `${wanted}-${number}`;
      if (!taken.has(slug)) return slug;
    }
  };
  const change = (post: Post, fields: Record<string, unknown>, filter: boolean): void => {
    const clean = (value: unknown): string => (filter ? filtered(String(value)) : String(value));
    post.history.push({ title: post.title, body: post.content });
    if (fields.title !== undefined) post.title = clean(fields.title);
    if (fields.content !== undefined) post.content = clean(fields.content);
    if (fields.excerpt !== undefined) post.excerpt = clean(fields.excerpt);
    if (fields.slug !== undefined) post.slug = fields.slug as string;
    if (fields.status !== undefined) {
      if (post.status === 'trash') post.slug = post.slug.replace(/__trashed$/, '');
      post.status = fields.status as string;
    }
    if (Array.isArray(fields.categories)) post.categories = fields.categories as number[];
    if (Array.isArray(fields.tags)) post.tags = fields.tags as number[];
    if (fields.featured_media !== undefined) post.featured_media = Number(fields.featured_media);
    // A draft keeps whatever slug it is given; only what readers see has one of its own.
    if (post.status === 'publish') post.slug = freeSlug(post.slug || `post-${post.id}`, post.id);
    post.modified = now();
  };
  const shown = (post: Post): object => ({
    id: post.id,
    slug: post.slug,
    status: post.status,
    link: post.status === 'publish' ? `${url}/${post.slug}/` : `${url}/?p=${post.id}`,
    modified_gmt: new Date(post.modified).toISOString().slice(0, 19),
    title: { raw: post.title, rendered: post.title },
    excerpt: { raw: post.excerpt, rendered: post.excerpt },
    content: { raw: post.content, rendered: post.content },
    categories: post.categories,
    tags: post.tags,
    featured_media: post.featured_media,
  });

  const listPosts = (query: URLSearchParams, known: boolean): ExchangeAnswer => {
    const statuses = (query.get('status') ?? 'publish').split(',');
    if (!known && (query.get('context') === 'edit' || statuses.some((one) => one !== 'publish')))
      return refusal(400, 'rest_invalid_param', 'Invalid parameter(s): status');
    const found = [...posts.values()].filter(
      (post) =>
        (statuses.includes(post.status) || (statuses.includes('any') && post.status !== 'trash')) &&
        (query.get('slug') ?? post.slug) === post.slug &&
        [post.title, post.excerpt, post.content].some((text) =>
          text.includes(query.get('search') ?? ''),
        ),
    );
    return json(200, found.map(shown));
  };
  const onePost = (id: number, request: ExchangeRequest): ExchangeAnswer => {
    const post = posts.get(id);
    if (!post) return refusal(404, 'rest_post_invalid_id', 'Invalid post ID.');
    if (request.method === 'POST') {
      const fields = JSON.parse(bodyText(request)) as Record<string, unknown>;
      if (fields.status === 'publish' && account.role === 'contributor')
        return refusal(403, 'rest_cannot_publish', 'Sorry, you are not allowed to publish posts.');
      change(post, fields, account.role === 'author');
    }
    return json(200, shown(post));
  };
  const createPost = (request: ExchangeRequest): ExchangeAnswer => {
    const id = (lastId += 1);
    const post: Post = {
      id,
      slug: '',
      status: 'draft',
      title: '',
      content: '',
      excerpt: '',
      categories: [1],
      tags: [],
      featured_media: 0,
      modified: now(),
      history: [],
    };
    posts.set(id, post);
    change(
      post,
      JSON.parse(bodyText(request)) as Record<string, unknown>,
      account.role === 'author',
    );
    post.history = [];
    return json(201, shown(post));
  };
  const termsRoute = (
    taxonomy: 'categories' | 'tags',
    request: ExchangeRequest,
    query: URLSearchParams,
  ): ExchangeAnswer => {
    const names = terms[taxonomy];
    const escaped = (name: string): string => name.replaceAll('&', '&amp;');
    const all = names.map((name, index) => ({ id: index + 1, name: escaped(name) }));
    if (request.method === 'GET')
      return json(
        200,
        all.filter(({ name }) =>
          name.toLowerCase().includes((query.get('search') ?? '').toLowerCase()),
        ),
      );
    if (taxonomy === 'categories' && account.role !== 'editor')
      return refusal(403, 'rest_cannot_create', 'Sorry, you are not allowed to create terms.');
    const { name } = JSON.parse(bodyText(request)) as { name: string };
    const known = names.findIndex((one) => one.toLowerCase() === name.toLowerCase());
    if (known >= 0)
      return refusal(400, 'term_exists', 'A term with the name provided already exists.', {
        term_id: known + 1,
      });
    names.push(name);
    return json(201, { id: names.length, name: escaped(name) });
  };
  const oneMedium = (id: number, request: ExchangeRequest): ExchangeAnswer => {
    const medium = media[id - 1];
    if (!medium) return refusal(404, 'rest_post_invalid_id', 'Invalid post ID.');
    const said = JSON.parse(bodyText(request)) as { alt_text: string; caption: string };
    Object.assign(medium, { alt: said.alt_text, caption: said.caption });
    return json(200, { id });
  };
  const mediaRoute = (request: ExchangeRequest, query: URLSearchParams): ExchangeAnswer => {
    if (request.method === 'GET')
      return json(
        200,
        media.flatMap(({ slug, alt, caption }, index) =>
          slug === query.get('slug')
            ? [{ id: index + 1, alt_text: alt, caption: { raw: caption } }]
            : [],
        ),
      );
    const [, name = ''] =
      /filename="(.+)\.\w+"/.exec(request.headers['content-disposition'] ?? '') ?? [];
    const bytes = Buffer.from(request.body as Uint8Array);
    if (bytes.subarray(1, 4).toString('latin1') !== 'PNG')
      return refusal(
        500,
        'rest_upload_sideload_error',
        'Sorry, you are not allowed to upload this file type.',
      );
    const [alt, caption] = ['alt_text', 'caption'].map((key) => query.get(key) ?? '') as [
      string,
      string,
    ];
    media.push({ slug: name, bytes, alt, caption });
    return json(201, { id: media.length });
  };

  return {
    terms,
    media,
    account,
    find: (id) => posts.get(Number(id)),
    posts: () =>
      [...posts.values()].map((post) => ({
        id: String(post.id),
        slug: post.slug,
        status: post.status,
        title: post.title,
        excerpt: post.excerpt,
        body: post.content,
        tags: post.tags.map((id) => terms.tags[id - 1] ?? ''),
        image: media[post.featured_media - 1]?.slug ?? null,
        live: post.status === 'publish',
      })),
    edit: (id, { title, excerpt, body, status, tag }) => {
      const post = posts.get(Number(id));
      if (!post) return;
      if (tag !== undefined) {
        terms.tags.push(tag);
        post.tags = [...post.tags, terms.tags.length];
        return;
      }
      change(
        post,
        {
          ...(title !== undefined && { title }),
          ...(excerpt !== undefined && { excerpt }),
          ...(body !== undefined && { content: body }),
        },
        false,
      );
      if (status === 'trash') post.slug = `${post.slug}__trashed`;
      if (status !== undefined) post.status = status;
    },
    remove: (id) => void posts.delete(Number(id)),
    history: (id) => posts.get(Number(id))?.history ?? [],
    answer: (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const root = permalinks === 'pretty' ? `${url}/wp-json/` : `${url}/index.php?rest_route=/`;
      const route =
        permalinks === 'plain'
          ? searchParams.get('rest_route')
          : /^\/wp-json(\/.+)$/.exec(pathname)?.[1];
      if (route == null)
        return {
          status: 200,
          headers: { 'content-type': 'text/html', link: `<${root}>; rel="https://api.w.org/"` },
          body: '<!doctype html><title>A site</title>',
        };
      const { login, password } = account;
      const secret = `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
      const known = request.headers.authorization === secret;
      if (route === '/wp/v2/users/me')
        return known
          ? json(200, {
              name: login,
              capabilities: Object.fromEntries(
                CAPABILITIES[account.role].map((one) => [one, true]),
              ),
            })
          : refusal(401, 'rest_not_logged_in', 'You are not currently logged in.');
      if (!known && request.method === 'POST')
        return refusal(
          401,
          'rest_cannot_create',
          'Sorry, you are not allowed to create posts as this user.',
        );
      const [, , , kind, id] = route.split('/');
      if (kind === 'posts' && id !== undefined) return onePost(Number(id), request);
      if (kind === 'posts')
        return request.method === 'POST' ? createPost(request) : listPosts(searchParams, known);
      if (kind === 'media' && id !== undefined) return oneMedium(Number(id), request);
      if (kind === 'media') return mediaRoute(request, searchParams);
      if (kind === 'tags' || kind === 'categories') return termsRoute(kind, request, searchParams);
      return refusal(
        404,
        'rest_no_route',
        'No route was found matching the URL and request method.',
      );
    },
  };
}
