import { newId } from '#shared/article';
import type * as answersModule from '../../../src-server/store/answers.ts';
import type * as binModule from '../../../src-server/sync/apply-bin.ts';
import type * as commentsModule from '../../../src-server/store/comments.ts';
import type * as publishModule from '../../../src-server/publishing/publish.ts';
import type * as transitModule from '../../../src-server/publishing/transit.ts';
import { at, type PlantedBug } from './seam.ts';

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
          const [context, unit, , id, request, by] = asked;
          if (by !== null || !outcome.ok) return outcome;
          const event = {
            id: newId(context.clock, context.random),
            article: id,
            transition: request.transition,
            from: request.expectedState,
            to: 'published',
            revision: request.revision,
            by,
            at: unit.at,
          };
          const row = { id: event.id, article: id, data: JSON.stringify(event) };
          await unit.db.insertInto('events').values(row).execute();
          unit.touch('event', event.id);
          return outcome;
        },
    ),
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
    breaks: [4],
  },
  'withdrawn-stays-up': {
    what: 'A withdrawn article goes on being shown.',
    seam: at<typeof publishModule.takeDown>(PUBLISH, 'takeDown', () => () => Promise.resolve()),
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
    breaks: [1, 6, 11],
  },
  'done-again-under-a-new-number': {
    what: 'An operation that comes again under another number is done again.',
    seam: at<typeof answersModule.findEarlierAnswer>(
      'src-server/store/answers.ts',
      'findEarlierAnswer',
      () => () => Promise.resolve(null),
    ),
    breaks: [6],
  },
  'comments-lose-their-passage': {
    what: 'The server keeps what a comment says, but not the passage that it speaks of.',
    seam: at<typeof commentsModule.saveComment>(
      'src-server/store/comments.ts',
      'saveComment',
      (original) => (unit, entry) => original(unit, { ...entry, anchor: null }),
    ),
    breaks: [1, 2],
  },
} satisfies Record<string, PlantedBug>;
