export type { Caller } from './access.ts';
export { changesAfter } from './changes.ts';
export { mayRead } from './access.ts';
export { createDigest } from './digest.ts';
export { push } from './push.ts';
