import type { Id } from '#shared/article';
import type { ExchangeRequest } from '../../../src-server/connectors/index.ts';
import type { CmsPost, VirtualCms } from '../../helpers/cms/cms.ts';

/** Looks at everything that is done to a CMS, by the server and by people, and says what must not be. */
export interface CmsWatch {
  /** The post that a request is about; null for none. */
  idOf(request: ExchangeRequest): string | null;
  /** A request was carried out; `before` is what stood there until then. */
  saw(request: ExchangeRequest, before: ReadonlyMap<string, CmsPost>): void;
  /** Somebody changed a post in the CMS itself, or took it away. */
  edited(id: string): void;
  /** Somebody added a tag to a post there, and left its words as they were. */
  tagged(id: string, tag: string): void;
  /** The tags that people added to a post. */
  tagsOf(id: string): readonly string[];
  /** Somebody took a post from readers in the CMS itself, and left its words as they were. */
  hidden(id: string): void;
  /** The server no longer knows what it had put before readers of these articles, but that it did so before. */
  forgotHidden(isLost: (article: Id) => boolean): void;
  /** A chief says that what stands there may be published over; `when` says by what, if not by anything. */
  allow(words: Pick<CmsPost, 'title' | 'body'>, when?: () => boolean): void;
  /** Whether the last who changed a post was the server. */
  isAsWritten(id: string): boolean;
  /** Whether somebody had a hand in the post of this article. */
  wasTouched(article: Id): boolean;
  /** Which articles readers see there, each with its post. */
  live(): Map<Id, CmsPost[]>;
}

const MARK = /stet-([0-9a-f-]{36})/;

export function articleOf({ body, slug }: Pick<CmsPost, 'body' | 'slug'>): Id | null {
  return MARK.exec(body)?.[1] ?? MARK.exec(slug)?.[1] ?? null;
}

const wordsOf = ({ title, body }: Pick<CmsPost, 'title' | 'body'>): string =>
  JSON.stringify([title, body]);

export function watchCms(
  kind: string,
  cms: VirtualCms,
  complain: (what: string) => void,
  /** How often the newsroom withdrew an article itself, and whether readers are to see it now. */
  newsroom: { withdrawalsOf: (article: Id) => number; isPublished: (article: Id) => boolean },
): CmsWatch {
  const { withdrawalsOf } = newsroom;
  /** Where in the course of things the server read a post last, and where somebody changed it. */
  let moment = 0;
  const readAt = new Map<string, number>();
  const editedAt = new Map<string, number>();
  const articles = new Map<string, Id>();
  const touched = new Set<Id>();
  const inHands = new Set<string>();
  const tags = new Map<string, string[]>();
  const allowed = new Map<string, (() => boolean)[]>();
  /** Where in the course of things somebody took a post from readers, and how often its article had been withdrawn by then. */
  const hidden = new Map<string, { at: number; withdrawals: number }>();

  const remember = (): void => {
    for (const post of cms.posts()) {
      const article = articleOf(post);
      if (article !== null) articles.set(post.id, article);
    }
  };
  const live = (): Map<Id, CmsPost[]> => {
    const found = new Map<Id, CmsPost[]>();
    for (const post of cms.posts().filter((one) => one.live)) {
      const article = articles.get(post.id);
      if (article !== undefined) found.set(article, [...(found.get(article) ?? []), post]);
    }
    return found;
  };
  const isAllowed = (was: CmsPost): boolean =>
    allowed.get(wordsOf(was))?.some((when) => when()) ?? false;
  /** What somebody took from readers stays so, until the newsroom withdraws it itself or a chief allows it. */
  const judgeShowing = (was: CmsPost, is: CmsPost): void => {
    const taken = hidden.get(was.id);
    if (taken === undefined || was.live || !is.live) return;
    hidden.delete(was.id);
    const wasWithdrawn = withdrawalsOf(articles.get(was.id) ?? '') > taken.withdrawals;
    if (!wasWithdrawn && taken.at < (readAt.get(was.id) ?? 0) && !isAllowed(was))
      complain(`Post ${was.id} of ${kind}, which somebody took from readers, is shown again.`);
  };
  const judgeWrite = (was: CmsPost, is: CmsPost): void => {
    judgeShowing(was, is);
    if (wordsOf(was) === wordsOf(is)) return;
    const [read, edited] = [readAt.get(was.id), editedAt.get(was.id)];
    if (read === undefined)
      complain(`The post ${was.id} in ${kind} was written without a look at it.`);
    // Who saves between the look and the writing is written over: no CMS lets that be told beforehand.
    const isKnown = edited !== undefined && read !== undefined && edited < read;
    if (isKnown && !isAllowed(was))
      complain(`What somebody wrote into post ${was.id} of ${kind} was written over unasked.`);
    editedAt.delete(was.id);
  };

  /** Somebody does something to a post, just now; gives its article. */
  const haveHand = (id: string): Id | undefined => {
    moment += 1;
    inHands.add(id);
    remember();
    const article = articles.get(id);
    if (article !== undefined) touched.add(article);
    return article;
  };

  const judgeDraft = (is: CmsPost, before: ReadonlyMap<string, CmsPost>): void => {
    const article = articles.get(is.id);
    const there = [...before.keys()].find((id) => articles.get(id) === article);
    if (article !== undefined && there !== undefined)
      complain(`Article ${article} was put into ${kind} again, where post ${there} is its own.`);
  };

  const idOf: CmsWatch['idOf'] = ({ url }) => /\/posts\/([^/?]+)/.exec(url)?.[1] ?? null;
  return {
    idOf,
    saw(request, before) {
      moment += 1;
      remember();
      const id = idOf(request);
      if (request.method === 'GET') {
        // A list shows the posts as well as a question for one.
        for (const post of id === null ? cms.posts() : [{ id }]) readAt.set(post.id, moment);
        return;
      }
      for (const post of cms.posts()) {
        const was = before.get(post.id);
        if (was) judgeWrite(was, post);
        else judgeDraft(post, before);
      }
      if (id !== null) {
        readAt.delete(id);
        inHands.delete(id);
      }
      for (const [article, posts] of live())
        if (posts.length > 1)
          complain(
            `Article ${article} stands in ${kind} twice: ${posts.map((post) => post.id).join()}.`,
          );
    },
    edited(id) {
      haveHand(id);
      editedAt.set(id, moment);
    },
    tagged: (id, tag) => void tags.set(id, [...(tags.get(id) ?? []), tag]),
    tagsOf: (id) => tags.get(id) ?? [],
    allow: (words, when = () => true) =>
      void allowed.set(wordsOf(words), [...(allowed.get(wordsOf(words)) ?? []), when]),
    hidden(id) {
      const article = haveHand(id);
      // What the newsroom is about to take from readers itself, it may show again.
      if (article !== undefined && newsroom.isPublished(article))
        hidden.set(id, { at: moment, withdrawals: withdrawalsOf(article) });
    },
    forgotHidden(isLost) {
      for (const id of [...hidden.keys()]) if (isLost(articles.get(id) ?? '')) hidden.delete(id);
    },
    isAsWritten: (id) => !inHands.has(id),
    wasTouched: (article) => touched.has(article),
    live,
  };
}
