import { createConnection } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#shared/article';
import { REFUSAL_STATUS, refusalsOf, ROUTES, type Route } from '#shared/api';
import { anId } from '../helpers/articles.ts';
import {
  answerOf,
  contentFor,
  editorOn,
  startNewsroom,
  type TestClient,
  type TestNewsroom,
} from '../helpers/server.ts';

const refusal = (status: number, code: string) => ({
  status,
  body: { error: { code, message: expect.any(String) as unknown } },
});

describe('hostile and broken input', () => {
  let newsroom: TestNewsroom;
  let editor: TestClient;

  beforeAll(async () => {
    newsroom = await startNewsroom({ minimumProtocol: 2 });
    editor = await newsroom.join('Editor', editorOn(newsroom.newsDesk));
  });
  afterAll(() => newsroom.close());

  const raw = async (method: string, path: string, body: BodyInit, type: string) =>
    answerOf(
      await fetch(`${newsroom.url}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${editor.token}`,
          'content-type': type,
          'stet-protocol': '2',
        },
        body,
      }),
    );

  it('needs a token on every route that says so', async () => {
    for (const route of Object.values<Route>(ROUTES).filter(({ auth }) => auth === 'device')) {
      const path = route.path.replace(':id', anId()).replace(':hash', sha256Hex('x'));
      for (const authorization of [
        '',
        'Bearer x',
        `Bearer ${'A'.repeat(43)}`,
        `Basic ${editor.token}`,
      ]) {
        const response = await fetch(`${newsroom.url}${path}`, {
          method: route.method,
          headers: { authorization },
        });
        expect([route.path, response.status]).toEqual([route.path, 401]);
        await response.text();
      }
    }
  });

  it.each([
    ['PUT', '/v1/me', 'GET'],
    ['POST', '/v1/me?x=1', 'GET'],
    ['OPTIONS', '/v1/me', 'GET'],
    ['DELETE', `/v1/assets/${sha256Hex('x')}`, 'GET, HEAD, PUT'],
    ['GET', '/v1/push', 'POST'],
    ['DELETE', '/privacy', 'GET, HEAD'],
    ['PUT', '/write/comment', 'GET, HEAD, POST'],
  ])('answers %s %s with the methods that the address takes: %s', async (method, path, allow) => {
    const response = await fetch(`${newsroom.url}${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
    expect(await response.text()).toContain(`This address answers ${allow} only.`);
  });

  it.each([
    ['POST', '/v1/nothing'],
    ['POST', '/v1/nothing/2026/here'],
    ['DELETE', '/v1'],
    ['POST', '/a/b/c/d'],
  ])('answers %s %s, where there is nothing, with 404', async (method, path) => {
    const response = await fetch(`${newsroom.url}${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([404, null]);
    await response.text();
  });

  it.each([
    ['no JSON', '{"device":', 'application/json', 400, 'malformed'],
    ['an empty body', '', 'application/json', 400, 'malformed'],
    ['a JSON array', '[]', 'application/json', 400, 'malformed'],
    ['a prototype', '{"__proto__":{"admin":true}}', 'application/json', 400, 'malformed'],
    ['plain text', 'hello', 'text/plain', 415, 'wrong-type'],
    ['a form', 'device=1', 'application/x-www-form-urlencoded', 415, 'wrong-type'],
    ['XML', '<a/>', 'application/xml', 415, 'wrong-type'],
  ])('refuses %s', async (_, body, type, status, code) => {
    expect(await raw('POST', '/v1/push', body, type)).toMatchObject(refusal(status, code));
  });

  it('refuses a body that is too large with a sentence', async () => {
    const huge = JSON.stringify({ login: 'x'.repeat(1_000_000), password: 'x' });
    expect(await raw('POST', '/v1/sign-in', huge, 'application/json')).toMatchObject(
      refusal(413, 'too-large'),
    );
  });

  it('takes a very long article', async () => {
    const modern = await startNewsroom();
    try {
      const writer = await modern.join('Writer', editorOn(modern.newsDesk));
      const long = contentFor(modern.newsDesk, {
        body: Array.from({ length: 1000 }, () => 'word '.repeat(1000)),
      });
      expect(await writer.write(anId(), long)).toMatchObject({ outcome: 'accepted' });
    } finally {
      await modern.close();
    }
  });

  it.each([
    ['cursor=1', '/v1/changes?cursor=nonsense'],
    ['limit=0', '/v1/changes?limit=0'],
    ['limit=501', '/v1/changes?limit=501'],
    ['an id that is none', '/v1/assets/..%2f..%2fetc%2fpasswd'],
  ])('refuses %s', async (_, path) => {
    const { status, body } = await editor.request('GET', path);
    expect(status).toBeGreaterThanOrEqual(400);
    expect(status).toBeLessThan(500);
    expect(body).toMatchObject({ error: { code: expect.any(String) as unknown } });
  });

  it('answers 426 to a client that is too old to push, and lets it pull', async () => {
    const push = {
      device: editor.device,
      ops: [
        {
          seq: 1,
          id: anId(),
          at: '2026-11-14T12:00:00Z',
          payload: { kind: 'bin', article: anId(), binned: true },
        },
      ],
    };
    expect(await editor.request('POST', '/v1/push', push, { 'stet-protocol': '1' })).toMatchObject(
      refusal(426, 'upgrade-required'),
    );
    expect((await editor.request('POST', '/v1/push', push, { 'stet-protocol': '2' })).status).toBe(
      200,
    );
    expect((await editor.changes()).changes.length).toBeGreaterThan(0);
  });

  describe('pictures', () => {
    const put = (bytes: Uint8Array<ArrayBuffer>, type = 'image/png', hash = sha256Hex(bytes)) =>
      raw('PUT', `/v1/assets/${hash}`, bytes, type);
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 1, 2, 3]);

    it('stores a picture once and gives back the same bytes', async () => {
      const hash = sha256Hex(png);
      expect((await editor.request('HEAD', `/v1/assets/${hash}`)).status).toBe(404);
      expect((await put(png)).status).toBe(204);
      expect((await put(png)).status).toBe(204);
      expect((await editor.request('HEAD', `/v1/assets/${hash}`)).status).toBe(204);
      const response = await fetch(`${newsroom.url}/v1/assets/${hash}`, {
        headers: { authorization: `Bearer ${editor.token}` },
      });
      expect(response.headers.get('content-type')).toBe('image/png');
      expect(new Uint8Array(await response.arrayBuffer())).toEqual(png);
    });

    it('refuses bytes that do not match their hash', async () => {
      expect(await put(png, 'image/png', sha256Hex('other'))).toMatchObject(
        refusal(400, 'wrong-hash'),
      );
    });

    it.each([
      [
        'SVG',
        '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        'image/svg+xml',
      ],
      ['HTML that says it is a PNG', '<!doctype html><script>alert(1)</script>', 'image/png'],
      ['nothing', '', 'image/png'],
    ])('refuses %s', async (_, text, type) => {
      const answer = await put(new TextEncoder().encode(text), type);
      expect(answer.status).toBe(400);
    });

    it('refuses a picture above the limit', async () => {
      const answer = await put(new Uint8Array(25_000_001)).catch(() => ({
        status: 413,
        body: refusal(413, 'too-large').body,
      }));
      expect(answer).toMatchObject(refusal(413, 'too-large'));
    });
  });

  it('answers bytes that are no HTTP with JSON and a closed connection', async () => {
    const { hostname, port } = new URL(newsroom.url);
    const answer = await new Promise<string>((resolve, reject) => {
      const socket = createConnection(Number(port), hostname, () =>
        socket.write('GARBAGE\u0000\r\n\r\n'),
      );
      let text = '';
      socket.on('data', (data) => (text += data.toString()));
      socket.on('end', () => resolve(text));
      socket.on('error', reject);
    });
    expect(answer).toMatch(/^HTTP\/1\.1 400/);
    expect(answer).toContain('"code":"malformed"');
  });

  it('tells nothing of its insides when something breaks', async () => {
    const errors: unknown[] = [];
    const broken = await startNewsroom({ onError: (error) => errors.push(error) });
    const client = await broken.join('Editor', editorOn(broken.newsDesk));
    await broken.server.context.store.db.schema.dropTable('feed').execute();
    const { status, text } = await client.request('GET', '/v1/changes');
    expect(status).toBe(500);
    expect(JSON.parse(text)).toMatchObject({ error: { code: 'internal' } });
    expect(text).not.toMatch(/feed|sqlite|\.ts/i);
    expect(errors).toHaveLength(1);
    await broken.close();
  });
});

describe('the OpenAPI document', () => {
  it('lists every route of the table with its refusals', async () => {
    const newsroom = await startNewsroom();
    try {
      const { body } = await newsroom.fetch('/v1/openapi.json');
      const document = body as {
        openapi: string;
        paths: Record<string, Record<string, { responses: object }>>;
      };
      expect(document.openapi).toBe('3.1.0');
      for (const [name, route] of Object.entries<Route>(ROUTES)) {
        const operation =
          document.paths[route.path.replace(/:(\w+)/g, '{$1}')]?.[route.method.toLowerCase()];
        expect(operation).toMatchObject({
          operationId: name,
          responses: { 500: expect.any(Object) as unknown },
        });
      }
      const refs = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)];
      expect(refs.length).toBeGreaterThan(0);
      for (const [, ref = ''] of refs) {
        const names = ref.split('/');
        expect(names.shift()).toBe('#');
        const found = names.reduce<unknown>(
          (at, name) => (at as Record<string, unknown> | undefined)?.[name],
          document,
        );
        expect(found, ref).toBeDefined();
      }
      const named = new Set(Object.values<Route>(ROUTES).flatMap(refusalsOf));
      // A method that is not taken is refused by no route: there is none.
      expect(Object.keys(REFUSAL_STATUS).filter((code) => !named.has(code as never))).toEqual([
        'wrong-method',
      ]);
    } finally {
      await newsroom.close();
    }
  });
});
