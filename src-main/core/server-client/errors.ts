/**
 * What can go wrong between this computer and a publishing server.
 * - `network`: nobody answered, or the answer broke off; try again
 * - `server`: the server says that it cannot now (429, 5xx); try again, not before `retryAfterMs`
 * - `nonsense`: the answer is not one of a Stet server (a sign-in page of a wireless network, a proxy); try again
 * - `refused`: the server understood and said no; asking again changes nothing
 * - `unauthorised`: this device's token is not valid, or login and password are wrong
 * - `too-old`: this Stet is older than the server accepts
 */
export type ServerErrorKind =
  'network' | 'server' | 'nonsense' | 'refused' | 'unauthorised' | 'too-old';

export interface ServerErrorDetails extends ErrorOptions {
  /** The server's stable code, when it gave one. */
  code?: string;
  retryAfterMs?: number | null;
  /** The body of the refusal, for callers who know what else stands in it. */
  body?: unknown;
}

export class ServerError extends Error {
  readonly kind: ServerErrorKind;
  readonly code: string;
  readonly retryAfterMs: number | null;
  readonly body: unknown;

  constructor(kind: ServerErrorKind, message: string, details: ServerErrorDetails = {}) {
    super(message, 'cause' in details ? { cause: details.cause } : undefined);
    this.name = 'ServerError';
    this.kind = kind;
    this.code = details.code ?? '';
    this.retryAfterMs = details.retryAfterMs ?? null;
    this.body = details.body;
  }
}

/** Whether the same request may succeed later without anybody doing anything. */
export function mayRetry(error: ServerError): boolean {
  return error.kind === 'network' || error.kind === 'server' || error.kind === 'nonsense';
}
