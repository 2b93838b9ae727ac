import type { Store } from './store/index.ts';

export interface WakeLoop<T> {
  /** Looks now, without waiting for the timer. */
  tick: () => Promise<T>;
  stop: () => Promise<void>;
}

interface Looking<T> {
  /** Does what is due. Gives what came of it, and how long until the next look. */
  look: () => Promise<{ result: T; waitMs: number }>;
  /** What comes of a look once the loop has stopped. */
  nothing: T;
  /** How long until the next look after one that failed. */
  retryMs: number;
  /** Nothing is looked at more often than this. */
  shortestMs?: number;
  onError: (error: unknown) => void;
}

/** Looks at what is due again and again, one look at a time: when its wait is over, and when something was committed. */
export function startWakeLoop<T>(
  store: Pick<Store, 'onCommit'>,
  { look, nothing, retryMs, shortestMs = 0, onError }: Looking<T>,
): WakeLoop<T> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let changed = false;
  let running: Promise<unknown> = Promise.resolve();

  const sleep = (milliseconds: number): void => {
    clearTimeout(timer);
    if (stopped) return;
    // What was committed during a look may not have been in it yet.
    const wait = changed ? 0 : milliseconds;
    timer = setTimeout(() => void tick().catch(onError), Math.max(shortestMs, wait));
    timer.unref();
  };
  const lookOnce = async (): Promise<T> => {
    if (stopped) return nothing;
    changed = false;
    let wait = retryMs;
    try {
      const { result, waitMs } = await look();
      wait = waitMs;
      return result;
    } finally {
      sleep(wait);
    }
  };
  const tick = (): Promise<T> => {
    const next = running.then(lookOnce, lookOnce);
    running = next.catch(() => undefined);
    return next;
  };
  const stopListening = store.onCommit(() => {
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
