export { asStetError } from './errors.ts';
export { sessionHandlers } from './handlers.ts';
export { createSession, type Session } from './session.ts';
export { keepStatus, type StatusKeeper } from './status.ts';
