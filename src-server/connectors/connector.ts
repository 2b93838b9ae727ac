import type { Block, Hash, Id, ImageInfo } from '#shared/article';
import type { ChannelKind } from '#shared/api';

/** One approved revision as a CMS is to show it. */
export interface Post {
  article: Id;
  slug: string;
  headline: string;
  standfirst: string;
  section: string;
  tags: string[];
  language: string;
  direction: 'ltr' | 'rtl';
  /** Who wrote it, as a visible line; the dateline. */
  byline: string;
  dateline: string;
  body: Block[];
  /** What follows the body: credit line, corrections, related articles, as HTML. */
  creditLine: string;
  ending: string;
  leadImage: ImageInfo | null;
  /** Where readers find a picture: an absolute address; and its bytes. */
  assetUrl: (hash: Hash) => string;
  assetBytes: (hash: Hash) => Promise<Uint8Array<ArrayBuffer>>;
}

/** Sections, tags and the picture at the top with its words, by the names or numbers that the CMS has for them. */
export type Terms = Record<string, string[]>;

/** What stands in a CMS. `title`, `excerpt` and `body` are the exact texts that it keeps. */
export interface RemotePost {
  id: string;
  url: string;
  slug: string;
  status: string;
  /** Whether readers see it. */
  live: boolean;
  /** When the CMS says that it was changed last: Ghost's precondition for a write. */
  updatedAt: string;
  title: string;
  excerpt: string;
  body: string;
  terms: Terms;
  /** Whether all that was sent prints: a CMS may cut what it does not know. */
  whole: boolean;
}

/** The words of a post as they are sent. */
export type Words = Pick<RemotePost, 'title' | 'excerpt' | 'body'>;

/** What was written: its words, and the terms that Stet put there, which an update may take away again. */
export interface Written extends Words {
  terms: Terms;
}

/** A CMS, as far as publishing to it goes. Everything it throws is a ConnectorError. */
export interface Connector {
  kind: ChannelKind;
  /** Whether the secret lets Stet in and may publish; gives what the site calls itself. */
  check: () => Promise<{ site: string; account: string }>;
  /** Every post that carries the article's mark, whatever its status; oldest first. */
  find: (article: Id) => Promise<RemotePost[]>;
  /** The words and terms of a post in the form that this CMS takes. Pictures and terms that it lacks are put there. */
  prepare: (post: Post) => Promise<Written>;
  /** Makes a draft, which readers do not see, under a mark by which it is found again. */
  createDraft: (post: Post, written: Written) => Promise<RemotePost>;
  /** Null when it is gone for good. */
  read: (id: string) => Promise<RemotePost | null>;
  /** Publishes or updates in one request what was read as `current`. */
  write: (
    post: Post,
    written: Written,
    current: RemotePost,
    before: Written | null,
  ) => Promise<void>;
  /** Takes it from readers and keeps it as a draft. */
  takeDown: (current: RemotePost) => Promise<void>;
  /** Whether the words are those that were sent, in the spelling of this CMS. */
  isSame: (found: Words, sent: Words) => boolean;
  /** Whether they read the same, whatever the CMS made of their markup. */
  readsSame: (found: Words, sent: Words) => boolean;
  /** Whether a write would leave the terms as they are; `before` is what Stet put there last. */
  hasTerms: (found: RemotePost, written: Written, before: Written | null) => boolean;
}

/** The mark of an article, in its text there and in the slug of its draft: by it a post is found whose id was lost. */
export const markOf = (article: Id): string => `stet-${article}`;
export const markComment = (article: Id): string => `<!-- ${markOf(article)} -->`;

type IsSameTerm = (one: string, other: string) => boolean;

const isEqual: IsSameTerm = (one, other) => one === other;

/**
 * Terms after an update: what others added stays, what Stet put there before and no longer wants goes. `isSame` says which
 * terms are one to this CMS.
 */
export function joinedTerms(
  current: string[],
  before: string[],
  wanted: string[],
  isSame = isEqual,
): string[] {
  const ours = [...before, ...wanted];
  const others = current.filter((term) => !ours.some((one) => isSame(one, term)));
  return [...new Set([...others, ...wanted])];
}

/** Whether the same terms stand there as are expected, in whatever order. */
export function areSameTerms(found: Terms, expected: Terms, isSame = isEqual): boolean {
  return Object.entries(expected).every(([name, terms]) => {
    const standing = found[name] ?? [];
    return (
      standing.length === terms.length &&
      terms.every((term) => standing.some((one) => isSame(one, term)))
    );
  });
}
