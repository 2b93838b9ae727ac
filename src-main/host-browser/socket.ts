import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type RawData, type WebSocket } from 'ws';
import type { Workstation } from '../core/ports.ts';
import { servePage } from '../host-common/page-link.ts';
import { admitSocket, type Refusal, type Site } from './admission.ts';
import type { Session } from './session.ts';

/** The largest call: a picture of 25 MB in base64, with room for what stands round it. */
export const MAX_MESSAGE_BYTES = 40_000_000;

const CLOSE = { badMessage: 1008, crashed: 1011, closing: 1001 } as const;

export interface Sockets {
  attach(server: Server): void;
  /** How many pages are connected. */
  count(): number;
  close(why: 'closing' | 'crashed'): void;
}

/** `/socket`: the contract's calls and events as JSON messages, for pages that hold the session. */
export function createSockets(
  site: () => Site,
  session: Session,
  workstation: Pick<Workstation, 'dispatch' | 'on'>,
  onChange: (pages: number) => void,
): Sockets {
  const sockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_MESSAGE_BYTES,
    perMessageDeflate: false,
  });
  sockets.on('connection', (socket) => {
    const link = servePage(workstation, (message) => socket.send(JSON.stringify(message)));
    socket.on('message', (data, isBinary) => {
      if (isBinary || !link.receive(parse(data))) socket.close(CLOSE.badMessage);
    });
    socket.on('close', () => {
      link.close();
      onChange(sockets.clients.size);
    });
    // The close that follows says all there is to say.
    socket.on('error', () => undefined);
    onChange(sockets.clients.size);
  });
  return {
    attach: (server) =>
      server.on('upgrade', (request: IncomingMessage, stream: Duplex, head: Buffer) => {
        stream.on('error', () => stream.destroy());
        const refusal = refusalOf(request, site(), session);
        if (refusal) refuse(stream, refusal);
        else
          sockets.handleUpgrade(request, stream, head, (socket: WebSocket) =>
            sockets.emit('connection', socket, request),
          );
      }),
    count: () => sockets.clients.size,
    close(why) {
      for (const socket of sockets.clients) socket.close(CLOSE[why]);
      sockets.close();
    },
  };
}

function refusalOf(request: IncomingMessage, site: Site, session: Session): Refusal | null {
  const refusal = admitSocket(site, request.method, request.headers);
  if (refusal) return refusal;
  if (request.url !== '/socket') return { status: 404, message: 'There is nothing here.' };
  if (!session.isHeldBy(request.headers.cookie))
    return { status: 401, message: 'This page has no key to Stet.' };
  return null;
}

function refuse(stream: Duplex, { status, message }: Refusal): void {
  const body = Buffer.from(message);
  stream.end(
    `HTTP/1.1 ${status} Refused\r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: ${body.length}\r\nconnection: close\r\n\r\n${message}`,
  );
}

function parse(data: RawData): unknown {
  try {
    // Text messages arrive as one Buffer; ws only fragments when asked to.
    return JSON.parse((data as Buffer).toString('utf8'));
  } catch {
    return undefined;
  }
}
