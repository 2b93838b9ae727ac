import { ServerError } from './errors.ts';

export interface Limits {
  /** Until the head of the answer is there. */
  answerMs: number;
  /** Longest silence within the answer. */
  stallMs: number;
  maxBytes: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  bytes: Uint8Array;
}

const NO_HTTPS =
  'What answers at this address does not speak https. Check the address; if your newsroom’s server really has none, begin it with http://.';
const BROKE_OFF = 'The publishing server closed the connection without an answer.';

const SENTENCES: Record<string, string> = {
  ERR_SSL_WRONG_VERSION_NUMBER: NO_HTTPS,
  ERR_SSL_PACKET_LENGTH_TOO_LONG: NO_HTTPS,
  ERR_SSL_HTTP_REQUEST: NO_HTTPS,
  ECONNRESET: BROKE_OFF,
  UND_ERR_SOCKET: BROKE_OFF,
  ENOTFOUND: 'The publishing server’s name is not known here.',
  EAI_AGAIN: 'Names cannot be looked up now. This computer seems to be offline.',
  ECONNREFUSED: 'Nobody answers at the publishing server’s address.',
  CERT_HAS_EXPIRED: 'The publishing server’s certificate has expired. Tell your newsroom admin.',
  DEPTH_ZERO_SELF_SIGNED_CERT:
    'The publishing server’s certificate is not signed by anyone this computer trusts.',
  SELF_SIGNED_CERT_IN_CHAIN:
    'The publishing server’s certificate is not signed by anyone this computer trusts.',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    'The publishing server’s certificate is not signed by anyone this computer trusts.',
  ERR_TLS_CERT_ALTNAME_INVALID:
    'The publishing server’s certificate is for another address. Check what you typed.',
};

function causeCode(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at.cause)
    if ('code' in at && typeof at.code === 'string' && at.code in SENTENCES) return at.code;
  return '';
}

function networkError(error: unknown): ServerError {
  if (error instanceof ServerError) return error;
  const code = causeCode(error);
  return new ServerError('network', SENTENCES[code] ?? 'The publishing server cannot be reached.', {
    code,
    cause: error,
  });
}

async function readLimited(
  response: Response,
  limits: Limits,
  alive: () => void,
): Promise<Uint8Array> {
  const announced = Number(response.headers.get('content-length') ?? 0);
  const tooLarge = () =>
    new ServerError('nonsense', 'The answer of the publishing server is too large to take in.', {
      code: 'too-large',
    });
  if (announced > limits.maxBytes) throw tooLarge();
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (response.body)
    for await (const chunk of response.body as AsyncIterable<Uint8Array>) {
      alive();
      size += chunk.byteLength;
      if (size > limits.maxBytes) throw tooLarge();
      chunks.push(chunk);
    }
  const bytes = new Uint8Array(size);
  let offset = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, offset);
    offset += chunk.byteLength;
  }
  return bytes;
}

/**
 * One request and its whole answer within limits. Redirects are not followed: a Stet server sends none, and a token
 * must not travel elsewhere. Throws {@link ServerError} `network` or `nonsense`; any status is an answer.
 */
export async function exchange(
  fetcher: typeof fetch,
  url: string,
  init: RequestInit,
  limits: Limits,
  cancel?: AbortSignal,
): Promise<Answer> {
  const silence = new AbortController();
  const late = (): void =>
    silence.abort(
      new ServerError('network', 'The publishing server takes too long to answer.', {
        code: 'timeout',
      }),
    );
  let timer = setTimeout(late, limits.answerMs);
  const alive = (): void => {
    clearTimeout(timer);
    timer = setTimeout(late, limits.stallMs);
  };
  const signal = cancel ? AbortSignal.any([silence.signal, cancel]) : silence.signal;
  try {
    const response = await fetcher(url, { ...init, redirect: 'manual', signal });
    alive();
    try {
      const bytes = await readLimited(response, limits, alive);
      return { status: response.status, headers: response.headers, bytes };
    } catch (error) {
      // What is left of an answer that will not be read must not keep the connection.
      silence.abort(error);
      throw error;
    }
  } catch (error) {
    throw networkError(error);
  } finally {
    clearTimeout(timer);
  }
}
