import type { Channel as WireChannel } from '#shared/api';
import type { Id } from '#shared/article';
import { can } from '#shared/workflow';
import type { ServerContext } from '../../context.ts';
import { actOnDelivery, readTheirs } from '../../delivery/index.ts';
import { ServerError } from '../../errors.ts';
import {
  deliveriesOf,
  findArticle,
  findDelivery,
  listChannels,
  type Channel,
  type Db,
} from '../../store/index.ts';
import { mayRead, type Caller } from '../../sync/index.ts';
import type { Handlers } from '../adapter.ts';

/** What everybody may know of a channel: its account and its secret stay on the server. */
function toWire({ id, kind, name, address, desks, problem }: Channel): WireChannel {
  return { id, kind, name, address, desks, problem };
}

/** Throws what an article that is not there throws, unless the caller may read it. */
async function requireReadable(db: Db, caller: Caller, id: Id): Promise<{ desk: Id | null }> {
  const person = await caller(db);
  const article = await findArticle(db, id);
  if (!article || !mayRead(person, article))
    throw new ServerError('not-found', 'The publishing server does not have this article.');
  return article;
}

async function standingsOf(db: Db, article: Id): ReturnType<Handlers['deliveries']> {
  const channels = await listChannels(db);
  const found = await deliveriesOf(db, article);
  const deliveries = channels.flatMap(({ id, kind, name }) => {
    const delivery = found.find(({ channel }) => channel === id);
    return delivery ? [{ ...delivery, channel: { id, kind, name } }] : [];
  });
  return { deliveries };
}

/** The CMSs that articles go to, and how each article stands with them. */
export function channelRoutes({
  store,
}: ServerContext): Pick<Handlers, 'channels' | 'deliveries' | 'decideDelivery' | 'remoteVersion'> {
  return {
    channels: async () => ({ channels: (await listChannels(store.db)).map(toWire) }),
    deliveries: ({ session, params }) =>
      store.read(async (db) => {
        await requireReadable(db, session.inside, params.id);
        return standingsOf(db, params.id);
      }),
    decideDelivery: ({ session, params, body }) =>
      store.write(async (unit) => {
        const { desk } = await requireReadable(unit.db, session.inside, params.id);
        if (!can(await session.inside(unit.db), 'delivery.decide', { desk }))
          throw new ServerError(
            'forbidden',
            'Only a desk chief of the article’s desk decides this.',
          );
        await actOnDelivery(unit, params.id, params.channel, body);
        await unit.audit({
          actor: session.person.id,
          action: `delivery.${body.act}`,
          subject: params.id,
          detail: { channel: params.channel },
        });
        return standingsOf(unit.db, params.id);
      }),
    remoteVersion: ({ session, params }) =>
      store.read(async (db) => {
        await requireReadable(db, session.inside, params.id);
        const delivery = await findDelivery(db, params.id, params.channel);
        const { kind } = (await listChannels(db)).find(({ id }) => id === params.channel) ?? {};
        const version = delivery && kind && (await readTheirs(db, kind, delivery));
        if (!version)
          throw new ServerError('not-found', 'Nothing was changed there that Stet knows of.');
        return version;
      }),
  };
}
