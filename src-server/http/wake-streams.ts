import type { FastifyReply } from 'fastify';
import type { ServerContext } from '../context.ts';
import { findDevice } from '../store/index.ts';
import type { Session } from './session.ts';

const HEARTBEAT_MS = 15_000;

/** The open event streams. They only say that there is something to pull; nothing depends on them. */
export interface WakeStreams {
  open: (reply: FastifyReply, session: Session, seq: number) => void;
  close: () => void;
}

export function openWakeStreams({ store }: Pick<ServerContext, 'store'>): WakeStreams {
  const streams = new Map<FastifyReply['raw'], Session['device']>();
  const wake = (seq: number): string =>
    `event: wake\nid: ${seq}\ndata: ${JSON.stringify({ seq })}\n\n`;
  const stopListening = store.onCommit((seq) => {
    for (const stream of streams.keys()) stream.write(wake(seq));
  });
  // The beat keeps proxies from closing a quiet stream, and ends those of devices that were signed out.
  const beat = async (): Promise<void> => {
    for (const [stream, id] of streams) {
      const device = await findDevice(store.db, id);
      if (device?.token_hash == null) stream.end();
      else stream.write(': beat\n\n');
    }
  };
  const timer = setInterval(() => void beat().catch(() => undefined), HEARTBEAT_MS);
  timer.unref();
  return {
    open: (reply, session, seq) => {
      reply.hijack();
      const stream = reply.raw;
      stream.writeHead(200, {
        'content-type': 'text/event-stream',
        'cache-control': 'no-store',
        'x-accel-buffering': 'no',
      });
      stream.write(wake(seq));
      streams.set(stream, session.device);
      stream.on('close', () => streams.delete(stream));
    },
    close: () => {
      stopListening();
      clearInterval(timer);
      for (const stream of streams.keys()) stream.end();
    },
  };
}
