import type { Secrets } from '../core/ports.ts';

/** Keeps credentials in memory only: they are forgotten when Stet closes. */
export function createSessionSecrets(): Secrets {
  const kept = new Map<string, string>();
  return {
    get: async (key) => kept.get(key) ?? null,
    async set(key, value) {
      kept.set(key, value);
      return 'session-only';
    },
    async delete(key) {
      kept.delete(key);
    },
  };
}
