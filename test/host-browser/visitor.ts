import { request, type IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';
import type { PageServer } from '../../src-main/host-browser/server.ts';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
}

/** Sends one request as it is written: a path is not normalised, and any header may be set. */
export function ask(
  server: PageServer,
  path: string,
  headers: Record<string, string> = {},
  method = 'GET',
): Promise<Answer> {
  const { host } = server.site;
  return new Promise((resolve, reject) => {
    const asking = request(
      {
        host: '127.0.0.1',
        port: portOf(server),
        path,
        method,
        headers: { host, ...headers },
      },
      (answer) => {
        let body = '';
        answer.setEncoding('utf8').on('data', (part: string) => (body += part));
        answer.on('end', () =>
          resolve({ status: answer.statusCode!, headers: answer.headers, body }),
        );
      },
    );
    asking.on('error', reject).end();
  });
}

/** Opens the one-time address as a browser does, and returns the cookie it got. */
export async function enter(server: PageServer): Promise<string> {
  const answer = await ask(server, pathOf(server.newAddress()));
  return answer.headers['set-cookie']![0]!.split(';')[0]!;
}

export function pathOf(address: string): string {
  const { pathname, search } = new URL(address);
  return pathname + search;
}

/** A socket on `/socket`: settles when it is open, or with the status it was refused with. */
export function connect(
  server: PageServer,
  headers: Record<string, string>,
  path = '/socket',
): Promise<WebSocket | number> {
  const socket = new WebSocket(`ws://127.0.0.1:${portOf(server)}${path}`, {
    headers: { host: server.site.host, ...headers },
  });
  return new Promise((resolve, reject) => {
    socket.once('open', () => resolve(socket));
    socket.once('unexpected-response', (_, response) => {
      resolve(response.statusCode!);
      response.destroy();
    });
    socket.once('error', reject);
  });
}

function portOf(server: PageServer): number {
  return Number(server.site.host.split(':')[1]);
}
