export { cmsHandlers } from './handlers.ts';
export { readTheirEdit, takeInVersion } from './take-in.ts';
