import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startPageServer, type PageServer } from '../../src-main/host-browser/server.ts';
import { CONTENT_SECURITY_POLICY } from '../../src-main/host-common/content-security-policy.ts';
import { fakeWorkstation, type FakeWorkstation } from '../helpers/fake-workstation.ts';
import { ask, enter, pathOf } from './visitor.ts';

let folder: string;
let server: PageServer;
let workstation: FakeWorkstation;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-pages-'));
  const pages = join(folder, 'renderer');
  await mkdir(join(pages, 'assets'), { recursive: true });
  await mkdir(join(folder, 'renderer-evil'));
  await writeFile(join(pages, 'index.html'), '<!doctype html><title>Stet</title>');
  await writeFile(join(pages, 'assets', 'index-1a2b.js'), 'export {}');
  await writeFile(join(folder, 'secret.json'), '"out of bounds"');
  await writeFile(join(folder, 'renderer-evil', 'secret.json'), '"out of bounds"');
  await symlink(join(folder, 'secret.json'), join(pages, 'link.json'));
  workstation = fakeWorkstation();
  server = await startPageServer({
    workstation,
    pages,
    port: 0,
    log: (message, error) => expect.unreachable(`${message} ${String(error)}`),
  });
});

afterEach(async () => {
  await server.close('closing');
  await rm(folder, { recursive: true });
});

test('serves the window to whoever opened the one-time address', async () => {
  const cookie = await enter(server);
  const page = await ask(server, '/', { cookie });
  expect(page).toMatchObject({ status: 200, body: '<!doctype html><title>Stet</title>' });
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  const script = await ask(server, '/assets/index-1a2b.js', { cookie });
  expect(script).toMatchObject({ status: 200, body: 'export {}' });
  expect(script.headers['content-type']).toBe('text/javascript; charset=utf-8');
});

test('is served under a random name below localhost', () => {
  expect(server.site.origin).toMatch(/^http:\/\/stet-[0-9a-f]{16}\.localhost:\d+$/);
});

test('exchanges the token for a cookie that scripts and other sites cannot use', async () => {
  const answer = await ask(server, pathOf(server.newAddress()));
  expect(answer.status).toBe(303);
  expect(answer.headers.location).toBe('/');
  expect(answer.headers['set-cookie']![0]).toMatch(
    /^stet=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
  );
});

test('refuses a token that was used before', async () => {
  const path = pathOf(server.newAddress());
  expect((await ask(server, path)).status).toBe(303);
  const again = await ask(server, path);
  expect(again.status).toBe(401);
  expect(again.headers['set-cookie']).toBeUndefined();
});

test('refuses a token that was never given', async () => {
  server.newAddress();
  for (const token of ['', 'x', 'A'.repeat(43)])
    expect((await ask(server, `/?token=${token}`)).status).toBe(401);
});

test('voids a token when a newer one is given', async () => {
  const older = pathOf(server.newAddress());
  const newer = pathOf(server.newAddress());
  expect((await ask(server, older)).status).toBe(401);
  expect((await ask(server, newer)).status).toBe(303);
});

test.each([
  ['127.0.0.1', (port: string) => `127.0.0.1:${port}`],
  ['localhost', (port: string) => `localhost:${port}`],
  ['a name an attacker rebinds', (port: string) => `attacker.example:${port}`],
  ['our name without the port', (_: string, name: string) => name],
])('refuses a Host header of %s', async (_, host) => {
  const [name, port] = server.site.host.split(':');
  const cookie = await enter(server);
  const answer = await ask(server, '/', { cookie, host: host(port!, name!) });
  expect(answer.status).toBe(421);
});

test('refuses a request whose Origin is another one', async () => {
  const cookie = await enter(server);
  for (const origin of [
    'https://attacker.example',
    'null',
    server.site.origin.replace('http', 'https'),
  ])
    expect((await ask(server, '/', { cookie, origin })).status).toBe(403);
  expect((await ask(server, '/', { cookie, origin: server.site.origin })).status).toBe(200);
});

test('refuses a fetch that comes from another site', async () => {
  const cookie = await enter(server);
  for (const from of ['cross-site', 'same-site'])
    expect((await ask(server, '/', { cookie, 'sec-fetch-site': from })).status).toBe(403);
  for (const from of ['same-origin', 'none'])
    expect((await ask(server, '/', { cookie, 'sec-fetch-site': from })).status).toBe(200);
});

test('does not spend the token on a request from another site', async () => {
  const path = pathOf(server.newAddress());
  expect((await ask(server, path, { 'sec-fetch-site': 'cross-site' })).status).toBe(403);
  expect((await ask(server, path)).status).toBe(303);
});

test('refuses everything without the cookie', async () => {
  for (const path of ['/', '/index.html', '/assets/index-1a2b.js', `/assets/${'a'.repeat(64)}`])
    expect((await ask(server, path)).status).toBe(401);
  expect((await ask(server, '/', { cookie: `stet=${'A'.repeat(43)}` })).status).toBe(401);
});

test('only reads: any other method is refused', async () => {
  const cookie = await enter(server);
  for (const method of ['POST', 'PUT', 'DELETE', 'OPTIONS'])
    expect((await ask(server, '/', { cookie }, method)).status).toBe(405);
  expect(await ask(server, '/', { cookie }, 'HEAD')).toMatchObject({ status: 200, body: '' });
});

test.each([
  '/../secret.json',
  '/..%2fsecret.json',
  '/%2e%2e/secret.json',
  '/%2e%2e%2fsecret.json',
  '/assets/..%2f..%2fsecret.json',
  '/..%5csecret.json',
  '/../renderer-evil/secret.json',
  '/..%2frenderer-evil%2fsecret.json',
  '//etc/passwd',
  '//',
  '/%00',
  '/%',
  '/link.json',
])('does not let the path %s out of the window’s folder', async (path) => {
  const cookie = await enter(server);
  const answer = await ask(server, path, { cookie });
  expect(answer.status).toBe(404);
  expect(answer.body).not.toContain('out of bounds');
});

test('sends the same protection with every answer, and never a CORS header', async () => {
  const cookie = await enter(server);
  const answers = [
    await ask(server, '/', { cookie }),
    await ask(server, '/missing.html', { cookie }),
    await ask(server, '/'),
    await ask(server, '/', { host: 'attacker.example' }),
    await ask(server, pathOf(server.newAddress())),
  ];
  expect(answers.map(({ status }) => status)).toEqual([200, 404, 401, 421, 303]);
  for (const { headers } of answers) {
    expect(headers).toMatchObject({
      'content-security-policy': CONTENT_SECURITY_POLICY,
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
      'cross-origin-opener-policy': 'same-origin',
      'cross-origin-resource-policy': 'same-origin',
      'cache-control': 'no-store',
    });
    expect(Object.keys(headers).filter((name) => name.startsWith('access-control'))).toEqual([]);
  }
});

test('shows a picture that the core has, under its hash', async () => {
  const cookie = await enter(server);
  const hash = 'ab'.repeat(32);
  workstation.assets.set(hash, { bytes: Buffer.from('picture'), mime: 'image/png' });
  const answer = await ask(server, `/assets/${hash}`, { cookie });
  expect(answer).toMatchObject({ status: 200, body: 'picture' });
  expect(answer.headers['content-type']).toBe('image/png');
  expect((await ask(server, `/assets/${'cd'.repeat(32)}`, { cookie })).status).toBe(404);
});

test('never serves stored bytes as anything but a picture', async () => {
  const cookie = await enter(server);
  const hash = 'ef'.repeat(32);
  for (const mime of ['text/html', 'image/svg+xml']) {
    workstation.assets.set(hash, { bytes: Buffer.from('<script>'), mime });
    expect((await ask(server, `/assets/${hash}`, { cookie })).status).toBe(404);
  }
});
