import type { RandomBytes } from '#shared/article';

/** Everything that happens by chance in a run comes from here, so that a seed gives the same run again. */
export interface Dice {
  /** From 0 up to, not including, 1. */
  next(): number;
  below(limit: number): number;
  between(low: number, high: number): number;
  chance(probability: number): boolean;
  pick<T>(list: readonly T[]): T;
  /** A key of the table, as often as its weight says. */
  weighted<K extends string>(table: Readonly<Record<K, number>>): K;
  bytes: RandomBytes;
}

function mix(seed: number): number {
  let mixed = (seed + 0x9e3779b9) | 0;
  mixed = Math.imul(mixed ^ (mixed >>> 16), 0x21f0aaad);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97);
  return (mixed ^ (mixed >>> 15)) >>> 0;
}

/** Dice for one purpose: the same seeds always fall alike (sfc32). */
export function diceOf(...seeds: number[]): Dice {
  let [a, b, c, d] = [0x5337, 0x51de, 0x57e7, 1];
  for (const seed of seeds) {
    a = mix(a ^ seed);
    b = mix(b ^ a);
    c = mix(c ^ b ^ Math.floor(seed / 2 ** 32));
  }
  const next = (): number => {
    const sum = (((a + b) | 0) + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let round = 0; round < 8; round += 1) next();
  const below = (limit: number): number => Math.floor(next() * limit);
  return {
    next,
    below,
    between: (low, high) => low + below(high - low + 1),
    chance: (probability) => next() < probability,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('There is nothing to pick from.');
      return list[below(list.length)] as T;
    },
    weighted<K extends string>(table: Readonly<Record<K, number>>): K {
      const entries = Object.entries(table) as [K, number][];
      let at = next() * entries.reduce((sum, [, weight]) => sum + weight, 0);
      for (const [key, weight] of entries) if ((at -= weight) < 0) return key;
      return entries[entries.length - 1]![0];
    },
    bytes: (length) => Uint8Array.from({ length }, () => below(256)),
  };
}
