import { createHmac } from 'node:crypto';
import { renderBodyHtml } from '#shared/render';
import type { ExchangeAnswer, ExchangeRequest } from '../../../src-server/connectors/index.ts';
import { bodyText, json, type VirtualCms } from './cms.ts';

interface Post {
  id: string;
  slug: string;
  status: string;
  title: string;
  lexical: string;
  custom_excerpt: string | null;
  codeinjection_foot: string | null;
  feature_image: string | null;
  feature_image_alt: string | null;
  feature_image_caption: string | null;
  tags: { name: string }[];
  updated_at: string;
}

export interface VirtualGhost extends VirtualCms {
  find: (id: string) => Post | undefined;
}

interface Options {
  url: string;
  /** An Admin API key. */
  key: string;
  now?: () => number;
}

/** What Ghost renders. At the first node of another kind it cuts the page, without a word. */
const RENDERED = new Set(
  [
    'root paragraph text extended-text heading extended-heading quote extended-quote aside list listitem link linebreak tab',
    'horizontalrule image html markdown codeblock callout toggle button bookmark embed gallery file audio video paywall',
  ]
    .join(' ')
    .split(' '),
);

interface Node {
  type: string;
  children?: Node[];
  text?: string;
  html?: string;
}

const isRendered = (node: Node): boolean =>
  RENDERED.has(node.type) && (node.children ?? []).every(isRendered);

function htmlOf(node: Node): string {
  if (node.type === 'html') return node.html ?? '';
  if (node.text !== undefined) {
    const words = { type: 'text' as const, text: node.text };
    return renderBodyHtml([{ type: 'paragraph', $: { id: 'ghost-text' }, children: [words] }], {
      assetUrl: () => '',
    }).replace(/^<p>|<\/p>$/g, '');
  }
  return `<${node.type}>${(node.children ?? []).map(htmlOf).join('')}</${node.type}>`;
}

/** The page of a document: whole, or up to the first block that Ghost does not know. */
function pageOf(lexical: string): string {
  const blocks = (JSON.parse(lexical) as { root: { children: Node[] } }).root.children;
  const end = blocks.findIndex((block) => !isRendered(block));
  return blocks
    .slice(0, end === -1 ? blocks.length : end)
    .map(htmlOf)
    .join('\n');
}

const refusal = (status: number, message: string, code: string | null = null): ExchangeAnswer =>
  json(status, { errors: [{ message, context: null, type: 'Error', code }] });

/** Ghost's Admin API as it was measured on a real one: what it takes, what it cuts, and what its precondition lets through. */
export function virtualGhost({ url, key, now = Date.now }: Options): VirtualGhost {
  const posts = new Map<string, Post>();
  const histories = new Map<string, { title: string; body: string }[]>();
  const tagNames: string[] = [];
  const { compare } = new Intl.Collator('en', { sensitivity: 'base' });
  const [kid = '', secret = ''] = key.split(':');
  let lastId = 0;

  const isKnown = (request: ExchangeRequest): boolean => {
    const [head = '', claim = '', signature] = (request.headers.authorization ?? '')
      .replace(/^Ghost /, '')
      .split('.');
    const right = createHmac('sha256', Buffer.from(secret, 'hex')).update(`${head}.${claim}`);
    if (signature !== right.digest('base64url')) return false;
    const decoded = (part: string): Record<string, unknown> =>
      JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
    const { iat, exp, aud } = decoded(claim);
    const isFresh = Number(exp) - Number(iat) <= 300 && aud === '/admin/';
    return isFresh && decoded(head).kid === kid && decoded(head).alg === 'HS256';
  };
  const freeSlug = (wanted: string, id: string): string => {
    const taken = new Set(
      [...posts.values()].filter((post) => post.id !== id).map(({ slug }) => slug),
    );
    for (let number = 1; ; number += 1) {
      const slug = number === 1 ? wanted : `${wanted}-${number}`;
      if (!taken.has(slug)) return slug;
    }
  };
  /** A tag goes by the name under which it was made: a database like MySQL tells neither case nor accents apart. */
  const spelt = (tags: { name: string }[]): { name: string }[] => {
    const names = tags.map(({ name }) => {
      const known = tagNames.find((one) => compare(one, name) === 0);
      if (known === undefined) tagNames.push(name);
      return known ?? name;
    });
    return [...new Set(names)].map((name) => ({ name }));
  };
  /** Times hold to a second, and what leaves words and status alone does not count as a change. */
  const change = (post: Post, fields: Partial<Post>): void => {
    const before = JSON.stringify([
      post.title,
      post.lexical,
      post.custom_excerpt,
      post.status,
      post.slug,
    ]);
    const history = histories.get(post.id) ?? [];
    histories.set(post.id, [...history, { title: post.title, body: post.lexical }]);
    const { title, lexical, custom_excerpt, status, slug, tags, feature_image } = fields;
    const { feature_image_alt, feature_image_caption } = fields;
    Object.assign(post, {
      ...(title !== undefined && { title }),
      ...(lexical !== undefined && { lexical }),
      ...(custom_excerpt !== undefined && { custom_excerpt }),
      ...(status !== undefined && { status }),
      ...(tags !== undefined && { tags: spelt(tags) }),
      ...(feature_image !== undefined && { feature_image }),
      ...(feature_image_alt !== undefined && { feature_image_alt }),
      ...(feature_image_caption !== undefined && { feature_image_caption }),
      ...(slug !== undefined && { slug: freeSlug(slug, post.id) }),
    });
    const after = JSON.stringify([
      post.title,
      post.lexical,
      post.custom_excerpt,
      post.status,
      post.slug,
    ]);
    if (before !== after) post.updated_at = `${new Date(now()).toISOString().slice(0, 19)}.000Z`;
  };
  const shown = (post: Post): object => ({
    ...post,
    url: post.status === 'published' ? `${url}/${post.slug}/` : `${url}/p/${post.id}/`,
    html: pageOf(post.lexical),
  });
  const isRefused = ({ title = '', custom_excerpt = '', tags = [] }: Partial<Post>): boolean =>
    title.length > 255 ||
    (custom_excerpt ?? '').length > 300 ||
    tags.some(({ name }) => name.startsWith(','));

  const create = (fields: Partial<Post>): ExchangeAnswer => {
    if (isRefused(fields)) return refusal(422, 'Validation error, cannot save post.');
    const id = (lastId += 1).toString(16).padStart(24, '0');
    const post: Post = {
      id,
      slug: '',
      status: 'draft',
      title: '',
      lexical: '',
      custom_excerpt: null,
      codeinjection_foot: fields.codeinjection_foot ?? null,
      feature_image: null,
      feature_image_alt: null,
      feature_image_caption: null,
      tags: [],
      updated_at: '',
    };
    posts.set(id, post);
    change(post, fields);
    histories.set(id, []);
    return json(201, { posts: [shown(post)] });
  };
  const update = (post: Post, fields: Partial<Post>): ExchangeAnswer => {
    if (fields.updated_at === undefined) return refusal(422, 'updated_at is required.');
    if (fields.updated_at !== post.updated_at)
      return refusal(409, 'Saving failed! Someone else is editing this post.', 'UPDATE_COLLISION');
    if (isRefused(fields)) return refusal(422, 'Validation error, cannot save post.');
    change(post, fields);
    return json(200, { posts: [shown(post)] });
  };
  const list = (filter: string | null): ExchangeAnswer => {
    const [, slug] = /slug:'([^']*)'/.exec(filter ?? '') ?? [];
    const [, foot] = /codeinjection_foot:'([^']*)'/.exec(filter ?? '') ?? [];
    const found = [...posts.values()].filter(
      (post) => filter === null || post.slug === slug || post.codeinjection_foot === foot,
    );
    return json(200, { posts: found.map(shown) });
  };

  return {
    find: (id) => posts.get(id),
    posts: () =>
      [...posts.values()].map((post) => ({
        id: post.id,
        slug: post.slug,
        status: post.status,
        title: post.title,
        excerpt: post.custom_excerpt ?? '',
        body: post.lexical,
        tags: post.tags.map(({ name }) => name),
        image: post.feature_image,
        live: post.status === 'published',
      })),
    edit: (id, { body, excerpt, tag, ...fields }) => {
      const post = posts.get(id);
      const tags = tag === undefined ? {} : { tags: [...(post?.tags ?? []), { name: tag }] };
      const text = {
        ...(body !== undefined && { lexical: body }),
        ...(excerpt !== undefined && { custom_excerpt: excerpt }),
      };
      if (post) change(post, { ...fields, ...tags, ...text });
    },
    remove: (id) => void posts.delete(id),
    history: (id) => histories.get(id) ?? [],
    answer: (request) => {
      const { pathname, searchParams } = new URL(request.url);
      const route = /^\/ghost\/api\/admin(\/.*)$/.exec(pathname)?.[1];
      if (route === undefined) return { status: 404, headers: {}, body: '<!doctype html>' };
      if (request.headers.authorization === undefined) return refusal(403, 'Authorization failed');
      if (!isKnown(request)) return refusal(401, 'Unknown Admin API Key');
      if (route === '/site/') return json(200, { site: { title: 'A blog', url } });
      const [, , id = ''] = route.split('/');
      const fields =
        request.method === 'GET'
          ? {}
          : (JSON.parse(bodyText(request)) as { posts: [Partial<Post>] }).posts[0];
      if (id === '')
        return request.method === 'POST' ? create(fields) : list(searchParams.get('filter'));
      const post = posts.get(id);
      if (!post) return refusal(404, 'Resource not found error, cannot read post.');
      return request.method === 'PUT' ? update(post, fields) : json(200, { posts: [shown(post)] });
    },
  };
}
