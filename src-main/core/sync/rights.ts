import type { ChangesResponse } from '#shared/api';
import type { Store } from '../store/index.ts';

/** Whether all that was read of the feed so far was read with every article of the newsroom open to this person. */
const READS_EVERYTHING = 'sync.reads-everything';

/**
 * Notes with which rights a page of the feed was read, in the transaction that stores its cursor. False when they have
 * grown since the pages before it: those were told with gaps, so that the feed is to be read from its start. Only the
 * page itself can tell: rights may have been taken away and given back without this computer hearing of either.
 */
export function noteRights(store: Store, { readsEverything, reset }: ChangesResponse): boolean {
  const before = store.feed.cursor() === null || reset ? null : store.values.get(READS_EVERYTHING);
  if (before !== readsEverything) store.values.set(READS_EVERYTHING, readsEverything);
  return !(readsEverything && before === false);
}

/** Whether every article of the newsroom was open to this person when the last page of the feed was read. */
export const readsAll = (store: Store): boolean => store.values.get(READS_EVERYTHING) !== false;

/** Whether a page speaks of rights other than those that are noted. */
export function rightsChanged(store: Store, { readsEverything }: ChangesResponse): boolean {
  return readsEverything !== readsAll(store);
}
