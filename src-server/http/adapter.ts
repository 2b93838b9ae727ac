import type { FastifyInstance, FastifyReply, FastifyRequest, RouteShorthandOptions } from 'fastify';
import { z } from 'zod';
import { ROUTES, type Route, type RouteName } from '#shared/api';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { openSession, type Session } from './session.ts';

type Field<R, K extends string> =
  R extends Record<K, infer T extends z.ZodType> ? z.output<T> : undefined;
type Result<R extends Route> = R['response'] extends z.ZodType ? z.input<R['response']> : unknown;

/** One request, parsed by its row of the table. `session` is there exactly where the row asks for a device. */
export interface Call<R extends Route> {
  params: Field<R, 'params'>;
  query: Field<R, 'query'>;
  headers: Field<R, 'headers'>;
  body: Field<R, 'body'>;
  session: R['auth'] extends 'device' ? Session : null;
  request: FastifyRequest;
  reply: FastifyReply;
}

type Handler<R extends Route> = (call: Call<R>) => Promise<Result<R>>;
/** What the server does for each route of the table. */
export type Handlers = { [K in RouteName]: Handler<(typeof ROUTES)[K]> };

function parse(schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new ServerError(
    'malformed',
    `The request is malformed: ${z.prettifyError(parsed.error).slice(0, 1000)}`,
  );
}

async function answer(route: Route, result: unknown, reply: FastifyReply): Promise<unknown> {
  if (route.response === 'events') return reply;
  if (route.response === 'binary') return result;
  if (route.response === 'empty') return reply.code(route.status ?? 204).send();
  // Parsed on the way out too: what is not in the contract does not leave the server.
  return route.response.parse(result);
}

/** Registers one route of the table: checks the token, parses in, calls the handler, parses out. */
export function addRoute(
  app: FastifyInstance,
  context: ServerContext,
  name: RouteName,
  handlers: Partial<Handlers>,
  options: RouteShorthandOptions = {},
): void {
  const route: Route = ROUTES[name];
  // The table ties each row to its handler's type; walking it by name forgets which row this is.
  const handler = handlers[name] as Handler<Route> | undefined;
  if (!handler) throw new Error(`No handler for ${name}.`);
  app.route({
    ...options,
    // The table says which routes answer HEAD.
    exposeHeadRoute: false,
    method: route.method,
    url: route.path,
    handler: async (request, reply) => {
      const session = route.auth === 'device' ? await openSession(context, request) : null;
      const call = {
        params: parse(route.params, request.params),
        query: parse(route.query, request.query),
        headers: parse(route.headers, request.headers),
        body: parse(route.body, request.body),
        session,
        request,
        reply,
      } as Call<Route>;
      return answer(route, await handler(call), reply);
    },
  });
}
