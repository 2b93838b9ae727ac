import type { FastifyReply } from 'fastify';
import type { ServerContext } from '../context.ts';
import { findDevice, findPerson } from '../store/index.ts';
import type { Presence } from './presence.ts';
import type { Session } from './session.ts';

const HEARTBEAT_MS = 15_000;

/** The open event streams: that there is something to pull, and who is where. Nothing depends on them. */
export interface WakeStreams {
  open: (reply: FastifyReply, session: Session, seq: number) => void;
  close: () => void;
}

interface Listener {
  session: Session;
  /** Who is where, as it was last told. */
  told: string;
}

const NOBODY = JSON.stringify({ here: [] });

function repeatedly(work: () => void, ms: number): () => void {
  const timer = setInterval(work, ms);
  timer.unref();
  return () => clearInterval(timer);
}

export function openWakeStreams(
  { store }: Pick<ServerContext, 'store'>,
  presence: Presence,
  repeat: typeof repeatedly = repeatedly,
): WakeStreams {
  const streams = new Map<FastifyReply['raw'], Listener>();
  const wake = (seq: number): string =>
    `event: wake\nid: ${seq}\ndata: ${JSON.stringify({ seq })}\n\n`;
  const stopListening = store.onCommit((seq) => {
    for (const stream of streams.keys()) stream.write(wake(seq));
  });
  const tellPresence = async (stream: FastifyReply['raw'], listener: Listener): Promise<void> => {
    const { person, device } = listener.session;
    // Asked anew: what a person may read can have changed since the stream was opened.
    const now = await findPerson(store.db, person.id);
    const words = JSON.stringify({ here: now ? await presence.seenBy(now, device) : [] });
    if (words === listener.told || !streams.has(stream)) return;
    listener.told = words;
    stream.write(`event: presence\ndata: ${words}\n\n`);
  };
  const tellAll = async (): Promise<void> => {
    for (const [stream, listener] of streams) await tellPresence(stream, listener);
  };
  let telling: Promise<void> = Promise.resolve();
  presence.onChange(() => {
    telling = telling.then(tellAll).catch(() => undefined);
  });
  // The beat keeps proxies from closing a quiet stream, ends those of devices that were signed out, and tells who left.
  const beat = async (): Promise<void> => {
    for (const [stream, listener] of streams) {
      const device = await findDevice(store.db, listener.session.device);
      if (device?.token_hash == null) stream.end();
      else stream.write(': beat\n\n');
    }
    await tellAll();
  };
  const stopBeating = repeat(() => void beat().catch(() => undefined), HEARTBEAT_MS);
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
      const listener = { session, told: NOBODY };
      streams.set(stream, listener);
      stream.on('close', () => {
        streams.delete(stream);
        // The device may have opened a new line before the end of the old one was noticed.
        const others = [...streams.values()].map((one) => one.session.device);
        if (others.includes(session.device)) return;
        void presence.move(session, null).catch(() => undefined);
      });
      void tellPresence(stream, listener).catch(() => undefined);
    },
    close: () => {
      stopListening();
      presence.close();
      stopBeating();
      for (const stream of streams.keys()) stream.end();
    },
  };
}
