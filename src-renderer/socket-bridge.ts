import {
  bridgeOver,
  StetError,
  type AskingBridge,
  type Bridge,
  type EventData,
  type EventName,
  type Reply,
} from '#shared/contract';

/** Whether the core can be reached from this window. */
export type Connection = 'connecting' | 'open' | 'lost';

/** The core as the window sees it. */
export interface WindowBridge extends Bridge {
  connection: () => Connection;
  onConnection: (listener: () => void) => () => void;
}

const FIRST_WAIT = 250;
const LONGEST_WAIT = 4000;
/** How long a request waits for the connection to come back before it says so. */
const PATIENCE = 8000;

const LOST =
  'Stet’s core is not answering. What was saved is safe on this computer. Keep this window open while it connects again; if it does not, start Stet anew and copy over what you typed last.';

interface Waiting {
  settle: (reply: Reply) => void;
}

type Message = { id: number; reply: Reply } | { event: EventName; data: unknown };

/** The bridge over host-browser's socket. Connects again by itself, less and less often, for as long as it takes. */
export function openSocketBridge(connect: () => WebSocket): WindowBridge {
  const waiting = new Map<number, Waiting>();
  const listeners = new Map<EventName, Set<(data: never) => void>>();
  const watchers = new Set<() => void>();
  let state: Connection = 'connecting';
  let socket: WebSocket | null = null;
  let pause = FIRST_WAIT;
  let lastId = 0;

  const become = (next: Connection): void => {
    if (state === next) return;
    state = next;
    for (const watcher of [...watchers]) watcher();
  };

  const receive = (text: string): void => {
    const message = JSON.parse(text) as Message;
    if ('event' in message) {
      for (const listener of [...(listeners.get(message.event) ?? [])])
        listener(message.data as never);
      return;
    }
    waiting.get(message.id)?.settle(message.reply);
    waiting.delete(message.id);
  };

  const open = (): void => {
    const opening = connect();
    socket = opening;
    opening.addEventListener('open', () => {
      pause = FIRST_WAIT;
      become('open');
    });
    opening.addEventListener('message', ({ data }) => receive(String(data)));
    opening.addEventListener('close', () => {
      become('lost');
      for (const { settle } of waiting.values())
        settle({ ok: false, error: { code: 'internal', message: LOST } });
      waiting.clear();
      setTimeout(open, pause);
      pause = Math.min(pause * 2, LONGEST_WAIT);
    });
  };
  open();

  const untilOpen = (): Promise<WebSocket> =>
    new Promise((resolve, reject) => {
      const look = (): boolean => {
        if (socket?.readyState !== WebSocket.OPEN) return false;
        stop();
        resolve(socket);
        return true;
      };
      const giveUp = setTimeout(() => {
        stop();
        reject(new StetError('internal', LOST));
      }, PATIENCE);
      const stop = (): void => {
        clearTimeout(giveUp);
        watchers.delete(look);
      };
      if (!look()) watchers.add(look);
    });

  const ask: AskingBridge['ask'] = async (name, input) => {
    const open = await untilOpen();
    const id = (lastId += 1);
    return new Promise<Reply>((settle) => {
      waiting.set(id, { settle });
      open.send(JSON.stringify({ id, name, input }));
    });
  };

  const on: Bridge['on'] = <K extends EventName>(
    name: K,
    listener: (data: EventData<K>) => void,
  ) => {
    const set = listeners.get(name) ?? new Set();
    listeners.set(name, set.add(listener));
    return () => set.delete(listener);
  };

  return {
    ...bridgeOver({ ask, on }),
    connection: () => state,
    onConnection(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
  };
}
