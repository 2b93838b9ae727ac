import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { ASSET_MAX_BYTES, ROUTES, type RouteName } from '#shared/api';
import type { Hash } from '#shared/article';
import { openUploads } from '../../../src-server/assets/index.ts';
import type { ServerContext } from '../../../src-server/context.ts';
import type { Exchange } from '../../../src-server/connectors/index.ts';
import { addRoute, type Handlers } from '../../../src-server/http/adapter.ts';
import { errorBody, refusalOf, statusOf } from '../../../src-server/http/failures.ts';
import { assetRoutes } from '../../../src-server/http/routes/asset-routes.ts';
import { syncRoutes } from '../../../src-server/http/routes/sync-routes.ts';
import { uploadRoutes } from '../../../src-server/http/routes/upload-routes.ts';
import { openContext } from '../../../src-server/index.ts';
import { publishDueArticles } from '../../../src-server/publishing/scheduler.ts';
import { createPresence, presenceRoutes } from '../../../src-server/http/presence.ts';
import { openWakeStreams } from '../../../src-server/http/wake-streams.ts';
import { clearFault, isInjected, Killed, readImage, writeImage, type DiskImage } from './disk.ts';
import type { Dice } from './dice.ts';
import { createEventLines, type Listener } from './event-lines.ts';
import { memoryAssets, memoryUploadFiles, uploadBody, type Unfinished } from './pictures.ts';
import type { Schedule } from './schedule.ts';

export interface WireRequest {
  method: string;
  path: string;
  headers: Record<string, string>;
  body: string | Uint8Array | null;
  /** How many bytes of an upload get through before its line breaks; all of them when it does not. */
  arrived?: number | undefined;
}
export interface WireResponse {
  status: number;
  headers: Record<string, string>;
  body: string | Uint8Array;
}

/** Something to do around the nth write from now: before it begins, or once it is committed. */
interface Ambush {
  left: number;
  when: 'before' | 'behind';
  act: () => void | Promise<void>;
}

/** The real publishing server on a file of its own, asked without sockets: adapter, handlers, store, scheduler. */
export interface SimServer {
  readonly up: boolean;
  readonly file: string;
  context(): ServerContext;
  /** Throws Killed when the server dies over the request. */
  handle(request: WireRequest): Promise<WireResponse>;
  /** Opens the line on which the server speaks by itself. Gives what tells it that whoever listened has gone. */
  listen(headers: WireRequest['headers'], listener: Listener): Promise<() => void>;
  /** Gives whether that went to its end. */
  publishDue(): Promise<boolean>;
  ambush(left: number, when: Ambush['when'], act: Ambush['act']): void;
  /** Calls off what was planned and has not struck yet. */
  disarm(): void;
  /** Ends it as a power cut would: only what the disk holds stays. */
  kill(): void;
  stop(): Promise<void>;
  start(): Promise<void>;
  image(): DiskImage;
  /** Puts another image of the disk in place, while the server is down. */
  putBack(image: DiskImage): void;
  /** Clients below it get 426 on push. */
  demandProtocol(minimum: number): void;
  close(): Promise<void>;
}

interface ServerOptions {
  dir: string;
  clock: () => number;
  dice: Dice;
  schedule: Schedule;
  onError: (error: unknown) => void;
  /** How the server reaches a CMS; without one there is none. */
  exchange?: Exchange | undefined;
}

type Handler = (request: object, reply: object) => Promise<unknown>;

export async function openServer(options: ServerOptions): Promise<SimServer> {
  const { dir, clock, dice, schedule, onError, exchange } = options;
  mkdirSync(dir, { recursive: true });
  const file = join(dir, 'server.db');
  const pictures = new Map<Hash, Uint8Array>();
  const unfinished: Unfinished = new Map();
  const lines = createEventLines();
  let context: ServerContext;
  let routes = new Map<RouteName, Handler>();
  let record = (): void => undefined;
  let up = false;
  let minimumProtocol = 1;
  let ambushes: Ambush[] = [];
  let afterDeath: DiskImage | null = null;

  const spring = async (when: Ambush['when']): Promise<void> => {
    if (ambushes.length === 0) return;
    for (const ambush of ambushes.filter((each) => each.when === when)) {
      ambush.left -= 1;
      if (ambush.left >= 0) continue;
      ambushes = ambushes.filter((each) => each !== ambush);
      await ambush.act();
    }
    if (!up) throw new Killed();
  };

  const start = async (): Promise<void> => {
    if (afterDeath) {
      await context.store.close();
      writeImage(file, afterDeath);
      afterDeath = null;
    }
    const opened = await openContext({
      dataDir: dir,
      clock,
      random: dice.bytes,
      minimumProtocol,
      exchange,
    });
    const { store } = opened;
    context = {
      ...opened,
      assets: memoryAssets(pictures),
      uploads: openUploads(memoryUploadFiles(unfinished), clock),
      store: {
        ...store,
        write: async (work) => {
          await spring('before');
          const result = await store.write(work);
          await spring('behind');
          return result;
        },
      },
    };
    const presence = createPresence(context);
    const streams = openWakeStreams(context, presence, (work, ms) => {
      const mine = context;
      const again = (): void => {
        if (!up || mine !== context) return;
        schedule.after(ms, again);
        work();
      };
      return schedule.after(ms, again);
    });
    record = () => {
      routes = recordRoutes(context, {
        ...syncRoutes(context, streams),
        ...presenceRoutes(presence),
      });
    };
    record();
    up = true;
  };

  const server: SimServer = {
    get up() {
      return up;
    },
    file,
    context: () => context,
    async handle(request) {
      try {
        const answer = await ask(routes, request);
        if (!up) throw new Killed();
        return answer;
      } catch (error) {
        if (error instanceof Killed) throw error;
        const refusal = refusalOf(error);
        if (refusal.code === 'internal' && !isInjected(error)) onError(error);
        return {
          status: statusOf(refusal),
          headers: { 'content-type': 'application/json; charset=utf-8' },
          body: JSON.stringify(errorBody(refusal)),
        };
      }
    },
    async listen(headers, listener) {
      const { reply, hangUp } = lines.open(listener);
      try {
        await routes.get('events')?.({ headers, params: {}, query: {} }, reply);
      } catch (error) {
        hangUp();
        throw error;
      }
      return hangUp;
    },
    async publishDue() {
      if (!up) return false;
      try {
        await publishDueArticles(context);
        return up;
      } catch (error) {
        if (!isInjected(error)) onError(error);
        return false;
      }
    },
    ambush: (left, when, act) => void ambushes.push({ left, when, act }),
    disarm() {
      ambushes = [];
    },
    kill() {
      if (!up) return;
      afterDeath = readImage(file);
      ambushes = [];
      up = false;
      lines.cut();
    },
    async stop() {
      if (!up) return;
      up = false;
      ambushes = [];
      lines.cut();
      await context.store.close();
    },
    start,
    image: () => readImage(file),
    putBack(image) {
      if (afterDeath) afterDeath = image;
      else writeImage(file, image);
    },
    demandProtocol(minimum) {
      minimumProtocol = minimum;
      context.minimumProtocol = minimum;
      record();
    },
    async close() {
      // The next run of the same seed has its files in the same place.
      clearFault(file);
      if (up || afterDeath) await context.store.close();
      up = false;
    },
  };
  await start();
  return server;
}

/** Registers the rows of the table that syncing uses with something that only remembers their handlers. */
function recordRoutes(
  context: ServerContext,
  ofStreams: Partial<Handlers>,
): Map<RouteName, Handler> {
  const handlers: Partial<Handlers> = {
    ...ofStreams,
    ...assetRoutes(context),
    ...uploadRoutes(context),
  };
  const found = new Map<RouteName, Handler>();
  for (const name of Object.keys(handlers) as RouteName[]) {
    const app = { route: ({ handler }: { handler: Handler }) => void found.set(name, handler) };
    addRoute(app as unknown as FastifyInstance, context, name, handlers, {
      bodyLimit: ASSET_MAX_BYTES,
    });
  }
  return found;
}

/** The routes that syncing asks for. */
const ASKED = [
  'push',
  'changes',
  'digest',
  'digestSector',
  'article',
  'presence',
  'hasAsset',
  'putAsset',
  'getAsset',
  'createUpload',
  'uploadOffset',
  'appendUpload',
] as const;

function routeOf(method: string, path: string): { name: RouteName; params: object } | null {
  for (const name of ASKED) {
    const route = ROUTES[name];
    if (route.method !== method) continue;
    if (route.path === path) return { name, params: {} };
    const [stem = '', parameter] = route.path.split(':');
    if (parameter && path.startsWith(stem))
      return { name, params: { [parameter]: path.slice(stem.length) } };
  }
  return null;
}

async function ask(
  routes: Map<RouteName, Handler>,
  { method, path, headers, body, arrived }: WireRequest,
): Promise<WireResponse> {
  const url = new URL(path, 'http://stet.test');
  const route = routeOf(method, url.pathname);
  const handler = route && routes.get(route.name);
  if (!route || !handler) throw new Error(`No such route: ${method} ${path}`);
  const answer: WireResponse = { status: 200, headers: {}, body: '' };
  let sent: unknown;
  const reply = {
    code(status: number) {
      answer.status = status;
      return reply;
    },
    type(mime: string) {
      answer.headers['content-type'] = mime;
      return reply;
    },
    header(name: string, value: unknown) {
      answer.headers[name] = String(value);
      return reply;
    },
    send(what: unknown) {
      sent = what;
      return reply;
    },
  };
  const request = {
    headers,
    params: route.params,
    query: Object.fromEntries(url.searchParams),
    body:
      route.name === 'appendUpload'
        ? uploadBody(body as Uint8Array, arrived)
        : typeof body === 'string'
          ? (JSON.parse(body) as unknown)
          : body && Buffer.from(body),
  };
  const result = await handler(request, reply);
  if (result === reply) return { ...answer, body: sent instanceof Uint8Array ? sent : '' };
  answer.headers['content-type'] = 'application/json; charset=utf-8';
  return { ...answer, body: JSON.stringify(result) };
}
