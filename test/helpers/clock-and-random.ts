import type { Clock, RandomBytes } from '#shared/article';

/** 14 November 2026, 12:00 UTC: where the clocks of tests start. */
export const NOON = Date.UTC(2026, 10, 14, 12);

/** A clock that stands still until it is moved. */
export function handClock(start = NOON): Clock & { forward(milliseconds: number): void } {
  let now = start;
  return Object.assign(() => now, {
    forward(milliseconds: number) {
      now += milliseconds;
    },
  });
}

/** The same bytes for the same seed (mulberry32). */
export function seededRandom(seed = 1): RandomBytes {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  return (length) => Uint8Array.from({ length }, () => Math.floor(next() * 256));
}
