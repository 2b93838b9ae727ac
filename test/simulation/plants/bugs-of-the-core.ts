import type * as assetsModule from '../../../src-main/core/sync/assets.ts';
import type * as backoffModule from '../../../src-shared/api/backoff.ts';
import type * as digestModule from '../../../src-main/core/sync/digest.ts';
import type * as listingModule from '../../../src-main/core/store/listing.ts';
import type * as mergingModule from '../../../src-main/core/sync/merge.ts';
import type * as outboxModule from '../../../src-main/core/store/outbox.ts';
import type * as pullModule from '../../../src-main/core/sync/pull.ts';
import type * as revisionsModule from '../../../src-main/core/store/revisions.ts';
import type * as threadsModule from '../../../src-main/core/store/threads.ts';
import type * as workingModule from '../../../src-main/core/store/working.ts';
import { at, type PlantedBug } from './seam.ts';

const OUTBOX = 'src-main/core/store/outbox.ts';
type CreateOutbox = typeof outboxModule.createOutboxQueue;

export const BUGS_OF_THE_CORE = {
  'cursor-before-rows': {
    what: 'The place in the feed is stored when a page arrives, before its rows are.',
    seam: at<typeof pullModule.pullAll>(
      'src-main/core/sync/pull.ts',
      'pullAll',
      (original) => (context, remote, reoffer, watch, cancel) => {
        const hasty: typeof remote = {
          ...remote,
          async changes(query, signal) {
            const page = await remote.changes(query, signal);
            context.store.values.set('feed.cursor', page.cursor);
            return page;
          },
        };
        return original(context, hasty, reoffer, watch, cancel);
      },
    ),
    seed: 18,
    breaks: [1, 2, 6, 9, 12],
  },
  'binned-articles-are-found': {
    what: 'An article in the bin is still found by its words.',
    seam: at<typeof listingModule.createListing>(
      'src-main/core/store/listing.ts',
      'createListing',
      (original) => (db) => {
        const listing = original(db);
        return {
          ...listing,
          setRecord: (record) => listing.setRecord({ ...record, binned: false }),
        };
      },
    ),
    seed: 3,
    breaks: [13],
  },
  'newest-is-sent-first': {
    what: 'The outbox offers what waits in the order of its age, the newest first.',
    seam: at<CreateOutbox>(OUTBOX, 'createOutboxQueue', (original) => (db, parts) => {
      const queue = original(db, parts);
      return { ...queue, nextBatch: (ops, bytes) => queue.nextBatch(ops, bytes).reverse() };
    }),
    seed: 1,
    breaks: [1, 2, 6, 12],
  },
  'comments-are-not-sent': {
    what: 'A comment is shown, but does not reach the outbox.',
    seam: at<CreateOutbox>(OUTBOX, 'createOutboxQueue', (original) => (db, parts) => {
      const queue = original(db, parts);
      return {
        ...queue,
        add(payload, by) {
          const op = queue.add(payload, by);
          if (payload.kind === 'comment') queue.remove(op.id);
          return op;
        },
      };
    }),
    seed: 2,
    breaks: [2, 9],
  },
  'back-off-never-ends': {
    what: 'After a failure the next attempt is put off for good.',
    seam: at<typeof backoffModule.backoffMs>(
      'src-shared/api/backoff.ts',
      'backoffMs',
      () => () => 1e9,
    ),
    seed: 19,
    breaks: [12],
  },
  'typed-text-gives-way': {
    what: 'A newer head takes the place of a working copy that holds unsealed edits.',
    seam: at<typeof workingModule.createWorking>(
      'src-main/core/store/working.ts',
      'createWorking',
      (original) => (db, parts) => {
        const working = original(db, parts);
        return {
          ...working,
          settle(article) {
            const settled = working.settle(article);
            if (settled !== 'needs-merge' || !working.dirty(article)) return settled;
            db.run('DELETE FROM working WHERE article = ?', article);
            return 'moved';
          },
        };
      },
    ),
    seed: 2,
    breaks: [1, 2, 8],
  },
  'digest-heals-nothing': {
    what: 'What the daily comparison with the server finds is not set right.',
    seam: at<typeof digestModule.compareDigest>(
      'src-main/core/sync/digest.ts',
      'compareDigest',
      () => () => Promise.resolve([]),
    ),
    seed: 5,
    breaks: [1, 6],
  },
  'one-common-ancestor': {
    what: 'Where merges met crosswise, only one of the texts that both came from is looked at.',
    seam: at<typeof revisionsModule.createRevisions>(
      'src-main/core/store/revisions.ts',
      'createRevisions',
      (original) => (db, clock) => {
        const revisions = original(db, clock);
        return {
          ...revisions,
          mergeBases: (left, right) => revisions.mergeBases(left, right).slice(0, 1),
        };
      },
    ),
    seed: 2,
    breaks: [2, 3, 7, 8],
  },
  'sides-are-left-alone': {
    what: 'What another computer left beside the text is never joined with it.',
    seam: at<typeof mergingModule.createMerging>(
      'src-main/core/sync/merge.ts',
      'createMerging',
      (original) => (context) => ({
        ...original({
          ...context,
          store: { ...context.store, articles: { ...context.store.articles, withSides: () => [] } },
        }),
        besides: () => undefined,
      }),
    ),
    seed: 1,
    breaks: [1, 2, 12],
  },
  'pictures-count-as-sent': {
    what: 'A picture counts as sent before the server has it.',
    seam: at<typeof assetsModule.uploadAssets>(
      'src-main/core/sync/assets.ts',
      'uploadAssets',
      () =>
        ({ store }) => {
          for (const { hash } of store.assets.pendingUploads()) store.assets.markUploaded(hash);
          return Promise.resolve();
        },
    ),
    seed: 2,
    breaks: [2, 9],
  },
  'retry-after-unread': {
    what: 'How long the server asks for patience is not read.',
    seam: at<typeof backoffModule.retryAfterMs>(
      'src-shared/api/backoff.ts',
      'retryAfterMs',
      () => () => null,
    ),
    seed: 3,
    breaks: [16],
  },
  'threads-not-counted': {
    what: 'How many threads are open is not kept in the lists.',
    seam: at<typeof threadsModule.createComments>(
      'src-main/core/store/threads.ts',
      'createComments',
      (original) => (db) => original(db, () => undefined),
    ),
    seed: 1,
    breaks: [6, 13],
  },
  'refused-bin-asked-again': {
    what: 'A refusal to move an article to the bin is no answer: it is asked again, for ever.',
    seam: at<CreateOutbox>(OUTBOX, 'createOutboxQueue', (original) => (db, parts) => {
      const queue = original(db, parts);
      return {
        ...queue,
        park(id, message) {
          const payload = queue.park(id, message);
          if (payload?.kind === 'bin')
            db.run(`UPDATE outbox SET state = 'waiting' WHERE id = ?`, id);
          return payload;
        },
      };
    }),
    seed: 3,
    breaks: [1, 6, 12],
  },
} satisfies Record<string, PlantedBug>;
