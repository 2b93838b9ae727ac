import type { Handlers } from '#shared/contract';
import { asStetError } from './errors.ts';
import type { Session } from './session.ts';

type Names = 'channels.list' | 'deliveries.list' | 'deliveries.decide' | 'deliveries.theirs';

/** The calls about the CMSs that the publishing server brings articles to: it alone knows, so they need the network. */
export function deliveryHandlers(session: Session): Pick<Handlers, Names> {
  return {
    'channels.list': () => asStetError(async () => (await session.server()).call('channels', {})),
    'deliveries.list': ({ article: id }) =>
      asStetError(async () => (await session.server()).call('deliveries', { params: { id } })),
    'deliveries.decide': ({ article: id, channel, decision }) =>
      asStetError(async () =>
        (await session.server()).call('decideDelivery', {
          params: { id, channel },
          body: decision,
        }),
      ),
    'deliveries.theirs': ({ article: id, channel }) =>
      asStetError(async () =>
        (await session.server()).call('remoteVersion', { params: { id, channel } }),
      ),
  };
}
