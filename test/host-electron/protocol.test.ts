import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../src-main/host-common/content-security-policy.ts';
import { answerPage, APP_SCHEME } from '../../src-main/host-electron/protocol.ts';
import { fakeWorkstation } from '../helpers/fake-workstation.ts';

let folder: string;
const workstation = fakeWorkstation();
const get = (url: string, method = 'GET') =>
  answerPage({ url, method }, join(folder, 'renderer'), workstation);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-app-'));
  await mkdir(join(folder, 'renderer'));
  await writeFile(join(folder, 'renderer', 'index.html'), '<title>Stet</title>');
  await writeFile(join(folder, 'secret.json'), '"out of bounds"');
});
afterEach(() => rm(folder, { recursive: true }));

test('serves the window’s page under the same policy as the browser host', async () => {
  const answer = await get('app://stet/index.html');
  expect(answer.status).toBe(200);
  expect(await answer.text()).toBe('<title>Stet</title>');
  expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(answer.headers.get('content-security-policy')).toBe(CONTENT_SECURITY_POLICY);
  expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
});

test('answers GET only', async () => {
  for (const method of ['POST', 'PUT', 'HEAD', 'DELETE'])
    expect((await get('app://stet/index.html', method)).status).toBe(405);
});

test('answers for its own host only', async () => {
  for (const url of [
    'app://other/index.html',
    'app://stet.evil/index.html',
    'https://stet/index.html',
  ])
    expect((await get(url)).status).toBe(404);
});

test.each([
  '..%2fsecret.json',
  '%2e%2e%2fsecret.json',
  'a/..%2f..%2fsecret.json',
  '..%5csecret.json',
])('does not let app://stet/%s out of the folder', async (path) => {
  const answer = await get(`app://stet/${path}`);
  expect(answer.status).toBe(404);
  expect(await answer.text()).not.toContain('out of bounds');
});

test('serves a picture from the core', async () => {
  const hash = '12'.repeat(32);
  workstation.assets.set(hash, { bytes: Buffer.from('picture'), mime: 'image/webp' });
  const answer = await get(`app://stet/assets/${hash}`);
  expect(answer.headers.get('content-type')).toBe('image/webp');
  expect(await answer.text()).toBe('picture');
});

test('the scheme is a secure origin that may fetch, and bypasses no policy', () => {
  expect(APP_SCHEME).toEqual({
    scheme: 'app',
    privileges: { standard: true, secure: true, supportFetchAPI: true },
  });
});
