import type { Timers } from '../../../src-main/core/sync/index.ts';

/** Time that passes only when a test says so. */
export interface VirtualTimers extends Timers {
  /** Milliseconds until the next thing that waits; null when nothing does. */
  next(): number | null;
  /** Lets time pass, and what waits happen in its order. */
  pass(ms: number): void;
}

export function virtualTimers(): VirtualTimers {
  let now = 0;
  let waiting: { at: number; work: () => void }[] = [];
  const first = () => waiting.toSorted((a, b) => a.at - b.at)[0];
  return {
    now: () => now,
    after(ms, work) {
      const entry = { at: now + ms, work };
      waiting.push(entry);
      return () => void (waiting = waiting.filter((other) => other !== entry));
    },
    next: () => {
      const entry = first();
      return entry ? entry.at - now : null;
    },
    pass(ms) {
      const until = now + ms;
      for (let entry = first(); entry && entry.at <= until; entry = first()) {
        now = entry.at;
        waiting = waiting.filter((other) => other !== entry);
        entry.work();
      }
      now = until;
    },
  };
}
