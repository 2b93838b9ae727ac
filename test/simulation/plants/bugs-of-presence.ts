import type * as presenceModule from '../../../src-main/core/sync/presence.ts';
import type * as takeDownModule from '../../../src-server/delivery/take-down.ts';
import type * as serverPresenceModule from '../../../src-server/http/presence.ts';
import type * as streamsModule from '../../../src-server/http/wake-streams.ts';
import type * as articlesModule from '../../../src-server/store/articles.ts';
import { at, type PlantedBug, type Seam } from './seam.ts';

type AtClient = typeof presenceModule.createPresence;
type AtServer = typeof serverPresenceModule.createPresence;

function inClient(spoil: (presence: ReturnType<AtClient>) => Partial<ReturnType<AtClient>>): Seam {
  return at<AtClient>(
    'src-main/core/sync/presence.ts',
    'createPresence',
    (original) => (context) => {
      const presence = original(context);
      return { ...presence, ...spoil(presence) };
    },
  );
}

function inServer(spoil: (presence: ReturnType<AtServer>) => Partial<ReturnType<AtServer>>): Seam {
  return at<AtServer>('src-server/http/presence.ts', 'createPresence', (original) => (context) => {
    const presence = original(context);
    return { ...presence, ...spoil(presence) };
  });
}

/** Whoever works on any desk may read all. */
const ANY_DESK = [{ desk: '00000000-0000-7000-8000-000000000000', role: 'copy-editor' as const }];

/** Bugs in who is shown where, in waking, and in what happens at a given time or in the place of something else. */
export const BUGS_OF_PRESENCE = {
  'wakes-nobody': {
    what: 'The server wakes nobody: who does not ask hears of nothing.',
    seam: at<typeof streamsModule.openWakeStreams>(
      'src-server/http/wake-streams.ts',
      'openWakeStreams',
      (original) =>
        ({ store }, ...rest) =>
          original({ store: { ...store, onCommit: () => () => undefined } }, ...rest),
    ),
    seed: 1,
    breaks: [11, 12],
  },
  'gone-and-still-shown': {
    what: 'Who leaves an article goes on being shown in it.',
    seam: inServer(({ move }) => ({
      move: async (session, place) => {
        if (place !== null) await move(session, place);
      },
    })),
    seed: 1,
    breaks: [11],
  },
  'places-in-closed-articles': {
    what: 'Whoever works on no desk is told who is in which article.',
    seam: inServer(({ seenBy }) => ({
      seenBy: (person, device) => seenBy({ ...person, memberships: ANY_DESK }, device),
    })),
    seed: 1,
    breaks: [10],
  },
  'paragraphs-are-not-told': {
    what: 'Who goes on to another paragraph of an article is shown in the one where they began.',
    seam: inClient(({ move }) => {
      let last: string | null = null;
      return {
        move(place) {
          if (place !== null && place.article === last) return;
          last = place?.article ?? null;
          move(place);
        },
      };
    }),
    seed: 1,
    breaks: [11],
  },
  'others-stay-without-a-line': {
    what: 'Who is out of reach goes on seeing the others where they were.',
    seam: inClient(() => ({ lost: () => undefined })),
    seed: 1,
    breaks: [11],
  },
  'one-is-due': {
    what: 'Of several articles that fall due in one moment, the first goes out and the others wait.',
    seam: at<typeof articlesModule.dueArticles>(
      'src-server/store/articles.ts',
      'dueArticles',
      (original) =>
        async (...asked) =>
          (await original(...asked)).slice(0, 1),
    ),
    seed: 3,
    breaks: [5],
  },
  'taken-down-where-it-was': {
    what: 'A withdrawal looks for the post that a restored server knows, and not for the one made in its place.',
    seam: at<typeof takeDownModule.takeDownThere>(
      'src-server/delivery/take-down.ts',
      'takeDownThere',
      (original) => (attempt) => {
        const { connector, delivery } = attempt;
        const find: typeof connector.find = (article) =>
          delivery.remote === null ? connector.find(article) : Promise.resolve([]);
        return original({ ...attempt, connector: { ...connector, find } });
      },
    ),
    seed: 19,
    breaks: [5],
  },
} as const satisfies Record<string, PlantedBug>;
