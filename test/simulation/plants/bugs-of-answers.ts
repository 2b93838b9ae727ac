import { defaultDeskProfile } from '#shared/article';
import type * as applyRevisionModule from '../../../src-server/sync/apply-revision.ts';
import type * as articlesModule from '../../../src-server/store/articles.ts';
import type * as newsroomModule from '../../../src-server/store/newsroom.ts';
import type * as publicationsModule from '../../../src-server/store/publications.ts';
import type * as replayModule from '../../../src-main/core/store/replay.ts';
import type * as transitModule from '../../../src-server/publishing/transit.ts';
import type * as transitionsModule from '../../../src-main/core/articles/transitions.ts';
import type * as workingRowsModule from '../../../src-main/core/store/working-rows.ts';
import { at, type PlantedBug } from './seam.ts';

const ARTICLES = 'src-server/store/articles.ts';

/** Bugs in what is said of an article beside its words, and in what is turned down. */
export const BUGS_OF_ANSWERS = {
  'refused-now-and-then': {
    what: 'Now and then the server refuses a command as if the article had moved on.',
    seam: at<typeof transitModule.transit>(
      'src-server/publishing/transit.ts',
      'transit',
      (original) => {
        let count = 0;
        return async (...asked) =>
          (count += 1) % 5 === 0
            ? { ok: false, code: 'stale-state', message: 'The article has moved on.' }
            : original(...asked);
      },
    ),
    seed: 1,
    breaks: [11],
  },
  'desks-ask-the-same': {
    what: 'The server does not read what a desk has chosen, such as that its people approve their own.',
    seam: at<typeof newsroomModule.findDesk>(
      'src-server/store/newsroom.ts',
      'findDesk',
      (original) =>
        async (...asked) => {
          const desk = await original(...asked);
          return desk && { ...desk, profile: defaultDeskProfile() };
        },
    ),
    seed: 9,
    breaks: [11],
  },
  'senders-are-authors': {
    what: 'Who brings back an article that the server lost becomes its author.',
    seam: at<typeof applyRevisionModule.applyRevision>(
      'src-server/sync/apply-revision.ts',
      'applyRevision',
      (original) => (applying, payload) => {
        const { revision } = payload;
        const envelope = { ...revision.envelope, author: applying.actor.id };
        return original(applying, { ...payload, revision: { ...revision, envelope } });
      },
    ),
    seed: 1,
    breaks: [10],
  },
  'withdrawn-without-a-reason': {
    what: 'Readers are not told why an article was withdrawn.',
    seam: at<typeof publicationsModule.savePublication>(
      'src-server/store/publications.ts',
      'savePublication',
      (original) => (unit, publication, assets) =>
        original(unit, { ...publication, withdrawnReason: null }, assets),
    ),
    seed: 11,
    breaks: [5],
  },
  'published-since-today': {
    what: 'Whatever happens to an article that was published, it counts as new from then.',
    seam: at<typeof articlesModule.saveArticle>(
      ARTICLES,
      'saveArticle',
      (original) => (unit, article) =>
        original(unit, { ...article, publishedAt: article.publishedAt && unit.at }),
    ),
    seed: 3,
    breaks: [4],
  },
  'into-the-bin-and-out': {
    what: 'What went into the bin stands in History as taken out.',
    seam: at<typeof articlesModule.saveEvent>(
      ARTICLES,
      'saveEvent',
      (original) => (unit, event) => {
        const swapped = { bin: 'unbin', unbin: 'bin' } as const;
        const { transition } = event;
        return original(unit, {
          ...event,
          transition:
            transition === 'bin' || transition === 'unbin' ? swapped[transition] : transition,
        });
      },
    ),
    seed: 3,
    breaks: [11],
  },
  'cleared-fields-stay': {
    what: 'An embargo that is taken away stays.',
    seam: at<typeof workingRowsModule.changeRows>(
      'src-main/core/store/working-rows.ts',
      'changeRows',
      (original) => (db, edit) => {
        const given = Object.entries(edit.fields ?? {}).filter(([, value]) => value !== null);
        original(db, { ...edit, fields: Object.fromEntries(given) });
      },
    ),
    seed: 3,
    breaks: [2],
  },
  'what-was-typed-is-not-meant': {
    what: 'A command is of the text as it was sealed last, without what was typed since.',
    seam: at<typeof transitionsModule.transitionHandlers>(
      'src-main/core/articles/transitions.ts',
      'transitionHandlers',
      (original) => (context) => original({ ...context, seal: () => null }),
    ),
    seed: 1,
    breaks: [11],
  },
  'waiting-approval-is-not-shown': {
    what: 'Which revision an approval that waits is of does not show.',
    seam: at<typeof replayModule.replay>(
      'src-main/core/store/replay.ts',
      'replay',
      (original) => (start, ops, facts) => ({
        ...original(start, ops, facts),
        approvedRevision: start.approvedRevision,
      }),
    ),
    seed: 3,
    breaks: [11],
  },
} satisfies Record<string, PlantedBug>;
