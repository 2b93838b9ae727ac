import type * as abandonedModule from '../../../src-main/core/sync/abandoned.ts';
import type * as answersModule from '../../../src-main/core/store/answers.ts';
import type * as digestModule from '../../../src-shared/api/digest.ts';
import type * as compareModule from '../../../src-main/core/sync/digest.ts';
import type * as engineModule from '../../../src-main/core/sync/engine.ts';
import type * as outboxModule from '../../../src-main/core/store/outbox.ts';
import type * as pullModule from '../../../src-main/core/sync/pull.ts';
import type * as accessModule from '../../../src-main/core/sync/access.ts';
import type * as refusedModule from '../../../src-main/core/sync/refused.ts';
import type * as offerModule from '../../../src-main/core/sync/offer.ts';
import type * as reofferModule from '../../../src-main/core/sync/reoffer.ts';
import { at, type PlantedBug, type Seam } from './seam.ts';

type CreateReoffer = typeof reofferModule.createReoffer;
type Store = Parameters<CreateReoffer>[0]['store'];

/** Offers what a server lost from a store that is spoilt. */
function reoffering(spoil: (store: Store) => Partial<Store>): Seam {
  return at<CreateReoffer>(
    'src-main/core/sync/reoffer.ts',
    'createReoffer',
    (original) => (context) =>
      original({ ...context, store: { ...context.store, ...spoil(context.store) } }),
  );
}

/** Bugs in what is asked, what is made of an answer, and what is offered to a server that lost it. */
export const BUGS_OF_OFFERING = {
  'done-is-not-told': {
    what: 'A device does not say which of its operations was done, where it has read nothing since.',
    seam: at<typeof pullModule.pullAll>(
      'src-main/core/sync/pull.ts',
      'pullAll',
      (original) =>
        (context, remote, ...rest) =>
          original(
            context,
            {
              ...remote,
              changes: ({ answered: _, answeredTo: _device, ...query }, cancel) =>
                remote.changes(query, cancel),
            },
            ...rest,
          ),
    ),
    seed: 36,
    breaks: [1],
  },
  'answers-tell-nothing': {
    what: 'What an answer says of the article is not taken in: only the feed counts.',
    seam: at<typeof answersModule.withAnswers>(
      'src-main/core/store/answers.ts',
      'withAnswers',
      (original) => (db, parts) => {
        const { serverRecord } = parts.records;
        return original(db, {
          ...parts,
          records: {
            ...parts.records,
            putServerRecord: (record) => {
              if (!serverRecord(record.id)) parts.records.putServerRecord(record);
            },
          },
        });
      },
    ),
    seed: 1,
    breaks: [1],
  },
  'all-is-refused-with-one': {
    what: 'Where the server refuses one operation, whatever waits for the same article counts as refused.',
    seam: at<typeof outboxModule.createOutboxQueue>(
      'src-main/core/store/outbox.ts',
      'createOutboxQueue',
      (original) => (db, parts) => {
        const queue = original(db, parts);
        return {
          ...queue,
          park(id, message) {
            const sql = `UPDATE outbox SET state = 'parked', message = ? WHERE article = (SELECT article FROM outbox WHERE id = ?)`;
            db.run(sql, message, id);
            return queue.park(id, message);
          },
        };
      },
    ),
    seed: 3,
    breaks: [1, 2, 6, 9, 12],
  },
  'pause-pauses-nothing': {
    what: 'Whoever pauses syncing goes on syncing.',
    seam: at<typeof engineModule.createSyncEngine>(
      'src-main/core/sync/engine.ts',
      'createSyncEngine',
      (original) => (context) => ({ ...original(context), pause: () => undefined }),
    ),
    seed: 11,
    breaks: [11],
  },
  'hidden-rows-hold-up': {
    what: 'A page of the feed in which nothing is for this person does not move their cursor on.',
    seam: at<typeof pullModule.pullAll>(
      'src-main/core/sync/pull.ts',
      'pullAll',
      (original) =>
        (context, remote, ...rest) => {
          const stuck: typeof remote = {
            ...remote,
            changes: async (query, signal) => {
              const page = await remote.changes(query, signal);
              const { cursor = page.cursor } = query;
              return page.changes.length > 0 || page.reset
                ? page
                : { ...page, cursor, more: false };
            },
          };
          return original(context, stuck, ...rest);
        },
    ),
    seed: 24,
    breaks: [1, 2, 6, 9, 11, 12],
  },
  'comparison-leaves-parts-out': {
    what: 'The daily comparison leaves out what stands beside the head, and whether an article is in the bin.',
    seam: at<typeof digestModule.digestOf>(
      'src-shared/api/digest.ts',
      'digestOf',
      (original) => (articles) =>
        original([...articles].map((article) => ({ ...article, sides: [], binned: false }))),
    ),
    seed: 5,
    breaks: [1, 6, 12],
  },
  'bin-is-not-offered-again': {
    what: 'A server that came back from an older backup is not offered what it lost of articles in the bin.',
    seam: reoffering(({ queues }) => ({
      queues: {
        ...queues,
        list: (queue, ...rest) =>
          queue.kind === 'bin' ? { rows: [], total: 0 } : queues.list(queue, ...rest),
      },
    })),
    seed: 16,
    breaks: [1, 2, 9],
  },
  'newest-is-not-offered-again': {
    what: 'Of each article, a server that came back is offered all that it lost but the newest.',
    seam: reoffering(({ revisions }) => ({
      revisions: { ...revisions, list: (article) => revisions.list(article).slice(0, -1) },
    })),
    seed: 3,
    breaks: [1, 2, 9, 12],
  },
  'nothing-is-asked-about-closed': {
    what: 'What a restored server lost is taken away unasked with the last desk of whoever had it.',
    seam: at<typeof accessModule.askAboutClosed>(
      'src-main/core/sync/access.ts',
      'askAboutClosed',
      () => () => undefined,
    ),
    seed: 10,
    breaks: [2, 9],
  },
  'ancestors-are-not-offered': {
    what: 'A revision that was refused for want of what it builds on stays refused, though that is offered later.',
    seam: at<typeof refusedModule.offerAncestors>(
      'src-main/core/sync/refused.ts',
      'offerAncestors',
      () => () => false,
    ),
    seed: 1,
    breaks: [2, 12],
  },
  'nobody-steps-in': {
    what: 'An article that the server lost is brought back by nobody but whoever started it.',
    seam: at<typeof abandonedModule.createAbandoned>(
      'src-main/core/sync/abandoned.ts',
      'createAbandoned',
      () => () => ({ offer: () => null }),
    ),
    seed: 11,
    breaks: [1, 2, 9, 12],
  },
  'nobody-is-asked-for-help': {
    what: 'Who holds what a server lost, and may not send it, does not hear which desk to ask for.',
    seam: at<typeof abandonedModule.createAbandoned>(
      'src-main/core/sync/abandoned.ts',
      'createAbandoned',
      (original) => (context) => {
        const notice: typeof context.events.notice = (tone, ...said) => {
          if (tone !== 'warning') context.events.notice(tone, ...said);
        };
        return original({ ...context, events: { ...context.events, notice } });
      },
    ),
    seed: 1,
    breaks: [9],
  },
  'brought-back-at-once': {
    what: 'A colleague’s article that the server lost is sent without waiting for whoever started it.',
    seam: at<typeof abandonedModule.createAbandoned>(
      'src-main/core/sync/abandoned.ts',
      'createAbandoned',
      (original) => (context) => {
        let asked = 0;
        const now = (): number => context.timers.now() + (asked += 1) * 60_000;
        return original({ ...context, timers: { ...context.timers, now } });
      },
    ),
    seed: 1,
    breaks: [9],
  },
  'comparison-offers-nothing': {
    what: 'What the daily comparison finds that the server lacks is not offered to it.',
    seam: at<typeof compareModule.compareDigest>(
      'src-main/core/sync/digest.ts',
      'compareDigest',
      (original) =>
        (context, ...rest) =>
          original({ ...context, by: () => null }, ...rest),
    ),
    seed: 5,
    breaks: [2, 9],
  },
  'answers-are-not-offered-again': {
    what: 'Of the comments that a server lost, only those that open a thread are offered again.',
    seam: at<typeof offerModule.offerOf>(
      'src-main/core/sync/offer.ts',
      'offerOf',
      (original) =>
        (store, ...rest) => {
          const list = (article: string): ReturnType<typeof store.comments.list> =>
            store.comments.list(article).filter(({ kind }) => kind === 'comment');
          return original({ ...store, comments: { ...store.comments, list } }, ...rest);
        },
    ),
    seed: 1,
    breaks: [2, 9],
  },
} satisfies Record<string, PlantedBug>;
