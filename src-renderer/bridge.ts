import {
  bridgeOver,
  StetError,
  type AskingBridge,
  type CallName,
  type Input,
  type Output,
} from '#shared/contract';
import { openSocketBridge, type WindowBridge } from './socket-bridge.ts';

declare global {
  interface Window {
    /** Put there by the preload script when Stet runs in Electron. */
    stet?: AskingBridge;
  }
}

function fromPreload(preload: AskingBridge): WindowBridge {
  return {
    ...bridgeOver(preload),
    connection: () => 'open',
    onConnection: () => () => undefined,
  };
}

function socketAddress(): string {
  const { protocol, host } = window.location;
  return `${protocol === 'https:' ? 'wss' : 'ws'}://${host}/socket`;
}

/** The one door to the core: the preload script's where there is one, else the loopback socket. */
export const bridge: WindowBridge = window.stet
  ? fromPreload(window.stet)
  : openSocketBridge(() => new WebSocket(socketAddress()));

/** Asks the core. Always rejects with a StetError, whose message is a sentence for the person. */
export async function call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>> {
  try {
    return await bridge.call(name, input);
  } catch (error) {
    throw asStetError(error);
  }
}

/** What any thrown thing says to the person. */
export function asStetError(error: unknown): StetError {
  if (error instanceof StetError) return error;
  const message = error instanceof Error ? error.message : '';
  return new StetError(
    'internal',
    message || 'Something went wrong inside Stet. What you wrote is saved; try again.',
    { cause: error },
  );
}
