import type * as deliveriesModule from '../../../src-server/store/deliveries.ts';
import type * as connectorModule from '../../../src-server/connectors/connector.ts';
import type * as openModule from '../../../src-server/connectors/open.ts';
import type * as bringModule from '../../../src-server/delivery/bring.ts';
import type * as postModule from '../../../src-server/delivery/post.ts';
import type * as revisionsModule from '../../../src-server/store/revisions.ts';
import { at, type PlantedBug, type Seam } from './seam.ts';

type OpenConnector = typeof openModule.openConnector;
type Connector = ReturnType<OpenConnector>;

/** Puts something else in the place of a part of every connector. */
function withConnector(spoil: (connector: Connector) => Partial<Connector>): Seam {
  return at<OpenConnector>(
    'src-server/connectors/open.ts',
    'openConnector',
    (original) =>
      (...access) => {
        const connector = original(...access);
        return { ...connector, ...spoil(connector) };
      },
  );
}

export const BUGS_OF_DELIVERY = {
  'compare-left-out': {
    what: 'What stands in a CMS counts as Stet’s own, whatever it says.',
    seam: withConnector(() => ({ isSame: () => true, readsSame: () => true })),
    seed: 3,
    breaks: [4, 5],
  },
  'withdrawal-stays-here': {
    what: 'A withdrawn article is taken from the newsroom’s own site, and from no CMS.',
    seam: at<typeof deliveriesModule.wantDelivered>(
      'src-server/store/deliveries.ts',
      'wantDelivered',
      (original) => async (unit, article, wanted) => {
        if (wanted !== null) await original(unit, article, wanted);
      },
    ),
    seed: 11,
    breaks: [5],
  },
  'head-is-delivered': {
    what: 'The newest text goes to a CMS in place of the approved one.',
    seam: at<typeof postModule.postOf>(
      'src-server/delivery/post.ts',
      'postOf',
      (original) => async (context, newsroom, publication) => {
        const { db } = context.store;
        const heads = db
          .selectFrom('articles')
          .select('head')
          .where('id', '=', publication.article);
        const revision = (await heads.executeTakeFirst())?.head ?? publication.revision;
        return original(context, newsroom, { ...publication, revision });
      },
    ),
    seed: 3,
    breaks: [4, 15],
  },
  'read-back-believed': {
    what: 'A CMS that took a request is believed to show what it was sent.',
    seam: withConnector((connector) => {
      let written: Awaited<ReturnType<Connector['prepare']>> | null = null;
      return {
        write: async (post, words, current, before) => {
          await connector.write(post, words, current, before);
          written = words;
        },
        read: async (id) => {
          const found = await connector.read(id);
          const believed = found && written ? { ...found, ...written, live: true } : found;
          written = null;
          return believed && { ...believed, terms: found?.terms ?? {} };
        },
      };
    }),
    seed: 3,
    breaks: [4, 5],
  },
  'keywords-believed': {
    what: 'A request that was to change keywords alone counts as done, though it came to nothing.',
    seam: withConnector(() => ({ hasTerms: () => true })),
    seed: 7,
    breaks: [4],
  },
  'cms-is-hurried': {
    what: 'How long a CMS asks for patience is not read.',
    seam: at<OpenConnector>(
      'src-server/connectors/open.ts',
      'openConnector',
      (original) => (access, exchange, now) =>
        original(
          access,
          async (request) => {
            const answer = await exchange(request);
            const { 'retry-after': _, ...headers } = answer.headers;
            return { ...answer, status: answer.status === 503 ? 500 : answer.status, headers };
          },
          now,
        ),
    ),
    seed: 3,
    breaks: [16],
  },
  'taken-in-or-not': {
    what: 'What was taken into an article from a CMS is written over there by revisions that do not hold it.',
    seam: at<typeof revisionsModule.descendsFrom>(
      'src-server/store/revisions.ts',
      'descendsFrom',
      () => () => Promise.resolve(true),
    ),
    seed: 71,
    breaks: [5],
  },
  'hidden-posts-are-shown-again': {
    what: 'An article that somebody took from readers in a CMS is put before them again.',
    seam: at<typeof bringModule.bring>(
      'src-server/delivery/bring.ts',
      'bring',
      (original) => (attempt, wanted) =>
        original(
          { ...attempt, delivery: { ...attempt.delivery, live: false, sent: null } },
          wanted,
        ),
    ),
    seed: 3,
    breaks: [5],
  },
  'draft-without-a-look': {
    what: 'A post is made without a look for the one that is there.',
    seam: withConnector((connector) => {
      let made = false;
      return {
        createDraft: async (post, words) => {
          made = true;
          return connector.createDraft(post, words);
        },
        find: async (article) => (made ? (await connector.find(article)).slice(-1) : []),
      };
    }),
    seed: 7,
    breaks: [5],
  },
  'posts-without-standfirst': {
    what: 'The standfirst does not come to a CMS, and the keywords do not either.',
    seam: at<typeof postModule.postOf>(
      'src-server/delivery/post.ts',
      'postOf',
      (original) =>
        async (...given) => {
          const post = await original(...given);
          return post && { ...post, standfirst: '', tags: [] };
        },
    ),
    seed: 7,
    breaks: [4],
  },
  'tags-stay-for-good': {
    what: 'A keyword that an article has no more stays with its post in a CMS.',
    seam: at<typeof connectorModule.joinedTerms>(
      'src-server/connectors/connector.ts',
      'joinedTerms',
      () => (current, _, wanted) => [...new Set([...current, ...wanted])],
    ),
    seed: 7,
    breaks: [4],
  },
  'tags-of-others-go': {
    what: 'The tags that people gave a post in a CMS go when it is written once more.',
    seam: at<typeof connectorModule.joinedTerms>(
      'src-server/connectors/connector.ts',
      'joinedTerms',
      () => (_current, _before, wanted) => [...new Set(wanted)],
    ),
    seed: 7,
    breaks: [4],
  },
} satisfies Record<string, PlantedBug>;
