import type { Clock } from '#shared/article';
import type { Store } from '../store/index.ts';

/** When this computer last compared all it has with the server. */
const COMPARED = 'sync.compared-at';
const DAY_MS = 86_400_000;

/** Daily, whichever way the clock was set meanwhile. What has just been fetched for the first time needs no comparison. */
export function isComparisonDue(store: Store, clock: Clock): boolean {
  const at = store.values.get(COMPARED);
  if (typeof at === 'number') return Math.abs(clock() - at) >= DAY_MS;
  noteCompared(store, clock);
  return false;
}

export function noteCompared(store: Store, clock: Clock): void {
  store.values.set(COMPARED, clock());
}

/** The server came back other than it was. */
export function compareSoon(store: Store): void {
  store.values.set(COMPARED, 0);
}
