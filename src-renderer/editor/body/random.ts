import type { RandomBytes } from '#shared/article';

/** The browser's source of randomness. */
export const randomBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));
