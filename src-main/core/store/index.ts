export { describeStoreError } from './errors.ts';
export { openStore } from './open.ts';
export { articleOf, describeOp } from './outbox.ts';
export { startersOf } from './starters.ts';
export type { KeptWork } from './kept-work.ts';
export type * from './types.ts';
