import type * as articlesModule from '../../../src-server/store/articles.ts';
import type * as commentsModule from '../../../src-main/core/articles/comments.ts';
import type * as engineModule from '../../../src-main/core/sync/engine.ts';
import type * as historyModule from '../../../src-main/core/articles/history.ts';
import type * as mergeModule from '../../../src-main/core/sync/merge.ts';
import type * as openingModule from '../../../src-main/core/articles/opening.ts';
import type * as outboxModule from '../../../src-main/core/articles/outbox.ts';
import type * as pullModule from '../../../src-main/core/sync/pull.ts';
import type * as queuesModule from '../../../src-main/core/store/queues.ts';
import type * as refusalsModule from '../../../src-main/core/sync/refusals.ts';
import type * as unfinishedModule from '../../../src-main/core/store/unfinished-comments.ts';
import type * as vaultModule from '../../../src-main/core/store/vault.ts';
import type * as wordpressModule from '../../../src-server/connectors/wordpress/index.ts';
import type * as snapshotsModule from '../../../src-main/core/store/snapshots.ts';
import { at, type PlantedBug } from './seam.ts';

const silent = (): void => undefined;

/** Bugs in what windows hear of and show, and in what people find where they left it. */
export const BUGS_OF_WINDOWS = {
  'windows-hear-nothing': {
    what: 'What comes from the server is stored, and no window hears of it.',
    seam: at<typeof pullModule.pullAll>(
      'src-main/core/sync/pull.ts',
      'pullAll',
      (original) =>
        ({ events, ...context }, ...rest) =>
          original({ ...context, events: { ...events, articles: silent } }, ...rest),
    ),
    seed: 1,
    breaks: [11],
  },
  'signed-out-in-secret': {
    what: 'Whoever is signed out by the server is not asked to sign in again.',
    seam: at<typeof engineModule.createSyncEngine>(
      'src-main/core/sync/engine.ts',
      'createSyncEngine',
      (original) =>
        ({ events, ...context }) =>
          original({ ...context, events: { ...events, unauthorised: silent } }),
    ),
    seed: 1,
    breaks: [11],
  },
  'refused-without-a-word': {
    what: 'Nobody is told that the server refused what they sent.',
    seam: at<typeof refusalsModule.createRefusals>(
      'src-main/core/sync/refusals.ts',
      'createRefusals',
      (original) =>
        ({ events, ...context }) =>
          original({ ...context, events: { ...events, notice: silent } }),
    ),
    seed: 1,
    breaks: [11],
  },
  'merged-behind-the-window': {
    what: 'A window goes on showing the text as it was before the merge.',
    seam: at<typeof mergeModule.createMerging>(
      'src-main/core/sync/merge.ts',
      'createMerging',
      (original) =>
        ({ events, ...context }) =>
          original({ ...context, events: { ...events, working: silent } }),
    ),
    seed: 1,
    breaks: [11],
  },
  'outbox-tidied-for-itself': {
    what: 'What is tried again or let go of in the outbox changes nothing in the windows of its article.',
    seam: at<typeof outboxModule.outboxHandlers>(
      'src-main/core/articles/outbox.ts',
      'outboxHandlers',
      (original) => (context) =>
        original({
          ...context,
          emit(name, data) {
            if (name !== 'article') context.emit(name, data);
          },
        }),
    ),
    seed: 6,
    breaks: [11],
  },
  'first-page-of-the-list-again': {
    what: 'Whoever leafs through a list sees its first page again.',
    seam: at<typeof queuesModule.createQueues>(
      'src-main/core/store/queues.ts',
      'createQueues',
      (original) => (db) => {
        const queues = original(db);
        return {
          ...queues,
          list: (queue, person, _, limit) => queues.list(queue, person, 0, limit),
        };
      },
    ),
    seed: 1,
    breaks: [13],
  },
  'own-articles-of-others': {
    what: 'Among one’s own articles stand those of everybody.',
    seam: at<typeof queuesModule.createQueues>(
      'src-main/core/store/queues.ts',
      'createQueues',
      (original) => (db) => {
        const everybodys = (sql: string): string =>
          sql.replace('created_by = ? AND', `created_by <> ? || '.' AND`);
        return original({
          ...db,
          get: (sql, ...of) => db.get(everybodys(sql), ...of),
          all: (sql, ...of) => db.all(everybodys(sql), ...of),
        });
      },
    ),
    seed: 1,
    breaks: [13],
  },
  'history-without-the-refused': {
    what: 'What was refused or has yet to be sent does not stand in History.',
    seam: at<typeof historyModule.historyHandlers>(
      'src-main/core/articles/history.ts',
      'historyHandlers',
      (original) => (context) =>
        original({
          ...context,
          store: { ...context.store, outbox: { ...context.store.outbox, pending: () => [] } },
        }),
    ),
    seed: 1,
    breaks: [13],
  },
  'threads-look-resolved': {
    what: 'A thread that was opened again is shown as resolved.',
    seam: at<typeof commentsModule.commentHandlers>(
      'src-main/core/articles/comments.ts',
      'commentHandlers',
      (original) => (context) => {
        const handlers = original(context);
        return {
          ...handlers,
          'comments.list': async (input) => {
            const { threads, ...rest } = await handlers['comments.list'](input);
            return {
              ...rest,
              threads: threads.map((thread) => ({
                ...thread,
                resolved: thread.entries.some(({ kind }) => kind === 'resolve'),
              })),
            };
          },
        };
      },
    ),
    seed: 5,
    breaks: [13],
  },
  'other-desks-are-open': {
    what: 'An article of another desk opens as if it could be written in.',
    seam: at<typeof openingModule.openingHandlers>(
      'src-main/core/articles/opening.ts',
      'openingHandlers',
      (original) => (context) => {
        const handlers = original(context);
        return {
          ...handlers,
          'article.open': async (input) => ({
            ...(await handlers['article.open'](input)),
            readOnly: null,
          }),
        };
      },
    ),
    seed: 1,
    breaks: [10],
  },
  'one-comment-at-a-time': {
    what: 'Who begins a comment loses what else they had begun in the article.',
    seam: at<typeof unfinishedModule.createUnfinished>(
      'src-main/core/store/unfinished-comments.ts',
      'createUnfinished',
      (original) => (values) => {
        const unfinished = original(values);
        return {
          ...unfinished,
          keep(article, comment) {
            unfinished.forget(article);
            unfinished.keep(article, comment);
          },
        };
      },
    ),
    seed: 5,
    breaks: [2, 9],
  },
  'vault-without-the-unfinished': {
    what: 'A comment that was begun is not put into the vault when its article is taken away.',
    seam: at<typeof vaultModule.createVault>(
      'src-main/core/store/vault.ts',
      'createVault',
      (original) => (db, parts) =>
        original(db, { ...parts, unfinished: { ...parts.unfinished, list: () => [] } }),
    ),
    seed: 2,
    breaks: [9],
  },
  'acts-lose-their-reason': {
    what: 'The server does not keep for which reason an article was sent back or withdrawn.',
    seam: at<typeof articlesModule.saveEvent>(
      'src-server/store/articles.ts',
      'saveEvent',
      (original) =>
        (unit, { reason: _, ...event }) =>
          original(unit, event),
    ),
    seed: 1,
    breaks: [6, 11],
  },
  'marks-for-addresses': {
    what: 'Readers of a WordPress find an article under the mark of its draft.',
    seam: at<typeof wordpressModule.wordpress>(
      'src-server/connectors/wordpress/index.ts',
      'wordpress',
      (original) => (access) => {
        const connector = original(access);
        return {
          ...connector,
          write: (post, written, current, before) =>
            connector.write({ ...post, slug: current.slug }, written, current, before),
        };
      },
    ),
    seed: 3,
    breaks: [5],
  },
  'forgotten-what-windows-showed': {
    what: 'What a window shows is forgotten when another text takes its place: what is written in it then stands beside that.',
    seam: at<typeof snapshotsModule.createSnapshots>(
      'src-main/core/store/snapshots.ts',
      'createSnapshots',
      (original) => (db, revisions) => ({ ...original(db, revisions), content: () => null }),
    ),
    seed: 1,
    breaks: [7],
  },
} satisfies Record<string, PlantedBug>;
