import { once } from 'node:events';
import { createServer, request, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What the line does with a request: `drop-answer` lets it reach the server and cuts the way back. */
export type Trouble = 'pass' | 'drop-answer' | 'cut' | ((response: ServerResponse) => void);

/** A line between a workstation and its server that fails as a test wishes. */
export interface UnreliableLine {
  url: string;
  /** Asked for every request, by its path without the query. */
  trouble: (method: string, path: string) => Trouble;
  close(): Promise<void>;
}

export async function openLine(target: () => string): Promise<UnreliableLine> {
  const server = createServer((incoming: IncomingMessage, response: ServerResponse) => {
    const { method = 'GET', url = '/', headers } = incoming;
    const trouble = line.trouble(method, url.split('?')[0] ?? url);
    if (trouble === 'cut') return void incoming.socket.destroy();
    if (typeof trouble === 'function') {
      incoming.resume();
      trouble(response);
      return;
    }
    const onward = request(new URL(url, target()), { method, headers }, (answer) => {
      if (trouble === 'drop-answer') {
        answer.resume().once('end', () => incoming.socket.destroy());
        return;
      }
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => incoming.socket.destroy());
    response.on('close', () => onward.destroy());
    incoming.pipe(onward);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const line: UnreliableLine = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    trouble: () => 'pass',
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return line;
}
