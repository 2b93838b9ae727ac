import type { ChannelKind } from '#shared/api';
import type { Connector } from './connector.ts';
import type { Exchange } from './exchange.ts';
import { ghost } from './ghost/index.ts';
import { wordpress } from './wordpress/index.ts';

/** Where a CMS is, and what it is asked with. */
export interface Access {
  kind: ChannelKind;
  address: string;
  account: string;
  secret: string;
}

export function openConnector(access: Access, exchange: Exchange, now: () => number): Connector {
  const { kind, address, account, secret } = access;
  return kind === 'ghost'
    ? ghost({ exchange, address, key: secret, now })
    : wordpress({ exchange, address, login: account, password: secret, now });
}
