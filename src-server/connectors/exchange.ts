import { retryAfterMs } from '#shared/api';

/** A request to a CMS, and its answer as text: the one port through which a connector reaches the world. */
export interface ExchangeRequest {
  method: 'GET' | 'HEAD' | 'POST' | 'PUT';
  url: string;
  headers: Record<string, string>;
  body?: string | Uint8Array<ArrayBuffer>;
}
export interface ExchangeAnswer {
  status: number;
  /** By their names in lower case. */
  headers: Record<string, string>;
  body: string;
}
/** Rejects with {@link ConnectorError} `unreachable` when there is no answer; follows no redirect. */
export type Exchange = (request: ExchangeRequest) => Promise<ExchangeAnswer>;

/**
 * Why a CMS did not do what it was asked, in a sentence for the newsroom.
 * - `unreachable`: no answer, or none that can be read: it may have been done all the same
 * - `later`: it asks to come again later; it may have been done all the same
 * - `denied`: it does not let Stet in, or not any more
 * - `collision`: somebody else wrote meanwhile; nothing was changed
 * - `refused`: it does not take this article
 */
export class ConnectorError extends Error {
  readonly kind: 'unreachable' | 'later' | 'denied' | 'collision' | 'refused';
  /** How long it asks to be left alone, in milliseconds. */
  readonly waitMs: number | null;
  /** What the CMS calls the refusal; empty where it has no word for it. */
  readonly code: string;

  constructor(
    kind: ConnectorError['kind'],
    message: string,
    options: { waitMs?: number | null; code?: string; cause?: unknown } = {},
  ) {
    super(message, { cause: options.cause });
    this.name = 'ConnectorError';
    this.kind = kind;
    this.waitMs = options.waitMs ?? null;
    this.code = options.code ?? '';
  }
}

export interface JsonAnswer {
  status: number;
  data: unknown;
}

/** What a CMS says for itself in a refusal, cut to a length that fits a line. */
const QUOTED = 200;

/** How one CMS is asked, and how it words its refusals. */
export interface Dialect {
  label: string;
  now: () => number;
  refusalIn: (data: unknown) => { code: string; message: string };
}

function parsed(body: string): { data: unknown } | null {
  try {
    return { data: JSON.parse(body) };
  } catch {
    return null;
  }
}

/** Throws when the CMS is not there for any question: busy, broken, or somewhere else. */
export function requireServing(
  { status, headers }: Pick<ExchangeAnswer, 'status' | 'headers'>,
  { label, now }: Pick<Dialect, 'label' | 'now'>,
  { code, said }: { code: string; said: string } = { code: '', said: '' },
): void {
  const options = { code, waitMs: retryAfterMs(headers['retry-after'] ?? null, now()) };
  if (status === 429 || status === 503)
    throw new ConnectorError('later', `${label} asks to come again later.`, options);
  if (status >= 500)
    throw new ConnectorError('later', `${label} failed with an error of its own.${said}`, options);
  if (status >= 300 && status < 400)
    throw new ConnectorError(
      'denied',
      `${label} leads on to another address. Connect it again under the address at which it really stands.`,
      options,
    );
}

/**
 * Asks for JSON. An answer that is none, a failure of the CMS and a refusal to let Stet in become a
 * {@link ConnectorError}; any other refusal comes back with its status.
 */
export async function askJson(
  exchange: Exchange,
  request: ExchangeRequest,
  dialect: Dialect,
): Promise<JsonAnswer> {
  const { label, refusalIn } = dialect;
  const { status, headers, body } = await exchange({
    ...request,
    headers: { accept: 'application/json', 'user-agent': 'Stet', ...request.headers },
  });
  const json = parsed(body);
  const { code, message } = json ? refusalIn(json.data) : { code: '', message: '' };
  const said = message === '' ? '' : ` It says: ${message.slice(0, QUOTED)}`;
  requireServing({ status, headers }, dialect, { code, said });
  if (!json)
    throw new ConnectorError(
      'unreachable',
      `${label} gave a page where an answer was due. Something stands between it and this server.`,
    );
  if (status === 401 || status === 403)
    throw new ConnectorError('denied', `${label} does not let Stet do this.${said}`, {
      code,
    });
  return { status, data: json.data };
}

/** The answer, unless the CMS refused. */
export function accepted(answer: JsonAnswer, { label, refusalIn }: Dialect): JsonAnswer {
  if (answer.status < 400) return answer;
  const { code, message } = refusalIn(answer.data);
  throw new ConnectorError(
    'refused',
    `${label} does not take the article.${message === '' ? '' : ` It says: ${message.slice(0, QUOTED)}`}`,
    { code },
  );
}
