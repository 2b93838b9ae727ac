import { createHmac } from 'node:crypto';
import { ConnectorError } from '../exchange.ts';

const LIFE_S = 300;

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Whether a text has the form of an Admin API key: an id and a secret in hexadecimal, with a colon between. */
export function isAdminKey(key: string): boolean {
  return /^[0-9a-f]{24}:[0-9a-f]{64}$/.test(key);
}

/** The token that Ghost asks for: JWT with HS256, good for five minutes. It is three lines of HMAC, so no library makes it. */
export function adminToken(key: string, now: number): string {
  if (!isAdminKey(key))
    throw new ConnectorError('denied', 'This is no Admin API key of Ghost: connect it again.');
  const [kid = '', secret = ''] = key.split(':');
  const issued = Math.floor(now / 1000);
  const claim = `${part({ alg: 'HS256', typ: 'JWT', kid })}.${part({
    iat: issued,
    exp: issued + LIFE_S,
    aud: '/admin/',
  })}`;
  const signature = createHmac('sha256', Buffer.from(secret, 'hex')).update(claim);
  return `${claim}.${signature.digest('base64url')}`;
}
