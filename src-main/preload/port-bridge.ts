import type { AskingBridge, Reply } from '#shared/contract';

/** The part of a MessagePort that is used; the browser's and Node's both have it. */
export interface PagePort {
  postMessage(message: unknown): void;
  addEventListener(type: 'message', listener: (event: { data: unknown }) => void): void;
  start(): void;
}

export type HostEvent = { event: string; data: unknown };
type Message = { id: number; reply: Reply } | HostEvent;

const GONE: Reply = {
  ok: false,
  error: {
    code: 'internal',
    message: 'Stet’s core is not answering. What was saved is safe on this computer; try again.',
  },
};

export interface PortBridge extends AskingBridge {
  /** Uses this port from now on. What the last one left unanswered fails with a sentence. */
  use(port: PagePort): void;
  /** Passes on an event that came another way. Before anyone listens for it, it waits: the page may still be loading. */
  hear(event: HostEvent): void;
}

/** Calls and events over whatever port the main process gives; calls made before the first one wait for it. */
export function createPortBridge(): PortBridge {
  const waiting = new Map<number, (reply: Reply) => void>();
  const listeners = new Map<string, Set<(data: never) => void>>();
  let early: unknown[] = [];
  let unheard: HostEvent[] = [];
  let current: PagePort | null = null;
  let lastId = 0;

  const receive = (message: Message): void => {
    if ('event' in message) {
      for (const listener of [...(listeners.get(message.event) ?? [])])
        listener(message.data as never);
      return;
    }
    waiting.get(message.id)?.(message.reply);
    waiting.delete(message.id);
  };

  return {
    ask: (name, input) =>
      new Promise((resolve) => {
        const id = (lastId += 1);
        waiting.set(id, resolve);
        const message = { id, name, input };
        if (current) current.postMessage(message);
        else early.push(message);
      }),
    on(name, listener) {
      const heard = listeners.get(name) ?? new Set();
      listeners.set(name, heard.add(listener));
      const waited = unheard.filter(({ event }) => event === name);
      unheard = unheard.filter(({ event }) => event !== name);
      for (const { data } of waited) queueMicrotask(() => listener(data as never));
      return () => void heard.delete(listener);
    },
    use(port) {
      if (current) {
        for (const settle of waiting.values()) settle(GONE);
        waiting.clear();
      }
      current = port;
      port.addEventListener('message', ({ data }) => receive(data as Message));
      port.start();
      for (const message of early) port.postMessage(message);
      early = [];
    },
    hear(message) {
      if ((listeners.get(message.event)?.size ?? 0) > 0) receive(message);
      else unheard.push(message);
    },
  };
}
