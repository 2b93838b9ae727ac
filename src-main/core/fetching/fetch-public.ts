import { lookup as resolve } from 'node:dns';
import { request as requestHttp, type IncomingMessage, type RequestOptions } from 'node:http';
import { request as requestHttps } from 'node:https';
import { isIP, type LookupFunction } from 'node:net';
import type { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { safeWebUrl } from '#shared/article';
import { StetError } from '#shared/contract';
import { isPublicAddress, type AddressPolicy } from './address-policy.ts';

export interface FetchOptions {
  /** Most bytes of content, after decompression. */
  maxBytes: number;
  /** Milliseconds for everything, redirects included. */
  timeout: number;
  signal?: AbortSignal;
  /** Which resolved addresses may be reached; only public ones unless a test says otherwise. */
  mayReach?: AddressPolicy;
}

export interface Fetched {
  /** Where the content was found, after redirects. */
  url: string;
  status: number;
  contentType: string;
  bytes: Uint8Array;
}

const MAX_REDIRECTS = 5;

function privateAddress(): StetError {
  return new StetError(
    'refused',
    'This address leads into a private network, so Stet does not open it.',
  );
}

/** Resolves a name and lets the connection use only addresses that were checked: a name may answer differently twice. */
function checkedLookup(mayReach: AddressPolicy): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, { ...options, all: true }, (error, addresses) => {
      const [first] = (addresses as { address: string; family: number }[] | undefined) ?? [];
      if (error || !first) callback(error ?? new Error('The name has no address.'), '', 0);
      else if (!addresses.every(({ address }) => mayReach(address)))
        callback(privateAddress(), '', 0);
      else if (options.all) callback(null, addresses);
      else callback(null, first.address, first.family);
    });
  };
}

function open(url: URL, mayReach: AddressPolicy, signal: AbortSignal): Promise<IncomingMessage> {
  const literal = url.hostname.replace(/^\[|\]$/g, '');
  if (isIP(literal) !== 0 && !mayReach(literal)) return Promise.reject(privateAddress());
  const options: RequestOptions = {
    agent: false,
    signal,
    lookup: checkedLookup(mayReach),
    headers: {
      accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.5',
      'accept-encoding': 'gzip, deflate, br',
      'user-agent': 'Mozilla/5.0 (compatible; Stet; editorial workstation)',
    },
  };
  return new Promise((done, fail) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp;
    request(url, options, done).on('error', fail).end();
  });
}

function decompressed(response: IncomingMessage): Readable {
  const encoding = response.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const decoders = {
    gzip: createGunzip,
    'x-gzip': createGunzip,
    deflate: createInflate,
    br: createBrotliDecompress,
  };
  if (!Object.hasOwn(decoders, encoding)) return response;
  const decoder = decoders[encoding as keyof typeof decoders]();
  response.on('error', (error) => decoder.destroy(error));
  return response.pipe(decoder);
}

async function readBody(response: IncomingMessage, maxBytes: number): Promise<Uint8Array> {
  const parts: Buffer[] = [];
  let size = 0;
  try {
    for await (const part of decompressed(response) as AsyncIterable<Buffer>) {
      size += part.length;
      if (size > maxBytes)
        throw new StetError('unsupported', 'What stands at this address is too large to be read.');
      parts.push(part);
    }
  } finally {
    response.destroy();
  }
  return Buffer.concat(parts);
}

function described(
  error: unknown,
  url: URL,
  stopped: { byPerson: boolean; late: boolean },
): unknown {
  if (error instanceof StetError) return error;
  if (stopped.byPerson)
    return new StetError('cancelled', 'Reading the address was stopped.', { cause: error });
  if (!(error instanceof Error)) return error;
  const why = stopped.late
    ? `${url.host} took too long to answer.`
    : `${url.host} cannot be reached now.`;
  return new StetError('offline', why, { cause: error });
}

/**
 * Fetches a public http or https address for the person: private addresses refused after resolution, each redirect
 * checked anew, size and time limited. Throws a StetError: `bad-input`, `refused`, `unsupported`, `offline` or `cancelled`.
 */
export async function fetchPublic(address: string, options: FetchOptions): Promise<Fetched> {
  const { mayReach = isPublicAddress, maxBytes, timeout } = options;
  const signals = [AbortSignal.timeout(timeout), ...(options.signal ? [options.signal] : [])];
  const signal = AbortSignal.any(signals);
  let next = address;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    const safe = safeWebUrl(next);
    if (safe === null)
      throw new StetError(
        'bad-input',
        'This is not a web address. It begins with https:// or http://.',
      );
    const url = new URL(safe);
    try {
      const response = await open(url, mayReach, signal);
      const status = response.statusCode ?? 0;
      const { location } = response.headers;
      if (
        status >= 300 &&
        status < 400 &&
        location !== undefined &&
        URL.canParse(location, url.href)
      ) {
        response.destroy();
        next = new URL(location, url.href).href;
        continue;
      }
      const bytes = await readBody(response, maxBytes);
      return { url: url.href, status, contentType: response.headers['content-type'] ?? '', bytes };
    } catch (error) {
      throw described(error, url, {
        byPerson: options.signal?.aborted ?? false,
        late: signal.aborted,
      });
    }
  }
  throw new StetError('refused', 'This address only leads on to other addresses.');
}
