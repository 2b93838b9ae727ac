import { PROTOCOL_HEADER, PROTOCOL_VERSION } from '#shared/api';
import { theNewsroom } from '../../accounts/index.ts';
import type { ServerContext } from '../../context.ts';
import { ServerError } from '../../errors.ts';
import { changesAfter, createDigest, push } from '../../sync/index.ts';
import type { Handlers } from '../adapter.ts';
import type { WakeStreams } from '../wake-streams.ts';

/** Health, push, the feed of changes, what devices compare, and the wake-up stream. */
export function syncRoutes(
  context: ServerContext,
  streams: WakeStreams,
): Pick<
  Handlers,
  'health' | 'push' | 'changes' | 'digest' | 'digestSector' | 'article' | 'events'
> {
  const { store, clock, minimumProtocol } = context;
  const digest = createDigest(store);
  return {
    health: async () => ({
      service: 'stet' as const,
      newsroom: (await theNewsroom(store.db)).name,
      protocol: PROTOCOL_VERSION,
      minimumProtocol,
      time: new Date(clock()).toISOString(),
    }),
    push: async ({ session, body, request }) => {
      // A client that names no version speaks the first one.
      const version = Number(request.headers[PROTOCOL_HEADER] ?? 1);
      if (!(version >= minimumProtocol))
        throw new ServerError(
          'upgrade-required',
          'This version of Stet is too old for the publishing server. Your work is safe on this computer; update Stet to send it.',
          { minimumProtocol },
        );
      if (body.device !== session.device)
        throw new ServerError(
          'wrong-device',
          'The operations belong to another device than the one signed in.',
        );
      return push(context, session.inside, body);
    },
    changes: ({ session: { device, inside }, query: { answered, answeredTo, ...query } }) =>
      changesAfter(store, inside, {
        ...query,
        answered:
          answered === undefined ? undefined : { device: answeredTo ?? device, seq: answered },
      }),
    digest: ({ session }) => digest.all(session.inside),
    digestSector: ({ session, params }) => digest.sector(session.inside, params.sector),
    article: ({ session, params }) => digest.article(session.inside, params.id),
    events: async ({ session, reply }) => {
      const { seq } = await store.position();
      streams.open(reply, session, seq);
    },
  };
}
