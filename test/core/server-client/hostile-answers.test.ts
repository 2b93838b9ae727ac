import type { IncomingMessage, ServerResponse } from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { WHOLE_UPLOAD_MAX_BYTES } from '#shared/api';
import {
  createServerClient,
  mayRetry,
  ServerError,
} from '../../../src-main/core/server-client/index.ts';
import { startHostileServer } from './hostile-server.ts';

type Answer = (response: ServerResponse, request: IncomingMessage) => void;

const whole = (
  status: number,
  type: string,
  body: string,
  headers: Record<string, string> = {},
): Answer => {
  return (response) => response.writeHead(status, { 'content-type': type, ...headers }).end(body);
};
const json = (status: number, value: unknown, headers?: Record<string, string>): Answer =>
  whole(status, 'application/json', JSON.stringify(value), headers);
const refusal = (status: number, code = 'some-code', headers?: Record<string, string>): Answer =>
  json(status, { error: { code, message: `The reason for ${code}.` } }, headers);
const PAGE = '<!doctype html><title>Welcome to Café Wi-Fi</title>';
const EMPTY_FEED = {
  changes: [],
  cursor: 'epoch:0',
  more: false,
  reset: false,
  readsEverything: true,
};
const FEED_TEXT = JSON.stringify(EMPTY_FEED);

const HASH = '0'.repeat(64);
const SMALL = new Uint8Array(10);
const LARGE = new Uint8Array(WHOLE_UPLOAD_MAX_BYTES + 1);

/** An upload of which so much has arrived, whatever is asked about it. */
const begun = (response: ServerResponse, { method }: IncomingMessage, arrived: number): void =>
  void response
    .writeHead(method === 'POST' ? 201 : method === 'HEAD' ? 200 : 204, {
      location: '/v1/uploads/abc',
      'upload-offset': String(arrived),
    })
    .end();

const CASES: [
  string,
  Answer,
  { kind: ServerError['kind']; code?: string; retryAfterMs?: number },
][] = [
  ['a 500 without a body', whole(500, 'text/plain', ''), { kind: 'server' }],
  ['a 500 with a page', whole(500, 'text/html', PAGE), { kind: 'server' }],
  ['a 502 of a proxy', whole(502, 'text/html', '<h1>Bad Gateway</h1>'), { kind: 'server' }],
  [
    'a 503 with Retry-After in seconds',
    whole(503, 'text/plain', '', { 'retry-after': '7' }),
    { kind: 'server', retryAfterMs: 7000 },
  ],
  [
    'a 503 with a Retry-After date',
    whole(503, 'text/plain', '', { 'retry-after': 'Thu, 01 Jan 2026 00:00:30 GMT' }),
    { kind: 'server', retryAfterMs: 30_000 },
  ],
  [
    'a Retry-After of a year',
    refusal(429, 'slow', { 'retry-after': '31536000' }),
    { kind: 'server', retryAfterMs: 3_600_000 },
  ],
  [
    'a Retry-After that is no time',
    refusal(429, 'slow', { 'retry-after': 'soon' }),
    { kind: 'server', code: 'slow' },
  ],
  ['a 408', refusal(408), { kind: 'server' }],
  ['a sign-in page with status 200', whole(200, 'text/html', PAGE), { kind: 'nonsense' }],
  ['a page that claims to be JSON', whole(200, 'application/json', PAGE), { kind: 'nonsense' }],
  ['JSON that claims to be text', whole(200, 'text/plain', FEED_TEXT), { kind: 'nonsense' }],
  ['an empty 200', whole(200, 'application/json', ''), { kind: 'nonsense' }],
  ['a 204', (response) => response.writeHead(204).end(), { kind: 'nonsense' }],
  [
    'JSON cut in the middle',
    whole(200, 'application/json', FEED_TEXT.slice(0, 20)),
    { kind: 'nonsense' },
  ],
  ['a null', json(200, null), { kind: 'nonsense' }],
  ['an array', json(200, []), { kind: 'nonsense' }],
  ['an object without its members', json(200, { changes: [] }), { kind: 'nonsense' }],
  [
    'a cursor that is none',
    json(200, { ...EMPTY_FEED, cursor: '../../etc' }),
    { kind: 'nonsense' },
  ],
  [
    'a known change without its data',
    json(200, { ...EMPTY_FEED, changes: [{ kind: 'desk', data: {} }] }),
    { kind: 'nonsense' },
  ],
  [
    'changes that are no objects',
    json(200, { ...EMPTY_FEED, changes: [1, null, 'x'] }),
    { kind: 'nonsense' },
  ],
  [
    'bytes that are not UTF-8',
    (response) =>
      response
        .writeHead(200, { 'content-type': 'application/json' })
        .end(Buffer.from([0x22, 0xff, 0xfe, 0x22])),
    { kind: 'nonsense' },
  ],
  [
    'a redirect to elsewhere',
    (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end(),
    { kind: 'nonsense' },
  ],
  ['a 401 of a proxy', whole(401, 'text/html', PAGE), { kind: 'nonsense' }],
  ['a 401 of Stet', refusal(401, 'revoked'), { kind: 'unauthorised', code: 'revoked' }],
  ['a 403 of a proxy', whole(403, 'text/html', PAGE), { kind: 'nonsense' }],
  ['a 403 of Stet', refusal(403, 'forbidden'), { kind: 'refused', code: 'forbidden' }],
  ['a 404 of another web server', whole(404, 'text/html', PAGE), { kind: 'nonsense' }],
  ['a 407', whole(407, 'text/plain', 'Proxy'), { kind: 'network' }],
  ['a 409 of Stet', refusal(409, 'gap'), { kind: 'refused', code: 'gap' }],
  ['a 413 of Stet', refusal(413, 'too-large'), { kind: 'refused', code: 'too-large' }],
  ['a 418 without a reason', json(418, { teapot: true }), { kind: 'nonsense' }],
  ['a 426 of Stet', refusal(426, 'too-old'), { kind: 'too-old', code: 'too-old' }],
  ['a line that is cut before the answer', (response) => response.destroy(), { kind: 'network' }],
  [
    'a line that is cut in the answer',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '5000' });
      response.write(FEED_TEXT, () => response.destroy());
    },
    { kind: 'network' },
  ],
  [
    'a chunked answer without its end',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write(FEED_TEXT, () => response.destroy());
    },
    { kind: 'network' },
  ],
  ['no answer at all', () => undefined, { kind: 'network', code: 'timeout' }],
  [
    'an answer that stops in the middle',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      response.write('{');
    },
    { kind: 'network', code: 'timeout' },
  ],
  [
    'an answer announced larger than anything',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '99999999' });
      response.write('{');
    },
    { kind: 'nonsense', code: 'too-large' },
  ],
  [
    'an answer that never ends',
    (response) => {
      response.writeHead(200, { 'content-type': 'application/json' });
      const more = (): void => {
        if (!response.destroyed) response.write(' '.repeat(65_536), more);
      };
      more();
    },
    { kind: 'nonsense', code: 'too-large' },
  ],
  [
    'compressed rubbish',
    whole(200, 'application/json', FEED_TEXT, { 'content-encoding': 'gzip' }),
    { kind: 'network' },
  ],
];

describe('a hostile or broken answer', () => {
  let answer: Answer;
  let server: Awaited<ReturnType<typeof startHostileServer>>;
  beforeEach(async () => {
    server = await startHostileServer((request, response) => {
      request.resume();
      answer(response, request);
    });
  });
  afterEach(() => server.stop());

  const client = () =>
    createServerClient({
      url: server.url,
      token: 'token',
      clock: () => Date.parse('2026-01-01T00:00:00Z'),
      limits: { answerMs: 800, stallMs: 800, maxBytes: 1_000_000 },
    });
  const failure = async (work: Promise<unknown>): Promise<ServerError> => {
    const error: unknown = await work.then(
      () => new Error('It was taken for an answer.'),
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ServerError);
    return error as ServerError;
  };

  it.each(CASES)('%s becomes one typed error with a sentence', async (_, given, expected) => {
    answer = given;
    const error = await failure(client().call('changes', { query: {} }));
    expect(error.kind).toBe(expected.kind);
    if (expected.code !== undefined) expect(error.code).toBe(expected.code);
    expect(error.retryAfterMs).toBe(expected.retryAfterMs ?? null);
    expect(error.message).toMatch(/^[A-Z].*[.]$/);
    expect(mayRetry(error)).toBe(['network', 'server', 'nonsense'].includes(expected.kind));
  });

  it('a 500 promises nothing that is only true while syncing', async () => {
    answer = whole(500, 'text/html', PAGE);
    const error = await failure(client().call('health', {}));
    expect(error.message).toBe('The publishing server has a problem of its own.');
  });

  it('a refused connection says that nobody answers', async () => {
    await server.stop();
    const error = await failure(client().call('health', {}));
    expect(error).toMatchObject({ kind: 'network', code: 'ECONNREFUSED' });
    server = await startHostileServer(() => undefined);
  });

  it('a picture with other bytes than asked for is not taken in', async () => {
    answer = whole(200, 'image/png', 'not the picture');
    expect((await failure(client().getAsset('0'.repeat(64)))).kind).toBe('nonsense');
  });

  it('a missing picture is no error, a page in its place is one', async () => {
    answer = refusal(404, 'not-found');
    expect(await client().getAsset('0'.repeat(64))).toBeNull();
    answer = whole(404, 'text/html', PAGE);
    expect((await failure(client().getAsset('0'.repeat(64)))).kind).toBe('nonsense');
  });

  it.each([
    ['a sign-in page', whole(200, 'text/html', PAGE), 'nonsense'],
    ['a server that has no time', whole(503, 'text/plain', ''), 'server'],
    ['a server that asks for patience', refusal(429, 'slow'), 'server'],
  ] as const)('%s does not say that a picture is there, or was taken', async (_, given, kind) => {
    answer = given;
    expect((await failure(client().hasAsset(HASH))).kind).toBe(kind);
    expect((await failure(client().putAsset(HASH, 'image/png', SMALL))).kind).toBe(kind);
    expect((await failure(client().putAsset(HASH, 'image/png', LARGE))).kind).toBe(kind);
  });

  it('a large picture that may not be begun is not taken for sent', async () => {
    answer = refusal(413, 'too-large');
    const error = await failure(client().putAsset(HASH, 'image/png', LARGE));
    expect(error).toMatchObject({ kind: 'refused', code: 'too-large' });
  });

  it('a server that stands elsewhere each time is asked again later, and refuses nothing', async () => {
    answer = (response, request) => {
      if (request.method === 'PATCH') refusal(409, 'wrong-offset')(response, request);
      else begun(response, request, 0);
    };
    expect((await failure(client().putAsset(HASH, 'image/png', LARGE))).kind).toBe('network');
  });

  it('a large picture of which all has arrived is ended all the same', async () => {
    const sent: (string | undefined)[] = [];
    answer = (response, request) => {
      sent.push(request.method);
      begun(response, request, LARGE.length);
    };
    await client().putAsset(HASH, 'image/png', LARGE);
    expect(sent).toEqual(['POST', 'HEAD', 'PATCH']);
  });

  it('a change of a kind that only a later Stet knows is passed over', async () => {
    answer = json(200, { ...EMPTY_FEED, changes: [{ kind: 'planet', data: { any: 1 } }] });
    expect(await client().call('changes', { query: {} })).toEqual(EMPTY_FEED);
  });

  it('sends the token only where the route asks for one', async () => {
    const seen: (string | undefined)[] = [];
    answer = (response, request) => {
      seen.push(request.headers.authorization);
      refusal(400)(response, request);
    };
    await failure(client().call('health', {}));
    await failure(client().call('me', {}));
    expect(seen).toEqual([undefined, 'Bearer token']);
  });
});
