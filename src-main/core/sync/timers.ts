/** Waiting, handed in so that a simulation can let a month pass in a moment. */
export interface Timers {
  /** Milliseconds that only ever go up, whatever the clock on the wall does. */
  now(): number;
  /** Calls `work` once after `ms`; the function it gives cancels that. */
  after(ms: number, work: () => void): () => void;
}

export function systemTimers(): Timers {
  return {
    now: () => performance.now(),
    after(ms, work) {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  };
}
