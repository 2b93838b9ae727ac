import type { ServerContext } from '../context.ts';
import { deliverDue } from './deliver.ts';

/** The longest sleep: what another process left undone is noticed within this time. */
const LONGEST_SLEEP_MS = 30_000;
const RETRY_MS = 5000;
/** Nothing is looked at more often than this, so that a mistake is not made a thousand times a second. */
const SHORTEST_SLEEP_MS = 50;

export interface Deliveries {
  /** Looks now, without waiting for the timer. */
  tick: () => Promise<void>;
  stop: () => Promise<void>;
}

/** Keeps bringing articles to their channels: wakes when something is committed, and when a wait is over. */
export function startDelivering(
  context: ServerContext,
  onError: (error: unknown) => void,
): Deliveries {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let changed = false;
  let running: Promise<unknown> = Promise.resolve();

  const sleep = (milliseconds: number): void => {
    clearTimeout(timer);
    if (stopped) return;
    // What was committed while it was at work may be more to bring.
    const wait = changed ? 0 : milliseconds;
    timer = setTimeout(() => void tick().catch(onError), Math.max(SHORTEST_SLEEP_MS, wait));
    timer.unref();
  };
  const look = async (): Promise<void> => {
    if (stopped) return;
    changed = false;
    let wait = RETRY_MS;
    try {
      wait = Math.min(LONGEST_SLEEP_MS, (await deliverDue(context)) ?? LONGEST_SLEEP_MS);
    } finally {
      sleep(wait);
    }
  };
  const tick = (): Promise<void> => {
    const next = running.then(look, look);
    running = next.catch(() => undefined);
    return next;
  };
  const stopListening = context.store.onCommit(() => {
    changed = true;
    sleep(0);
  });
  sleep(0);
  return {
    tick,
    stop: async () => {
      stopped = true;
      stopListening();
      clearTimeout(timer);
      await running;
    },
  };
}
