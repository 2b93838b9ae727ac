import rateLimit from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { ASSET_MAX_BYTES, ROUTES, UPLOAD_TYPE, type RouteName } from '#shared/api';
import { hashSecret, theNewsroom } from '../accounts/index.ts';
import { receiveBody } from '../assets/index.ts';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { addRoute, type Handlers } from './adapter.ts';
import { openApiDocument } from './open-api.ts';
import { presenceRoutes, type Presence } from './presence.ts';
import { accountRoutes } from './routes/account-routes.ts';
import { assetRoutes } from './routes/asset-routes.ts';
import { channelRoutes } from './routes/channel-routes.ts';
import { syncRoutes } from './routes/sync-routes.ts';
import { uploadRoutes } from './routes/upload-routes.ts';
import type { WakeStreams } from './wake-streams.ts';

const JSON_LIMIT = 256_000;
/** One revision of a very long article may travel alone and pass the usual size of a push. */
const PUSH_LIMIT = 32_000_000;

/** As many people may sign in from behind one address in the same minute, each with all their tries. */
const PEOPLE_PER_ADDRESS = 10;

/**
 * Counts tries per address and login, so that guessing one password does not lock a whole office out; and per address, so
 * that one password is not tried on every login, nor the processor kept busy with hashing.
 */
function guarded(
  app: FastifyInstance,
  max: number,
  whose: (request: FastifyRequest) => string = loginIn,
): RouteShorthandOptions {
  const perAddress = app.createRateLimit({
    max: max * PEOPLE_PER_ADDRESS,
    timeWindow: '1 minute',
    keyGenerator: ({ ip }) => ip,
  });
  const keyGenerator = (request: FastifyRequest): string => `${request.ip} ${whose(request)}`;
  return {
    config: { rateLimit: { max, timeWindow: '1 minute', hook: 'preHandler', keyGenerator } },
    preHandler: async (request, reply) => {
      const limit = await perAddress(request);
      if (limit.isAllowed || !limit.isExceeded) return;
      reply.header('retry-after', limit.ttlInSeconds);
      throw new ServerError('too-many', 'Too many tries. Wait a minute, then try again.');
    },
  };
}

function loginIn({ body }: FastifyRequest): string {
  const { login } = (body ?? {}) as { login?: unknown };
  return typeof login === 'string' ? login.toLowerCase().slice(0, 100) : '';
}

/** A laptop that was left open must not be where its owner's password is guessed. */
function tokenIn({ headers }: FastifyRequest): string {
  return hashSecret(headers.authorization ?? '');
}

/** Everything under /v1: the routes of the shared table, and the document that describes them. */
export async function addApi(
  app: FastifyInstance,
  context: ServerContext,
  streams: WakeStreams,
  presence: Presence,
): Promise<void> {
  await app.register(rateLimit, { global: false });
  app.removeContentTypeParser('text/plain');
  app.addHook('onSend', async (_request, reply) => {
    if (!reply.hasHeader('cache-control')) reply.header('cache-control', 'no-store');
  });
  const handlers: Handlers = {
    ...accountRoutes(context),
    ...syncRoutes(context, streams),
    ...presenceRoutes(presence),
    ...channelRoutes(context),
    ...assetRoutes(context),
    ...uploadRoutes(context),
  };
  const special: Partial<Record<RouteName, RouteShorthandOptions>> = {
    signIn: guarded(app, context.limits.signInsPerMinute),
    acceptInvitation: guarded(app, context.limits.signInsPerMinute),
    changePassword: guarded(app, context.limits.signInsPerMinute, tokenIn),
    push: { bodyLimit: PUSH_LIMIT },
  };
  for (const name of Object.keys(ROUTES) as RouteName[])
    if (name !== 'putAsset' && name !== 'appendUpload')
      addRoute(app, context, name, handlers, { bodyLimit: JSON_LIMIT, ...special[name] });

  await app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    raw.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    );
    addRoute(raw, context, 'putAsset', handlers, { bodyLimit: ASSET_MAX_BYTES });
  });

  await app.register(async (raw) => {
    raw.removeAllContentTypeParsers();
    // Handed on as it comes: what came before the line broke must not be lost with the rest.
    raw.addContentTypeParser(UPLOAD_TYPE, (_request, body, done) => done(null, receiveBody(body)));
    addRoute(raw, context, 'appendUpload', handlers);
  });

  app.get('/v1/openapi.json', async () => {
    const { name, siteUrl } = await theNewsroom(context.store.db);
    return openApiDocument(name, siteUrl);
  });
}
