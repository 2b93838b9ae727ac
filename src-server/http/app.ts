import helmet from '@fastify/helmet';
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { addSite, failurePage } from '../site/index.ts';
import { addApi } from './api.ts';
import { errorBody, refusalOf, statusOf } from './failures.ts';
import { isApi, knownMethods } from './known-methods.ts';
import { createPresence } from './presence.ts';
import { openWakeStreams } from './wake-streams.ts';

export interface AppOptions {
  context: ServerContext;
  /** Set where a proxy stands in front: the reader's address then comes from its headers. */
  trustProxy?: boolean;
  /** Hears of failures that are the server's own fault. */
  onError: (error: unknown) => void;
}

/** The whole HTTP side: API under /v1, the public site everywhere else. */
export async function createApp({
  context,
  trustProxy = false,
  onError,
}: AppOptions): Promise<FastifyInstance> {
  const fail = async (
    error: unknown,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<void> => {
    const refusal = refusalOf(error);
    if (refusal.code === 'internal') onError(error);
    reply.code(statusOf(refusal));
    if (isApi(request.url)) await reply.send(errorBody(refusal));
    else await failurePage(context, reply, refusal);
  };
  const app = fastify({
    trustProxy,
    // Addresses that cannot be decoded fail before there is a route.
    frameworkErrors: (error, request, reply) => void fail(error, request, reply),
    clientErrorHandler: (_error, socket) => {
      const body = JSON.stringify(
        errorBody(new ServerError('malformed', 'The request cannot be read.')),
      );
      if (socket.writable)
        socket.end(
          `HTTP/1.1 400 Bad Request\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\nconnection: close\r\n\r\n${body}`,
        );
    },
  });
  app.setErrorHandler(fail);
  const methodsOf = knownMethods(app);
  app.setNotFoundHandler((request, reply) => {
    const methods = methodsOf(request.url);
    if (methods.length === 0)
      return fail(
        new ServerError('not-found', 'There is nothing at this address.'),
        request,
        reply,
      );
    reply.header('allow', methods.join(', '));
    return fail(
      new ServerError(
        'wrong-method',
        `This address answers ${methods.join(', ')} only. Nothing was changed.`,
      ),
      request,
      reply,
    );
  });
  await app.register(helmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'"],
        fontSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: { includeSubDomains: false },
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' },
  });
  const presence = createPresence(context);
  const streams = openWakeStreams(context, presence);
  app.addHook('preClose', async () => streams.close());
  await app.register((scope) => addApi(scope, context, streams, presence));
  await app.register((scope) => addSite(scope, context));
  return app;
}
