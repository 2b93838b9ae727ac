import { z } from 'zod';
import { placeOf } from '#shared/api';
import { Hash } from '#shared/article';
import { mayRetry, ServerError } from '../server-client/index.ts';
import type { Store } from '../store/index.ts';
import type { SyncContext } from './context.ts';
import type { Remote } from './remote.ts';

/**
 * Gives what tells afterwards whether the server is still the one that was asked: one that went back to a backup meanwhile
 * may have lost what it said it has.
 */
function sameServer({ feed }: Store): () => boolean {
  const epoch = (): string | undefined => {
    const cursor = feed.cursor();
    return cursor === null ? undefined : placeOf(cursor).epoch;
  };
  const before = epoch();
  return () => before === undefined || epoch() === before;
}

/** Pictures that the server has taken, or had, since the feed was read last, and the start of the server that was read then. */
const SENT = 'sync.pictures-sent';
const Sent = z.object({ start: z.string(), hashes: z.array(Hash) });

const startOf = (cursor: string | null): string => (cursor === null ? '' : placeOf(cursor).start);

const sentNow = ({ values }: Store): z.infer<typeof Sent> | undefined =>
  Sent.safeParse(values.get(SENT)).data;

function noteSent(store: Store, hash: Hash): void {
  store.transaction(() => {
    store.assets.markUploaded(hash);
    const before = sentNow(store);
    const start = before?.start ?? startOf(store.feed.cursor());
    store.values.set(SENT, { start, hashes: [...(before?.hashes ?? []), hash] });
  });
}

/**
 * To be called before a pull; what it gives, right behind that. By a place of the feed the server knows that it lost what it
 * told, but of these pictures it has told nothing yet. Where it was started anew since, it is asked once more for them.
 */
export function watchSent(store: Store): () => void {
  const sent = sentNow(store);
  if (!sent) return () => undefined;
  return () =>
    store.transaction(() => {
      const since = sentNow(store)?.hashes.filter((hash) => !sent.hashes.includes(hash)) ?? [];
      if (since.length > 0) store.values.set(SENT, { ...sent, hashes: since });
      else store.values.delete(SENT);
      if (startOf(store.feed.cursor()) !== sent.start)
        for (const hash of sent.hashes) store.assets.offerAgain(hash);
    });
}

/** Brings pictures to the server. One that it refuses is left out until Stet starts again, and does not stop the others. */
export async function uploadAssets(
  { store, log, events }: SyncContext,
  remote: Remote,
  refused: Set<Hash>,
  cancel: AbortSignal,
): Promise<void> {
  for (const { hash, mime } of store.assets.pendingUploads()) {
    if (refused.has(hash)) continue;
    const isSameServer = sameServer(store);
    try {
      if (!(await remote.hasAsset(hash, cancel))) {
        const asset = await store.assets.read(hash);
        if (!asset) {
          refused.add(hash);
          log('error', `The picture ${hash} is in the list of uploads, but not on the disk.`);
          continue;
        }
        await remote.putAsset(hash, mime, asset.bytes, cancel);
      }
      cancel.throwIfAborted();
      if (isSameServer()) noteSent(store, hash);
    } catch (error) {
      if (!(error instanceof ServerError) || error.kind !== 'refused') throw error;
      refused.add(hash);
      events.notice(
        'warning',
        `A picture was not accepted by the publishing server: ${error.message}`,
        null,
      );
    }
  }
}

const AT_ONCE = 20;

/** Fetches pictures that known revisions show. One that the server does not have either is not asked for again soon. */
export async function downloadAssets(
  { store, inspectImage, log, events }: SyncContext,
  remote: Remote,
  unavailable: Set<Hash>,
  cancel: AbortSignal,
): Promise<void> {
  for (;;) {
    const missing = store.assets.missing(AT_ONCE + unavailable.size);
    const wanted = missing.filter((hash) => !unavailable.has(hash)).slice(0, AT_ONCE);
    if (wanted.length === 0) return;
    for (const hash of wanted) {
      unavailable.add(hash);
      const isSameServer = sameServer(store);
      try {
        const asset = await remote.getAsset(hash, cancel);
        cancel.throwIfAborted();
        const about = asset && inspectImage(asset.bytes);
        if (asset && about) {
          store.assets.add(asset.bytes, { ...about, uploaded: isSameServer() });
          unavailable.delete(hash);
        } else if (asset)
          log('warn', `The picture ${hash} from the server is none that may be shown.`);
      } catch (error) {
        if (!(error instanceof ServerError)) throw error;
        if (mayRetry(error)) unavailable.delete(hash);
        throw error;
      }
    }
    events.standing();
  }
}
