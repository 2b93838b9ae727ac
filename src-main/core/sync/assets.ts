import { z } from 'zod';
import { placeOf } from '#shared/api';
import { Hash } from '#shared/article';
import { mayRetry, ServerError } from '../server-client/index.ts';
import type { Store } from '../store/index.ts';
import type { SyncContext } from './context.ts';
import type { Remote } from './remote.ts';

/**
 * The start of the server that told the place up to which the feed was read; empty where none did. One that was started anew
 * while a picture was on its way may have gone back to a backup, and lost what it said it has.
 */
function startRead({ feed }: Store): string {
  const cursor = feed.cursor();
  if (cursor === null) return '';
  const { epoch, start } = placeOf(cursor);
  return `${epoch}:${start}`;
}

/** Pictures that the server has taken, or had, since the feed was read last, and its start that was read then. */
const SENT = 'sync.pictures-sent';
const Sent = z.object({ start: z.string(), hashes: z.array(Hash) });

const sentNow = ({ values }: Store): z.infer<typeof Sent> | undefined =>
  Sent.safeParse(values.get(SENT)).data;

/** Takes a picture for sent that a server had which was asked when `start` was the last that was read. */
function noteSent(store: Store, hash: Hash, start: string): void {
  if (startRead(store) !== start) return;
  store.transaction(() => {
    store.assets.markUploaded(hash);
    // With others that were sent before, it counts as sent to the earlier start: to ask once too often does no harm.
    const before = sentNow(store) ?? { start, hashes: [] };
    store.values.set(SENT, { ...before, hashes: [...before.hashes, hash] });
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
      if (startRead(store) !== sent.start)
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
    const start = startRead(store);
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
      noteSent(store, hash, start);
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
      const start = startRead(store);
      try {
        const asset = await remote.getAsset(hash, cancel);
        cancel.throwIfAborted();
        const about = asset && inspectImage(asset.bytes);
        if (asset && about) {
          store.assets.add(asset.bytes, { ...about, uploaded: startRead(store) === start });
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
