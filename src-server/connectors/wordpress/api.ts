import { z } from 'zod';
import {
  askJson,
  ConnectorError,
  requireServing,
  type Dialect,
  type Exchange,
  type JsonAnswer,
} from '../exchange.ts';

export interface WordPressAccess {
  exchange: Exchange;
  address: string;
  login: string;
  /** An application password, which is not the one that the person signs in with. */
  password: string;
  now: () => number;
}

/** Asks one route of the REST API, wherever this WordPress has it. */
export type Ask = (
  method: 'GET' | 'POST',
  route: string,
  options?: {
    query?: Record<string, string>;
    body?: unknown;
    raw?: { bytes: Uint8Array<ArrayBuffer>; type: string; filename: string };
  },
) => Promise<JsonAnswer>;

const Refusal = z.object({ code: z.string().default(''), message: z.string().default('') });

export function dialectOf({ now }: Pick<WordPressAccess, 'now'>): Dialect {
  return {
    label: 'WordPress',
    now,
    refusalIn: (data) => Refusal.safeParse(data).data ?? { code: '', message: '' },
  };
}

/**
 * Where the REST API is: said by a header of every page, since with plain permalinks the usual place answers with a page.
 * It has to be on the site itself: the password goes nowhere else.
 */
async function discover(access: WordPressAccess): Promise<URL> {
  const { exchange, address } = access;
  const page = await exchange({ method: 'HEAD', url: address, headers: { 'user-agent': 'Stet' } });
  requireServing(page, dialectOf(access));
  const { headers } = page;
  const link = /<([^>]+)>;\s*rel="https:\/\/api\.w\.org\/"/.exec(headers.link ?? '')?.[1];
  if (link === undefined || !URL.canParse(link, address))
    throw new ConnectorError(
      'denied',
      'There is no WordPress at this address, or its REST API is switched off.',
    );
  const root = new URL(link, address);
  if (root.origin !== new URL(address).origin)
    throw new ConnectorError(
      'denied',
      `This WordPress has its API at ${root.origin}. Connect it again under that address.`,
    );
  return root;
}

function place(root: URL, route: string, query: Record<string, string>): string {
  const url = new URL(root);
  const plain = url.searchParams.get('rest_route');
  if (plain === null) url.pathname = `${url.pathname.replace(/\/$/, '')}${route}`;
  else url.searchParams.set('rest_route', `${plain.replace(/\/$/, '')}${route}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url.href;
}

export function openApi(access: WordPressAccess): Ask {
  const { exchange, login, password } = access;
  const dialect = dialectOf(access);
  const authorization = `Basic ${Buffer.from(`${login}:${password}`).toString('base64')}`;
  let root: Promise<URL> | undefined;
  return async (method, route, { query = {}, body, raw } = {}) => {
    root ??= discover(access);
    const url = place(await root, route, query);
    const sent = raw
      ? {
          body: raw.bytes,
          headers: {
            'content-type': raw.type,
            'content-disposition': `attachment; filename="${raw.filename}"`,
          },
        }
      : body !== undefined && {
          body: JSON.stringify(body),
          headers: { 'content-type': 'application/json' },
        };
    const headers = { authorization, ...(sent && sent.headers) };
    return askJson(exchange, { method, url, ...(sent && { body: sent.body }), headers }, dialect);
  };
}
