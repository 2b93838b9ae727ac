import type { Clock, RandomBytes } from '#shared/article';
import type { AssetFiles, Uploads } from './assets/index.ts';
import type { Exchange } from './connectors/index.ts';
import type { SecretBox } from './secrets/index.ts';
import type { Store } from './store/index.ts';

/** How often one address may try something before it has to wait. */
export interface Limits {
  /** Sign-ins and invitations for one login from one address, per minute; ten times as many for all logins. */
  signInsPerMinute: number;
  /** Messages from readers at one address, per ten minutes. */
  messagesPerTenMinutes: number;
}

export const DEFAULT_LIMITS: Limits = { signInsPerMinute: 10, messagesPerTenMinutes: 5 };

/** Everything the server's parts share: the store, the pictures, the clock and the dice. */
export interface ServerContext {
  store: Store;
  assets: AssetFiles;
  uploads: Uploads;
  /** The secrets of channels, and the port through which they are reached. */
  secrets: SecretBox;
  exchange: Exchange;
  clock: Clock;
  random: RandomBytes;
  limits: Limits;
  minimumProtocol: number;
}
