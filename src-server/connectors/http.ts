import { ConnectorError, type Exchange } from './exchange.ts';

/** A picture of 15 MB has been seen to take a WordPress six seconds. */
const TIMEOUT_MS = 30_000;
const MAX_BYTES = 20_000_000;

async function readText(response: Response): Promise<string> {
  const parts: Uint8Array[] = [];
  let size = 0;
  for await (const part of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    size += part.length;
    if (size > MAX_BYTES) throw new Error('The answer is too large.');
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}

/**
 * The port over real HTTP, until `ending`. Redirects are not followed: the secret is for the address that an admin gave, and
 * no other.
 */
export function httpExchange(ending: AbortSignal, timeoutMs = TIMEOUT_MS): Exchange {
  return async ({ url, body, ...request }) => {
    const { host } = new URL(url);
    try {
      const response = await fetch(url, {
        ...request,
        redirect: 'manual',
        signal: AbortSignal.any([ending, AbortSignal.timeout(timeoutMs)]),
        ...(body !== undefined && { body }),
      });
      return {
        status: response.status,
        headers: Object.fromEntries(response.headers),
        body: await readText(response),
      };
    } catch (cause) {
      const late = cause instanceof Error && cause.name === 'TimeoutError';
      throw new ConnectorError(
        'unreachable',
        late ? `${host} took too long to answer.` : `${host} cannot be reached now.`,
        { cause },
      );
    }
  };
}
