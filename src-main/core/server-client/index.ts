export { isLoopback, serverAddresses } from './address.ts';
export {
  createServerClient,
  type RouteAnswer,
  type RouteRequest,
  type ServerClient,
  type ServerClientOptions,
} from './client.ts';
export { mayRetry, ServerError, type ServerErrorKind } from './errors.ts';
export { readEvents } from './events.ts';
