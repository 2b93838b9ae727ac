import type { RandomBytes } from '#shared/article';

const FIRST_MS = 500;
const LONGEST_MS = 300_000;

/** How long to wait before attempt `n + 1` after `n` failures: full jitter under 0.5 s, doubling to 5 minutes. */
export function backoffMs(failures: number, random: RandomBytes): number {
  const cap = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.max(0, failures - 1));
  const [a = 0, b = 0, c = 0] = random(3);
  return Math.round((cap * ((a << 16) | (b << 8) | c)) / 0xffffff);
}
