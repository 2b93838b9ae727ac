export { actOnDelivery } from './act.ts';
export { readTheirs } from './theirs.ts';
export { deliverDue } from './deliver.ts';
export { startDelivering, type Deliveries } from './worker.ts';
