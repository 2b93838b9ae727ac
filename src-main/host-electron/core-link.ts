import type { Hash } from '#shared/article';
import type { Ports, Secrets, Workstation } from '../core/ports.ts';
import type { HostOptions } from '../host-common/options.ts';
import type { ServerLaunch } from '../host-common/sample-newsroom/index.ts';
import type { Port } from './port.ts';
import { exchangeRequests } from './requests.ts';

/** What the core's process needs to open a profile. */
export interface CoreSettings {
  folder: string;
  profile: string;
  deviceName: string;
  sample: HostOptions['sample'];
  sampleFolder: string;
  peopleFile: string;
  sampleServer: ServerLaunch;
}

type Log = Parameters<Ports['log']>;

/** What only the main process can do, offered to the core. */
export type HostRequests = {
  'secrets.get': (key: string) => Promise<string | null>;
  'secrets.set': (input: { key: string; value: string }) => Promise<'stored' | 'session-only'>;
  'secrets.delete': (key: string) => Promise<void>;
  openExternal: (url: string) => Promise<void>;
  log: (input: { level: Log[0]; message: string; error: string | null }) => void;
};

/** What the core's process offers the main process. Pages talk to the core by a port of their own. */
export type CoreRequests = {
  /** Opens the profile; the answer is a sentence when the sample newsroom could not be entered. */
  open: (settings: CoreSettings) => Promise<string | null>;
  readAsset: (hash: Hash) => ReturnType<Workstation['readAsset']>;
  close: (input: null) => Promise<void>;
};

/** A page's port travels with this message. */
export const PAGE = { kind: 'page' } as const;

export interface CoreLink {
  open(settings: CoreSettings): Promise<string | null>;
  /** Gives the core one end of a page's connection. */
  connectPage(port: Port): void;
  readAsset: Workstation['readAsset'];
  close(): Promise<void>;
}

export interface HostServices {
  secrets: Secrets;
  openExternal: (url: string) => Promise<void>;
  log: Ports['log'];
}

/** The core as the main process reaches it. */
export function linkCore(port: Port, host: HostServices): CoreLink {
  const offered: HostRequests = {
    'secrets.get': (key) => host.secrets.get(key),
    'secrets.set': ({ key, value }) => host.secrets.set(key, value),
    'secrets.delete': (key) => host.secrets.delete(key),
    openExternal: (url) => host.openExternal(url),
    log: ({ level, message, error }) => host.log(level, message, error ?? undefined),
  };
  const ask = exchangeRequests<CoreRequests>(port, offered);
  return {
    open: (settings) => ask('open', settings),
    connectPage: (page) => port.post(PAGE, page),
    readAsset: (hash) => ask('readAsset', hash),
    close: () => ask('close', null),
  };
}
