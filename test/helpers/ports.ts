import { MessagePort } from 'node:worker_threads';
import type { Port } from '../../src-main/host-electron/port.ts';

/** Node's MessagePort in the shape of Electron's, where a port travels beside the message and not inside it. */
export function nodePort(channel: MessagePort): Port & { readonly channel: MessagePort } {
  return {
    channel,
    post(message, transfer) {
      const beside = (transfer as { channel?: MessagePort } | undefined)?.channel;
      if (beside) channel.postMessage({ message, beside }, [beside]);
      else channel.postMessage(message);
    },
    onMessage: (listener) =>
      void channel.on('message', (data: { message?: unknown; beside?: unknown }) => {
        if (data.beside instanceof MessagePort) listener(data.message, [nodePort(data.beside)]);
        else listener(data, []);
      }),
    onClose: (listener) => void channel.on('close', listener),
    close: () => channel.close(),
  };
}
