import type { MessagePortMain, ParentPort, UtilityProcess } from 'electron';

/** One end of a connection between two processes, whichever of Electron's or Node's classes it is made of. */
export interface Port {
  post(message: unknown, transfer?: Port): void;
  onMessage(listener: (message: unknown, ports: readonly Port[]) => void): void;
  onClose(listener: () => void): void;
  close(): void;
}

const native = new WeakMap<Port, MessagePortMain>();

export function portOf(channel: MessagePortMain): Port {
  const port: Port = {
    post: (message, transfer) => channel.postMessage(message, nativeOf(transfer)),
    onMessage(listener) {
      channel.on('message', ({ data, ports }) => listener(data, ports.map(portOf)));
      channel.start();
    },
    onClose: (listener) => void channel.on('close', listener),
    close: () => channel.close(),
  };
  native.set(port, channel);
  return port;
}

/** The main process as the core's process sees it. */
export function parentOf(parent: ParentPort): Port {
  return {
    post: (message) => parent.postMessage(message),
    onMessage: (listener) =>
      void parent.on('message', ({ data, ports }) => listener(data, ports.map(portOf))),
    // A utility process ends with the one that made it.
    onClose: () => undefined,
    close: () => undefined,
  };
}

/** The core's process as the main process sees it. */
export function childOf(child: UtilityProcess): Port {
  return {
    post: (message, transfer) => child.postMessage(message, nativeOf(transfer)),
    onMessage: (listener) => void child.on('message', (data: unknown) => listener(data, [])),
    onClose: (listener) => void child.once('exit', () => listener()),
    close: () => void child.kill(),
  };
}

function nativeOf(port: Port | undefined): MessagePortMain[] {
  const channel = port && native.get(port);
  return channel ? [channel] : [];
}
