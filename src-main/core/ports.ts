import type { Clock, Hash, RandomBytes } from '#shared/article';
import type { EventData, EventName, Reply, SamplePerson } from '#shared/contract';
import type { z } from 'zod';

/** Where the core keeps credentials. `session-only` means they are forgotten when Stet closes. */
export interface Secrets {
  get(key: string): Promise<string | null>;
  set(key: string, value: string): Promise<'stored' | 'session-only'>;
  delete(key: string): Promise<void>;
}

/** A publishing server on this computer with people in each role and a small archive, for trying Stet out. */
export interface SampleNewsroom {
  /** Whether it can run here, and if not, why, as a sentence. */
  available(): { available: boolean; why: string };
  people(): (z.infer<typeof SamplePerson> & { password: string })[];
  /** Starts the server unless it runs already, and gives its address. */
  start(): Promise<{ url: string }>;
  stop(): Promise<void>;
  running(): Promise<boolean>;
}

/** What only a host can do, handed to the core. */
export interface Ports {
  clock: Clock;
  random: RandomBytes;
  secrets: Secrets;
  sampleNewsroom: SampleNewsroom;
  /** Opens an http, https or mailto address outside Stet; the core has already applied the URL policy. */
  openExternal(url: string): Promise<void>;
  log(level: 'info' | 'warn' | 'error', message: string, error?: unknown): void;
}

export interface WorkstationOptions {
  /** The folder of this profile: database, assets, backups. Made when missing. */
  dataDir: string;
  profile: string;
  /** The name by which the server lists this computer. */
  deviceName: string;
  ports: Ports;
}

/** The core as a host sees it. */
export interface Workstation {
  dispatch(name: string, input: unknown): Promise<Reply>;
  on(listener: <K extends EventName>(name: K, data: EventData<K>) => void): () => void;
  /** The bytes of a stored picture, for `/assets/<hash>`; null when this computer does not have it. */
  readAsset(hash: Hash): Promise<{ bytes: Uint8Array; mime: string } | null>;
  /** Writes what is pending, stops syncing and closes the database. */
  close(): Promise<void>;
}
