import type { UtilityProcess } from 'electron';
import type { Hash } from '#shared/article';
import { linkCore, type CoreLink, type CoreSettings, type HostServices } from './core-link.ts';
import { childOf, type Port } from './port.ts';

/** The core's process, which can be started again after a fault. */
export interface CoreHost {
  /** Starts it and opens the profile; the answer is a sentence when the sample newsroom could not be entered. */
  start(): Promise<string | null>;
  connectPage(port: Port): void;
  readAsset(hash: Hash): ReturnType<CoreLink['readAsset']>;
  /** Ends it when everything is written. Safe to call twice. */
  close(): Promise<void>;
}

interface Running {
  link: CoreLink;
  port: Port;
  isOpen: boolean;
}

/** Runs the core in a process that `fork` makes; `stopped` hears when it ends without having been asked to. */
export function createCoreHost(
  fork: () => UtilityProcess,
  settings: CoreSettings,
  services: HostServices,
  stopped: () => void,
): CoreHost {
  let running: Running | null = null;
  let closing: Promise<void> | null = null;
  return {
    start() {
      const port = childOf(fork());
      const mine: Running = { link: linkCore(port, services), port, isOpen: false };
      running = mine;
      port.onClose(() => {
        if (running !== mine) return;
        running = null;
        // Before that, the failure of opening already says so.
        if (!closing && mine.isOpen) stopped();
      });
      return mine.link.open(settings).then((trouble) => {
        mine.isOpen = true;
        return trouble;
      });
    },
    connectPage: (page) => (running ? running.link.connectPage(page) : page.close()),
    readAsset: async (hash) => running?.link.readAsset(hash) ?? null,
    close() {
      closing ??= closeCore(running);
      return closing;
    },
  };
}

async function closeCore(running: Running | null): Promise<void> {
  try {
    await running?.link.close();
  } finally {
    running?.port.close();
  }
}
