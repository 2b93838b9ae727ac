import type * as bringBackModule from '../../../src-main/core/vault/bring-back.ts';
import type * as historyModule from '../../../src-main/core/articles/history.ts';
import type * as inboxModule from '../../../src-main/core/articles/inbox.ts';
import type * as offersModule from '../../../src-main/core/articles/offers.ts';
import type * as openingModule from '../../../src-main/core/articles/opening.ts';
import type * as startsModule from '../../../src-server/store/starts.ts';
import type * as unfinishedModule from '../../../src-main/core/store/unfinished-comments.ts';
import type { HistoryEntry } from '#shared/contract';
import { at, type PlantedBug, type Seam } from './seam.ts';

/** Changes what History shows. */
function inHistory(change: (entries: readonly HistoryEntry[]) => HistoryEntry[]): Seam {
  return at<typeof historyModule.historyHandlers>(
    'src-main/core/articles/history.ts',
    'historyHandlers',
    (original) => (context) => ({
      'article.history': async (input) => {
        const { entries } = await original(context)['article.history'](input);
        return { entries: change(entries) };
      },
    }),
  );
}

/** Changes how what comes back from the vault is put behind what was begun. */
function inJoining(
  change: (
    unfinished: ReturnType<typeof unfinishedModule.createUnfinished>,
  ) => ReturnType<typeof unfinishedModule.createUnfinished>['join'],
): Seam {
  return at<typeof unfinishedModule.createUnfinished>(
    'src-main/core/store/unfinished-comments.ts',
    'createUnfinished',
    (original) => (values) => {
      const unfinished = original(values);
      return { ...unfinished, join: change(unfinished) };
    },
  );
}

/** Bugs in what windows show around a text, and in what somebody begins, loses and takes up again. */
export const BUGS_OF_THE_DESK = {
  'beside-without-a-word': {
    what: 'History does not say of a version that it stands beside the text.',
    seam: inHistory((entries) =>
      entries.map((entry) =>
        entry.kind === 'revision'
          ? { ...entry, labels: entry.labels.filter((label) => label !== 'side') }
          : entry,
      ),
    ),
    seed: 1,
    breaks: [13],
  },
  'reasons-stay-unread': {
    what: 'History does not say for which reason an article was sent back or withdrawn.',
    seam: inHistory((entries) =>
      entries.map((entry) => (entry.kind === 'event' ? { ...entry, reason: '' } : entry)),
    ),
    seed: 1,
    breaks: [13],
  },
  'refused-looks-waiting': {
    what: 'Of a command that the server refused, History says that it waits to be sent.',
    seam: inHistory((entries) =>
      entries.map((entry) =>
        entry.kind === 'event'
          ? { ...entry, text: entry.text.replace('(refused)', '(waiting to be sent)') }
          : entry,
      ),
    ),
    seed: 1,
    breaks: [13],
  },
  'began-on-top': {
    what: 'How an article began stands in History above all that came then.',
    seam: inHistory((entries) => {
      const isBegun = (entry: HistoryEntry): boolean =>
        entry.kind === 'event' && entry.text === 'started it';
      return [...entries.filter(isBegun), ...entries.filter((entry) => !isBegun(entry))];
    }),
    seed: 1,
    breaks: [13],
  },
  'made-and-still-open': {
    what: 'A reader’s message of which somebody made an article goes on waiting at its desk.',
    seam: at<typeof inboxModule.inboxHandlers>(
      'src-main/core/articles/inbox.ts',
      'inboxHandlers',
      (original) => (context) => {
        const { outbox } = context.store;
        const add: typeof outbox.add = (payload, by) =>
          payload.kind === 'inbox-handled' ? ({} as never) : outbox.add(payload, by);
        const silent = { ...context, store: { ...context.store, outbox: { ...outbox, add } } };
        return {
          ...original(context),
          'inbox.toArticle': original(silent)['inbox.toArticle'],
        };
      },
    ),
    seed: 2,
    breaks: [11],
  },
  'begun-stays-in-the-vault': {
    what: 'A comment that was begun does not come back from the vault with its article.',
    seam: inJoining(() => () => undefined),
    seed: 1,
    breaks: [9],
  },
  'begun-over-begun': {
    what: 'A comment that comes back from the vault takes the place of what was begun there since.',
    seam: inJoining(
      ({ keep }) =>
        (article, comment) =>
          keep(article, comment),
    ),
    seed: 11,
    breaks: [9],
  },
  'answers-open-threads': {
    what: 'What comes back from the vault as a new article has a thread for each answer.',
    seam: at<typeof bringBackModule.bringBack>(
      'src-main/core/vault/bring-back.ts',
      'bringBack',
      (original) => (bringing, kept) =>
        original(bringing, {
          ...kept,
          operations: kept.operations.map((op) =>
            op.payload.kind === 'comment'
              ? {
                  ...op,
                  payload: {
                    ...op.payload,
                    entry: { ...op.payload.entry, thread: op.payload.entry.id },
                  },
                }
              : op,
          ),
        }),
    ),
    seed: 2,
    breaks: [9, 2],
  },
  'typed-is-not-approved': {
    what: 'Who has typed on in an approved text is not offered to approve that.',
    seam: at<typeof offersModule.offersOf>(
      'src-main/core/articles/offers.ts',
      'offersOf',
      (original) => (store, person, known, copy, now) =>
        original(store, person, known, { ...copy, dirty: false }, now),
    ),
    seed: 3,
    breaks: [10],
  },
  'as-readers-see-it': {
    what: 'What was typed since the last revision does not count as other than what readers see.',
    seam: at<typeof openingModule.openingHandlers>(
      'src-main/core/articles/opening.ts',
      'openingHandlers',
      (original) => (context) => ({
        ...original(context),
        'article.open': async (input) => {
          const opened = await original(context)['article.open'](input);
          return opened.dirty ? { ...opened, changedSincePublished: false } : opened;
        },
      }),
    ),
    seed: 2,
    breaks: [11],
  },
  'sent-back-for-nothing': {
    what: 'Whoever stood at the end of the feed when the server was started anew is sent back to its start.',
    seam: at<typeof startsModule.isLost>(
      'src-server/store/starts.ts',
      'isLost',
      (original) => (db, now, told) =>
        original(db, now, told.start === now.start ? told : { ...told, seq: told.seq + 1 }),
    ),
    seed: 1,
    breaks: [6],
  },
} satisfies Record<string, PlantedBug>;
