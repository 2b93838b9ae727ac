import type { ServerContext } from '../context.ts';
import { startWakeLoop, type WakeLoop } from '../wake-loop.ts';
import { deliverDue } from './deliver.ts';

/** The longest sleep: what another process left undone is noticed within this time. */
const LONGEST_SLEEP_MS = 30_000;
const RETRY_MS = 5000;
/** Nothing is looked at more often than this, so that a mistake is not made a thousand times a second. */
const SHORTEST_SLEEP_MS = 50;

export type Deliveries = WakeLoop<void>;

/** Keeps bringing articles to their channels: wakes when something is committed, and when a wait is over. */
export function startDelivering(
  context: ServerContext,
  onError: (error: unknown) => void,
): Deliveries {
  return startWakeLoop(context.store, {
    look: async () => {
      const next = (await deliverDue(context)) ?? LONGEST_SLEEP_MS;
      return { result: undefined, waitMs: Math.min(LONGEST_SLEEP_MS, next) };
    },
    nothing: undefined,
    retryMs: RETRY_MS,
    shortestMs: SHORTEST_SLEEP_MS,
    onError,
  });
}
