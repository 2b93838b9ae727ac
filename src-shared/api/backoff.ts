import type { RandomBytes } from '#shared/article';

const FIRST_MS = 500;
const LONGEST_MS = 300_000;

/** How long to wait before attempt `n + 1` after `n` failures: full jitter under 0.5 s, doubling to 5 minutes. */
export function backoffMs(failures: number, random: RandomBytes): number {
  const cap = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  const [a = 0, b = 0, c = 0] = random(3);
  return Math.round((cap * ((a << 16) | (b << 8) | c)) / 0xffffff);
}

const MAX_RETRY_AFTER_MS = 3_600_000;

/** Retry-After of RFC 9110: seconds or a date. Gives milliseconds from now, an hour at most; null when there is none. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null || header.trim() === '') return null;
  const text = header.trim();
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), MAX_RETRY_AFTER_MS);
}
