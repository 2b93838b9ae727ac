export { RESERVED_SLUGS } from './place.ts';
export { startScheduler, type Scheduler } from './scheduler.ts';
export { transit } from './transit.ts';
