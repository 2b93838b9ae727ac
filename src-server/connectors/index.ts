export {
  markOf,
  type Connector,
  type Post,
  type RemotePost,
  type Words,
  type Written,
} from './connector.ts';
export {
  ConnectorError,
  type Exchange,
  type ExchangeAnswer,
  type ExchangeRequest,
} from './exchange.ts';
export { isAdminKey } from './ghost/token.ts';
export { httpExchange } from './http.ts';
export { readableText, readableWords } from './readable.ts';
export { openConnector, type Access } from './open.ts';
