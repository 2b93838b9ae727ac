import { createHash } from 'node:crypto';
import type { z } from 'zod';
import {
  ApiError,
  ASSET_MAX_BYTES,
  Change,
  ChangesResponse,
  PROTOCOL_HEADER,
  PROTOCOL_VERSION,
  ROUTES,
  WHOLE_UPLOAD_MAX_BYTES,
  type RouteName,
  retryAfterMs,
} from '#shared/api';
import type { Clock, Hash, Id } from '#shared/article';
import { exchange, type Answer, type Limits } from './exchange.ts';
import { ServerError } from './errors.ts';
import { uploadInParts } from './upload.ts';

type Routes = typeof ROUTES;
/** The routes that answer in JSON. */
export type JsonRoute = {
  [K in RouteName]: Routes[K]['response'] extends z.ZodType ? K : never;
}[RouteName];

type Part<K extends RouteName, P extends 'params' | 'query' | 'body'> =
  Routes[K] extends Record<P, infer S extends z.ZodType> ? Record<P, z.input<S>> : unknown;
/** What a route is asked with: its parameters, query and body, as far as it has them. */
export type RouteRequest<K extends RouteName> = Part<K, 'params'> &
  Part<K, 'query'> &
  Part<K, 'body'>;
export type RouteAnswer<K extends JsonRoute> = Routes[K]['response'] extends z.ZodType
  ? z.output<Routes[K]['response']>
  : never;

export interface ServerClient {
  readonly url: string;
  /** Asks a JSON route. Throws {@link ServerError} and nothing else. */
  call<K extends JsonRoute>(
    name: K,
    request: RouteRequest<K>,
    cancel?: AbortSignal,
  ): Promise<RouteAnswer<K>>;
  hasAsset(hash: Hash, cancel?: AbortSignal): Promise<boolean>;
  /** Brings a picture to the server: in one piece, or resumably when it is large. */
  putAsset(hash: Hash, mime: string, bytes: Uint8Array, cancel?: AbortSignal): Promise<void>;
  /** The verified bytes of a picture; null when the server does not hold it. */
  getAsset(hash: Hash, cancel?: AbortSignal): Promise<{ bytes: Uint8Array; mime: string } | null>;
  /** Signs a device out. */
  revokeDevice(id: Id): Promise<void>;
  /** Opens the event stream; its body is read by {@link readEvents}. */
  openEvents(cancel: AbortSignal): Promise<ReadableStream<Uint8Array>>;
}

export interface ServerClientOptions {
  /** Where the server stands, without a closing slash. */
  url: string;
  token: string | null;
  clock: Clock;
  fetch?: typeof fetch;
  limits?: Partial<Limits>;
}

const JSON_LIMITS: Limits = { answerMs: 30_000, stallMs: 30_000, maxBytes: 64_000_000 };
/** An upload counts as silence until it is through. */
const ASSET_LIMITS: Limits = { answerMs: 600_000, stallMs: 60_000, maxBytes: ASSET_MAX_BYTES };

interface Parts {
  params?: Record<string, string>;
  query?: Record<string, string | number | undefined>;
  body?: unknown;
}

function addressOf(base: string, path: string, { params = {}, query = {} }: Parts): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(params[name] ?? ''),
  );
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) search.set(name, String(value));
  return `${base}${filled}${search.size > 0 ? `?${search.toString()}` : ''}`;
}

function nonsense(why: string): ServerError {
  return new ServerError(
    'nonsense',
    `The answer did not come from a publishing server of Stet: ${why}. A sign-in page of the network may stand in between; what you wrote is safe here.`,
  );
}

function jsonOf({ headers, bytes }: Answer): unknown {
  const type = headers.get('content-type') ?? '';
  if (bytes.byteLength === 0) throw nonsense('it is empty');
  if (!/^application\/([\w.-]+\+)?json\b/i.test(type))
    throw nonsense(`it is ${type === '' ? 'of no known kind' : type.split(';')[0]}`);
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw nonsense('it is not valid JSON');
  }
}

function refusalIn(answer: Answer): { body: unknown; error: ApiError['error'] } | null {
  try {
    const body = jsonOf(answer);
    const parsed = ApiError.safeParse(body);
    return parsed.success ? { body, error: parsed.data.error } : null;
  } catch {
    return null;
  }
}

function failureOf(answer: Answer, now: number): ServerError {
  const { status } = answer;
  const said = refusalIn(answer);
  if (status === 429 || status === 408 || status >= 500)
    return new ServerError(
      'server',
      said && status === 429
        ? said.error.message
        : 'The publishing server has a problem of its own.',
      {
        code: said?.error.code ?? String(status),
        retryAfterMs: retryAfterMs(answer.headers.get('retry-after'), now),
      },
    );
  // Only a Stet server may sign a device out or refuse its work: a proxy's 401, 403 or 404 is no answer of ours.
  if (!said || status < 400) return nonsense(`its status is ${status}`);
  const { code, message } = said.error;
  const kind = status === 401 ? 'unauthorised' : status === 426 ? 'too-old' : 'refused';
  return new ServerError(kind, message, { code, body: said.body });
}

/** A kind of change that only a later Stet knows is passed over, so that it cannot hold up the rest. */
function withoutUnknownKinds(body: unknown): unknown {
  if (
    typeof body !== 'object' ||
    body === null ||
    !('changes' in body) ||
    !Array.isArray(body.changes)
  )
    return body;
  const kinds = new Set<unknown>(Change.options.flatMap((option) => [...option.shape.kind.values]));
  const known = body.changes.filter((change: unknown) => {
    const kind =
      typeof change === 'object' && change !== null && 'kind' in change ? change.kind : undefined;
    return typeof kind !== 'string' || kinds.has(kind);
  });
  return { ...body, changes: known };
}

/** The client of one publishing server: typed calls from the table of routes, every hostile answer a ServerError. */
export function createServerClient(options: ServerClientOptions): ServerClient {
  const { url, token, clock } = options;
  const fetcher = options.fetch ?? fetch;

  const send = (
    name: RouteName,
    parts: Parts,
    init: RequestInit,
    limits: Limits,
    cancel?: AbortSignal,
  ) => {
    const route = ROUTES[name];
    const headers = new Headers(init.headers);
    headers.set(PROTOCOL_HEADER, String(PROTOCOL_VERSION));
    if (route.auth === 'device' && token !== null) headers.set('authorization', `Bearer ${token}`);
    return exchange(
      fetcher,
      addressOf(url, route.path, parts),
      { ...init, method: route.method, headers },
      { ...limits, ...options.limits },
      cancel,
    );
  };
  const expectSuccess = (answer: Answer): Answer => {
    if (answer.status < 200 || answer.status > 299) throw failureOf(answer, clock());
    return answer;
  };
  /** An answer without a body is known by its status alone: a sign-in page says 200 to everything. */
  const expectDone = (answer: Answer): void => {
    const { status } = expectSuccess(answer);
    if (status !== 204) throw nonsense(`its status is ${status}`);
  };

  return {
    url,
    async call(name, request, cancel) {
      const parts = request as Parts;
      const init: RequestInit = { headers: { accept: 'application/json' } };
      if (parts.body !== undefined) {
        init.body = JSON.stringify(parts.body);
        init.headers = { accept: 'application/json', 'content-type': 'application/json' };
      }
      const body = jsonOf(expectSuccess(await send(name, parts, init, JSON_LIMITS, cancel)));
      const schema: z.ZodType = ROUTES[name].response;
      const parsed = schema.safeParse(
        schema === ChangesResponse ? withoutUnknownKinds(body) : body,
      );
      if (!parsed.success) throw nonsense('something is missing in it');
      return parsed.data as RouteAnswer<typeof name>;
    },
    async hasAsset(hash, cancel) {
      const answer = await send('hasAsset', { params: { hash } }, {}, JSON_LIMITS, cancel);
      // An answer to HEAD has no body that tells who gave it: the upload that follows finds out.
      if (answer.status >= 400 && answer.status < 500 && answer.status !== 429) return false;
      expectDone(answer);
      return true;
    },
    async putAsset(hash, mime, bytes, cancel) {
      if (bytes.length > WHOLE_UPLOAD_MAX_BYTES) {
        await uploadInParts(
          async (name, parts, init) =>
            expectSuccess(await send(name, parts, init, ASSET_LIMITS, cancel)),
          hash,
          bytes,
        );
        return;
      }
      const init = { headers: { 'content-type': mime }, body: bytes as Uint8Array<ArrayBuffer> };
      expectDone(await send('putAsset', { params: { hash } }, init, ASSET_LIMITS, cancel));
    },
    async getAsset(hash, cancel) {
      const answer = await send('getAsset', { params: { hash } }, {}, ASSET_LIMITS, cancel);
      if (answer.status === 404 && refusalIn(answer)) return null;
      expectSuccess(answer);
      if (createHash('sha256').update(answer.bytes).digest('hex') !== hash)
        throw nonsense('the picture is not the one asked for');
      return { bytes: answer.bytes, mime: answer.headers.get('content-type')?.split(';')[0] ?? '' };
    },
    async revokeDevice(id) {
      expectDone(await send('revokeDevice', { params: { id } }, {}, JSON_LIMITS));
    },
    async openEvents(cancel) {
      const headers: Record<string, string> = {
        accept: 'text/event-stream',
        [PROTOCOL_HEADER]: String(PROTOCOL_VERSION),
      };
      if (token !== null) headers.authorization = `Bearer ${token}`;
      const response = await fetcher(`${url}${ROUTES.events.path}`, {
        headers,
        redirect: 'manual',
        signal: cancel,
      });
      const type = response.headers.get('content-type') ?? '';
      if (response.status !== 200 || !type.startsWith('text/event-stream') || !response.body) {
        await response.body?.cancel();
        throw nonsense(`the event stream has status ${response.status}`);
      }
      return response.body;
    },
  };
}
