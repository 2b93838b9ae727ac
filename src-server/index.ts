import { randomBytes } from 'node:crypto';
import type { Server as HttpServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { join } from 'node:path';
import type { Clock, RandomBytes } from '#shared/article';
import { openAssetFiles, openUploads, startCleaning, uploadFiles } from './assets/index.ts';
import { httpExchange, type Exchange } from './connectors/index.ts';
import { DEFAULT_LIMITS, type Limits, type ServerContext } from './context.ts';
import { startDelivering, type Deliveries } from './delivery/index.ts';
import { createApp } from './http/index.ts';
import { startScheduler, type Scheduler } from './publishing/index.ts';
import { openSecretBox } from './secrets/index.ts';
import { openStore } from './store/index.ts';

export interface ServerOptions {
  /** Holds the database and the pictures. */
  dataDir: string;
  /** `postgres://…` keeps the tables in PostgreSQL; the pictures stay in the data folder. */
  databaseUrl?: string | undefined;
  clock?: Clock | undefined;
  random?: RandomBytes | undefined;
  limits?: Partial<Limits> | undefined;
  /** Clients that speak an older protocol get 426 on push. */
  minimumProtocol?: number | undefined;
  trustProxy?: boolean | undefined;
  /** How a CMS is reached; over HTTP by default. */
  exchange?: Exchange | undefined;
  /** Hears of failures that are the server's own fault; standard error by default. */
  onError?: ((error: unknown) => void) | undefined;
}

/** A publishing server: open, and listening once `listen` has been called. */
export interface Server {
  context: ServerContext;
  scheduler: Scheduler;
  deliveries: Deliveries;
  /** Starts to listen; port 0 takes a free one. Gives the address, without a closing slash. */
  listen: (options?: { host?: string; port?: number }) => Promise<string>;
  /** Ends open streams, answers what is under way, closes the database. */
  close: () => Promise<void>;
}

/** Opens what the server's parts share, without HTTP: what the command line works on. */
export async function openContext(options: ServerOptions): Promise<ServerContext> {
  const clock = options.clock ?? Date.now;
  return {
    store: await openStore({
      dataDir: options.dataDir,
      databaseUrl: options.databaseUrl,
      now: clock,
    }),
    assets: openAssetFiles(join(options.dataDir, 'assets')),
    uploads: openUploads(uploadFiles(join(options.dataDir, 'uploads')), clock),
    secrets: openSecretBox(options.dataDir),
    exchange: options.exchange ?? httpExchange(new AbortController().signal),
    clock,
    random: options.random ?? ((length) => new Uint8Array(randomBytes(length))),
    limits: { ...DEFAULT_LIMITS, ...options.limits },
    minimumProtocol: options.minimumProtocol ?? 1,
  };
}

function reportToStandardError(error: unknown): void {
  process.stderr.write(
    `${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  );
}

/**
 * Connections on which nothing has been asked yet. Node does not count them as idle, and closing would wait a minute
 * for a client that opened one and then thought better of it.
 */
function unusedConnections(server: HttpServer): ReadonlySet<Socket> {
  const unused = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    unused.add(socket);
    socket.once('close', () => unused.delete(socket));
  });
  server.on('request', ({ socket }) => unused.delete(socket));
  return unused;
}

/** Opens a publishing server on a data folder. */
export async function createServer(options: ServerOptions): Promise<Server> {
  // What is under way at a CMS when the server is closed is taken up again when it is opened.
  const ending = new AbortController();
  const exchange = options.exchange ?? httpExchange(ending.signal);
  const context = await openContext({ ...options, exchange });
  const onError = options.onError ?? reportToStandardError;
  const app = await createApp({ context, onError, trustProxy: options.trustProxy ?? false });
  const scheduler = startScheduler(context, onError);
  const deliveries = startDelivering(context, onError);
  const stopCleaning = startCleaning(context.uploads, onError);
  const unused = unusedConnections(app.server);
  return {
    context,
    scheduler,
    deliveries,
    listen: async ({ host = '127.0.0.1', port = 0 } = {}) => {
      await app.listen({ host, port });
      const address = app.server.address() as AddressInfo;
      return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`;
    },
    close: async () => {
      await stopCleaning();
      await scheduler.stop();
      ending.abort();
      await deliveries.stop();
      for (const socket of unused) socket.destroy();
      await app.close();
      await context.store.close();
    },
  };
}
