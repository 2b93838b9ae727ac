import { newId } from '#shared/article';
import type * as answersModule from '../../../src-server/store/answers.ts';
import type * as articlesModule from '../../../src-server/store/articles.ts';
import type * as binModule from '../../../src-server/sync/apply-bin.ts';
import type * as applyCommentModule from '../../../src-server/sync/apply-comment.ts';
import type * as applyInboxModule from '../../../src-server/sync/apply-inbox.ts';
import type * as accessModule from '../../../src-server/sync/access.ts';
import type * as inboxModule from '../../../src-server/store/inbox.ts';
import type * as digestModule from '../../../src-server/sync/digest.ts';
import type * as serverFeedModule from '../../../src-server/store/feed.ts';
import type * as permissionsModule from '../../../src-shared/workflow/permissions.ts';
import type * as decideModule from '../../../src-shared/workflow/decide.ts';
import type * as commentsModule from '../../../src-server/store/comments.ts';
import type * as publishModule from '../../../src-server/publishing/publish.ts';
import type * as transitModule from '../../../src-server/publishing/transit.ts';
import { at, type PlantedBug, type Seam } from './seam.ts';

type Decide = typeof decideModule.decide;

/** Decides on other facts or another request than those that are. */
function deciding(
  change: (
    request: Parameters<Decide>[1],
    facts: Parameters<Decide>[2],
  ) => [Parameters<Decide>[1], Parameters<Decide>[2]],
): Seam {
  return at<Decide>(
    'src-shared/workflow/decide.ts',
    'decide',
    (original) => (actor, request, facts) => original(actor, ...change(request, facts)),
  );
}

const ARTICLES = 'src-server/store/articles.ts';
const PUBLISH = 'src-server/publishing/publish.ts';

export const BUGS_OF_THE_SERVER = {
  'schedule-fires-twice': {
    what: 'A scheduled publication is carried out twice.',
    seam: at<typeof transitModule.transit>(
      'src-server/publishing/transit.ts',
      'transit',
      (original) =>
        async (...asked) => {
          const outcome = await original(...asked);
          const [context, unit, actor, id, request] = asked;
          if (actor !== null || !outcome.ok) return outcome;
          const event = {
            id: newId(context.clock, context.random),
            article: id,
            transition: request.transition,
            from: request.expectedState,
            to: 'published',
            revision: request.revision,
            by: null,
            at: unit.at,
          };
          const row = { id: event.id, article: id, data: JSON.stringify(event) };
          await unit.db.insertInto('events').values(row).execute();
          unit.touch('event', event.id);
          return outcome;
        },
    ),
    seed: 1,
    breaks: [5, 11],
  },
  'newest-is-shown': {
    what: 'Readers see the newest revision, whichever was approved.',
    seam: at<typeof publishModule.showToReaders>(
      PUBLISH,
      'showToReaders',
      (original) => (unit, article, hash, revision) =>
        original(unit, article, article.head ?? hash, revision),
    ),
    seed: 8,
    breaks: [4],
  },
  'withdrawn-stays-up': {
    what: 'A withdrawn article goes on being shown.',
    seam: at<typeof publishModule.takeDown>(PUBLISH, 'takeDown', () => () => Promise.resolve()),
    seed: 11,
    breaks: [5],
  },
  'bin-tells-nobody': {
    what: 'That an article went into the bin, or came out, is not in the feed.',
    seam: at<typeof binModule.applyBin>(
      'src-server/sync/apply-bin.ts',
      'applyBin',
      (original) => (applying, payload) =>
        original({ ...applying, unit: { ...applying.unit, touch: () => undefined } }, payload),
    ),
    seed: 2,
    breaks: [1, 6, 11],
  },
  'done-again-under-a-new-number': {
    what: 'An operation that comes again under another number is done again.',
    seam: at<typeof answersModule.findEarlierAnswer>(
      'src-server/store/answers.ts',
      'findEarlierAnswer',
      () => () => Promise.resolve(null),
    ),
    seed: 2,
    breaks: [6],
  },
  'comments-lose-their-passage': {
    what: 'The server keeps what a comment says, but not the passage that it speaks of.',
    seam: at<typeof commentsModule.saveComment>(
      'src-server/store/comments.ts',
      'saveComment',
      (original) => (unit, entry) => original(unit, { ...entry, anchor: null }),
    ),
    seed: 3,
    breaks: [1, 2, 6],
  },
  'expected-state-ignored': {
    what: 'A command is carried out whatever state the article was in when it was given.',
    seam: deciding((request, facts) => [{ ...request, expectedState: facts.state }, facts]),
    seed: 15,
    breaks: [6],
  },
  'commands-reach-the-bin': {
    what: 'What lies in the bin can be submitted, approved and published.',
    seam: deciding((request, facts) => [request, { ...facts, binned: false }]),
    seed: 1,
    breaks: [6],
  },
  'any-version-is-the-newest': {
    what: 'An older version is submitted or approved although the article has changed since.',
    seam: deciding((request, facts) => [
      request,
      ['submit', 'approve'].includes(request.transition)
        ? { ...facts, head: request.revision }
        : facts,
    ]),
    seed: 2,
    breaks: [6],
  },
  'approved-without-pictures': {
    what: 'An article is approved although the server lacks pictures that it shows.',
    seam: deciding((request, facts) => [request, { ...facts, assetsComplete: true }]),
    seed: 5,
    breaks: [6],
  },
  'recalled-from-readers': {
    what: 'Recalled from review, a published article counts as a draft that nobody sees.',
    seam: at<Decide>(
      'src-shared/workflow/decide.ts',
      'decide',
      (original) => (actor, request, facts) => {
        const decision = original(actor, request, facts);
        return decision.ok && request.transition === 'recall'
          ? { ok: true, state: 'draft' }
          : decision;
      },
    ),
    seed: 14,
    breaks: [11],
  },
  'nothing-is-due': {
    what: 'A scheduled article stays scheduled when its time has come.',
    seam: at<typeof articlesModule.dueArticles>(
      ARTICLES,
      'dueArticles',
      () => () => Promise.resolve([]),
    ),
    seed: 1,
    breaks: [5],
  },
  'sides-are-forgotten': {
    what: 'The server keeps no list of what stands beside the head.',
    seam: at<typeof articlesModule.saveSides>(ARTICLES, 'saveSides', () => () => Promise.resolve()),
    seed: 5,
    breaks: [1, 2, 6],
  },
  'comments-in-any-name': {
    what: 'A comment may be signed with somebody else’s name.',
    seam: at<typeof applyCommentModule.applyComment>(
      'src-server/sync/apply-comment.ts',
      'applyComment',
      (original) => (applying, payload) =>
        original({ ...applying, actor: { ...applying.actor, id: payload.entry.author } }, payload),
    ),
    seed: 4,
    breaks: [10],
  },
  'messages-for-anyone': {
    what: 'Anybody may mark a reader’s message as handled, whatever desk it is for.',
    seam: at<typeof applyInboxModule.applyInboxHandled>(
      'src-server/sync/apply-inbox.ts',
      'applyInboxHandled',
      (original) => (applying, payload) =>
        original({ ...applying, actor: { ...applying.actor, admin: true } }, payload),
    ),
    seed: 9,
    breaks: [10],
  },
  'messages-stay-open': {
    what: 'The server says that a message is handled, and leaves it open.',
    seam: at<typeof inboxModule.saveMessage>(
      'src-server/store/inbox.ts',
      'saveMessage',
      (original) => (unit, message) => original(unit, { ...message, handledBy: null }),
    ),
    seed: 3,
    breaks: [6],
  },
  'closed-articles-are-told': {
    what: 'Who works on no desk is told of every article.',
    seam: at<typeof accessModule.readsEverything>(
      'src-server/sync/access.ts',
      'readsEverything',
      () => () => true,
    ),
    seed: 2,
    breaks: [10],
  },
  'compared-with-what-is-closed': {
    what: 'Who works on no desk is told of every article of a sector that they compare.',
    seam: at<typeof digestModule.createDigest>(
      'src-server/sync/digest.ts',
      'createDigest',
      (original) => (store) => {
        const digest = original(store);
        return {
          ...digest,
          sector: (caller, ...sector) =>
            digest.sector(async (db) => ({ ...(await caller(db)), admin: true }), ...sector),
        };
      },
    ),
    seed: 1,
    breaks: [6, 10],
  },
  'one-comparison-for-all': {
    what: 'What one person is given to compare is given to the next, whoever that is.',
    seam: at<typeof digestModule.createDigest>(
      'src-server/sync/digest.ts',
      'createDigest',
      (original) => (store) => {
        const digest = original(store);
        let given: ReturnType<typeof digest.all> | null = null;
        return {
          ...digest,
          async all(caller) {
            const now = await digest.all(caller);
            const known = await given;
            if (known?.cursor === now.cursor) return known;
            given = Promise.resolve(now);
            return now;
          },
        };
      },
    ),
    seed: 1,
    breaks: [6],
  },
  'articles-come-without-acts': {
    what: 'Who asks for one article gets it without what was done with it.',
    seam: at<typeof serverFeedModule.feedOfArticle>(
      'src-server/store/feed.ts',
      'feedOfArticle',
      (original) =>
        async (...asked) =>
          (await original(...asked)).filter(({ kind }) => kind !== 'event'),
    ),
    seed: 1,
    breaks: [6],
  },
  'closed-to-who-started-it': {
    what: 'Who works on no desk any more loses also what they started themselves.',
    seam: at<typeof permissionsModule.can>(
      'src-shared/workflow/permissions.ts',
      'can',
      (original) =>
        (actor, action, ...scope) =>
          action === 'article.read' ? original(actor, action) : original(actor, action, ...scope),
    ),
    seed: 1,
    breaks: [1, 9, 11],
  },
} satisfies Record<string, PlantedBug>;
