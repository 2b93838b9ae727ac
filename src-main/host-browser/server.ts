import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Workstation } from '../core/ports.ts';
import { SECURITY_HEADERS } from '../host-common/content-security-policy.ts';
import { readPageFile } from '../host-common/page-files.ts';
import { admit, type Site } from './admission.ts';
import { createSession, type Session } from './session.ts';
import { createSockets } from './socket.ts';

export interface PageServerOptions {
  workstation: Workstation;
  /** The folder of the built window. */
  pages: string;
  /** 0 for any free port. */
  port: number;
  /** Hears how many pages are connected, whenever that changes. */
  onPages?: (count: number) => void;
  log: (message: string, error: unknown) => void;
}

export interface PageServer {
  readonly site: Site;
  /** An address that opens the window once. Never to be logged. */
  newAddress(): string;
  close(why: 'closing' | 'crashed'): Promise<void>;
}

/**
 * Serves the window on loopback, under a random name below `localhost`: cookies ignore ports, so that on plain
 * 127.0.0.1 any other local server would receive ours.
 */
export async function startPageServer(options: PageServerOptions): Promise<PageServer> {
  const session = createSession();
  const label = `stet-${randomBytes(8).toString('hex')}`;
  let site: Site = { host: '', origin: '' };
  const sockets = createSockets(
    () => site,
    session,
    options.workstation,
    (pages) => options.onPages?.(pages),
  );
  const make = () => {
    const server = createServer((request, response) => {
      answer(request, response, site, session, options).catch((error: unknown) => {
        options.log('A page request failed.', error);
        if (response.headersSent) response.destroy();
        else reply(response, 500, 'Something went wrong inside Stet. Try again.');
      });
    });
    sockets.attach(server);
    return server;
  };
  const { port, servers } = await listenOnLoopback(make, options.port);
  site = { host: `${label}.localhost:${port}`, origin: `http://${label}.localhost:${port}` };
  return {
    site,
    newAddress: () => `${site.origin}/?token=${session.issueToken()}`,
    async close(why) {
      sockets.close(why);
      await Promise.all(servers.map(stopServing));
    },
  };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  site: Site,
  session: Session,
  { pages, workstation }: PageServerOptions,
): Promise<void> {
  const refusal = admit(site, request.method, request.headers);
  if (refusal) {
    reply(response, refusal.status, refusal.message);
    return;
  }
  const url = URL.parse(request.url ?? '/', site.origin);
  const token = url?.pathname === '/' ? url.searchParams.get('token') : null;
  if (typeof token === 'string') {
    const cookie = session.redeem(token);
    if (cookie === null)
      reply(
        response,
        401,
        'This address has been used already. Start Stet again to get a new one.',
      );
    else reply(response, 303, '', { location: '/', 'set-cookie': cookie });
    return;
  }
  if (!session.isHeldBy(request.headers.cookie)) {
    reply(
      response,
      401,
      'This page needs the address that Stet gave when it started. Your work is safe; start Stet again to open it.',
    );
    return;
  }
  const file = await readPageFile(pages, rawPath(request.url), workstation);
  if (!file) {
    reply(response, 404, 'There is nothing here.');
    return;
  }
  response.writeHead(200, {
    ...SECURITY_HEADERS,
    'content-type': file.type,
    'content-length': file.bytes.byteLength,
  });
  response.end(request.method === 'HEAD' ? undefined : file.bytes);
}

/** The path as it was sent: URL parsing would resolve `..` before it could be seen and refused. */
function rawPath(url: string | undefined): string {
  return (url ?? '/').split(/[?#]/, 1)[0] ?? '/';
}

function reply(
  response: ServerResponse,
  status: number,
  message: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, {
    ...SECURITY_HEADERS,
    'content-type': 'text/plain; charset=utf-8',
    ...headers,
  });
  response.end(message);
}

/**
 * Listens on 127.0.0.1 and, where there is IPv6, on the same port of ::1. Browsers try both for a name below
 * `localhost`; left free, someone else's program could take the other one and be sent our token.
 */
async function listenOnLoopback(
  make: () => Server,
  wanted: number,
): Promise<{ port: number; servers: Server[] }> {
  for (let attempt = 1; ; attempt += 1) {
    const first = await listen(make(), '127.0.0.1', wanted);
    const { port } = first.address() as AddressInfo;
    try {
      return { port, servers: [first, await listen(make(), '::1', port)] };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') return { port, servers: [first] };
      await stopServing(first);
      if (wanted !== 0 || attempt === 20) throw error;
    }
  }
}

function listen(server: Server, address: string, port: number): Promise<Server> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host: address, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve(server);
    });
  });
}

function stopServing(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
