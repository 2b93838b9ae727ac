import type * as backoffModule from '../../../src-shared/api/backoff.ts';
import type * as digestModule from '../../../src-main/core/sync/digest.ts';
import type * as listingModule from '../../../src-main/core/store/listing.ts';
import type * as outboxModule from '../../../src-main/core/store/outbox.ts';
import type * as pullModule from '../../../src-main/core/sync/pull.ts';
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
    breaks: [13],
  },
  'newest-is-sent-first': {
    what: 'The outbox offers what waits in the order of its age, the newest first.',
    seam: at<CreateOutbox>(OUTBOX, 'createOutboxQueue', (original) => (db, parts) => {
      const queue = original(db, parts);
      return { ...queue, nextBatch: (ops, bytes) => queue.nextBatch(ops, bytes).reverse() };
    }),
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
    breaks: [2],
  },
  'back-off-never-ends': {
    what: 'After a failure the next attempt is put off for good.',
    seam: at<typeof backoffModule.backoffMs>(
      'src-shared/api/backoff.ts',
      'backoffMs',
      () => () => 1e9,
    ),
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
    breaks: [1, 2, 8],
  },
  'digest-heals-nothing': {
    what: 'What the daily comparison with the server finds is not set right.',
    seam: at<typeof digestModule.compareDigest>(
      'src-main/core/sync/digest.ts',
      'compareDigest',
      () => () => Promise.resolve([]),
    ),
    breaks: [1, 6],
  },
} satisfies Record<string, PlantedBug>;
