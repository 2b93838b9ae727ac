import { PresenceEvent } from '#shared/api';
import type {
  ArticleResponse,
  ChangesResponse,
  DigestResponse,
  Place,
  Present,
  PushRequest,
  PushResponse,
  SectorResponse,
} from '#shared/api';
import type { Hash, Id } from '#shared/article';
import { readEvents, ServerError, type ServerClient } from '../server-client/index.ts';

/** The publishing server as syncing sees it. Every function throws a ServerError when it fails. */
export interface Remote {
  push(request: PushRequest, cancel: AbortSignal): Promise<PushResponse>;
  changes(
    query: { cursor?: string; answered?: number; answeredTo?: Id; limit: number },
    cancel: AbortSignal,
  ): Promise<ChangesResponse>;
  digest(cancel: AbortSignal): Promise<DigestResponse>;
  sector(sector: number, cancel: AbortSignal): Promise<SectorResponse>;
  /** Everything of one article; null when the server does not have it. */
  article(id: Id, cancel: AbortSignal): Promise<ArticleResponse | null>;
  hasAsset(hash: Hash, cancel: AbortSignal): Promise<boolean>;
  putAsset(hash: Hash, mime: string, bytes: Uint8Array, cancel: AbortSignal): Promise<void>;
  getAsset(hash: Hash, cancel: AbortSignal): Promise<{ bytes: Uint8Array; mime: string } | null>;
  /**
   * Listens until the line ends, whether well or badly. `onWake` says that there may be something to pull, `onPresent`
   * who else is where.
   */
  events(
    onWake: () => void,
    cancel: AbortSignal,
    onPresent?: (here: readonly Present[]) => void,
  ): Promise<void>;
  /** Says where the person at this computer is. */
  present(place: Place | null, cancel: AbortSignal): Promise<void>;
}

/** The server sends a sign of life every 15 to 30 seconds; a line that is silent for so long is dead. */
const SILENCE_MS = 75_000;

/** Syncing over HTTP. `client` is asked for each time, because the sample newsroom's address may change. */
export function remoteOver(client: () => Promise<ServerClient>): Remote {
  return {
    push: async (body, cancel) => (await client()).call('push', { body }, cancel),
    changes: async (query, cancel) => (await client()).call('changes', { query }, cancel),
    digest: async (cancel) => (await client()).call('digest', {}, cancel),
    sector: async (sector, cancel) =>
      (await client()).call('digestSector', { params: { sector } }, cancel),
    async article(id, cancel) {
      try {
        return await (await client()).call('article', { params: { id } }, cancel);
      } catch (error) {
        if (error instanceof ServerError && error.code === 'not-found') return null;
        throw error;
      }
    },
    hasAsset: async (hash, cancel) => (await client()).hasAsset(hash, cancel),
    putAsset: async (hash, mime, bytes, cancel) =>
      (await client()).putAsset(hash, mime, bytes, cancel),
    getAsset: async (hash, cancel) => (await client()).getAsset(hash, cancel),
    async present(place, cancel) {
      await (await client()).call('presence', { body: { place } }, cancel);
    },
    async events(onWake, cancel, onPresent) {
      const silence = new AbortController();
      const dead = (): void => silence.abort(new Error('The event stream fell silent.'));
      let timer = setTimeout(dead, SILENCE_MS);
      const alive = (): void => {
        clearTimeout(timer);
        timer = setTimeout(dead, SILENCE_MS);
      };
      try {
        const stream = await (await client()).openEvents(AbortSignal.any([cancel, silence.signal]));
        // What happened between the last pull and now has no event of its own any more.
        onWake();
        const hear = (name: string, data: string): void => {
          if (name !== 'presence') {
            onWake();
            return;
          }
          const said = PresenceEvent.safeParse(JSON.parse(data));
          if (said.success) onPresent?.(said.data.here);
        };
        await readEvents(stream, hear, alive);
      } finally {
        clearTimeout(timer);
      }
    },
  };
}
