export { putBeside, takeInBeside } from './beside.ts';
export type { InspectImage, SyncEvents } from './context.ts';
export { createSyncEngine, type SyncEngine } from './engine.ts';
export { isQueued } from './offer.ts';
export { remoteOver, type Remote } from './remote.ts';
export type { Standing } from './standing.ts';
export { systemTimers, type Timers } from './timers.ts';
