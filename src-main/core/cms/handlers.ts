import type { Person } from '#shared/api';
import type { Clock } from '#shared/article';
import { StetError, type Emit, type Handlers } from '#shared/contract';
import { can } from '#shared/workflow';
import { asStetError, type Session } from '../session/index.ts';
import type { Store } from '../store/index.ts';
import { takeInVersion } from './take-in.ts';

interface Deps {
  store: Store;
  session: Session;
  emit: Emit;
  /** Throws a StetError when nobody is signed in. */
  person: () => Person;
  clock: Clock;
  /** Something waits in the outbox: time to sync. */
  wake: () => void;
  /** What the status bar tells may have changed. */
  statusChanged: () => void;
}

type Names =
  | 'channels.list'
  | 'deliveries.list'
  | 'deliveries.decide'
  | 'deliveries.theirs'
  | 'deliveries.takeIn';

/** The calls about the CMSs that the publishing server brings articles to: it alone knows, so they need the network. */
export function cmsHandlers(deps: Deps): Pick<Handlers, Names> {
  const { store, session, emit, clock } = deps;
  const decide: Handlers['deliveries.decide'] = ({ article: id, channel, decision }) =>
    asStetError(async () =>
      (await session.server()).call('decideDelivery', { params: { id, channel }, body: decision }),
    );
  return {
    'channels.list': () => asStetError(async () => (await session.server()).call('channels', {})),
    'deliveries.list': ({ article: id }) =>
      asStetError(async () => (await session.server()).call('deliveries', { params: { id } })),
    'deliveries.decide': decide,
    'deliveries.theirs': ({ article: id, channel }) =>
      asStetError(async () =>
        (await session.server()).call('remoteVersion', { params: { id, channel } }),
      ),
    'deliveries.takeIn': async ({ article, channel, theirs }) => {
      const { id: author } = requireWriter(deps, article);
      const server = await session.server();
      const params = { id: article, channel };
      const { version, name } = await asStetError(async () => {
        const { channels } = await server.call('channels', {});
        const found = channels.find(({ id }) => id === channel);
        return { version: await server.call('remoteVersion', { params }), name: found?.name };
      });
      if (version.theirs !== theirs)
        throw new StetError(
          'refused',
          'It was changed once more since you looked. Look at the newest version first.',
        );
      const within = await takeInVersion(
        { store, clock, by: { author, device: store.deviceId }, channel: name ?? 'the CMS' },
        article,
        version,
      );
      emit('article', { article, working: true });
      emit('lists', {});
      deps.statusChanged();
      deps.wake();
      return decide({ article, channel, decision: { act: 'taken-in', theirs, within } });
    },
  };
}

function requireWriter({ store, person }: Deps, article: string): Person {
  const who = person();
  const record = store.articles.record(article);
  if (!record) throw new StetError('not-found', 'This article is not on this computer.');
  if (can(who, 'article.write', record) && can(who, 'delivery.decide', record)) return who;
  throw new StetError('forbidden', 'Only a desk chief of the article’s desk decides this.');
}
