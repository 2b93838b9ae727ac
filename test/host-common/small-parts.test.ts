import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { CONTENT_SECURITY_POLICY } from '../../src-main/host-common/content-security-policy.ts';
import { enterSample } from '../../src-main/host-common/enter-sample.ts';
import { externalUrl } from '../../src-main/host-common/external-url.ts';
import { createFileLog } from '../../src-main/host-common/file-log.ts';
import { containedPath } from '../../src-main/host-common/page-files.ts';
import { fakeWorkstation } from '../helpers/fake-workstation.ts';

test('the policy loads nothing from outside and runs no inline script', () => {
  const policy = new Map(
    CONTENT_SECURITY_POLICY.split('; ').map((rule) => {
      const [name, ...sources] = rule.split(' ');
      return [name, sources.join(' ')];
    }),
  );
  expect(policy.get('default-src')).toBe("'none'");
  expect(policy.get('script-src')).toBe("'self'");
  expect(policy.get('connect-src')).toBe("'self'");
  for (const name of ['base-uri', 'form-action', 'object-src', 'frame-ancestors'])
    expect(policy.get(name)).toBe("'none'");
  expect(CONTENT_SECURITY_POLICY).not.toMatch(/https?:|\*|unsafe-eval/);
});

test('a path is contained by what it resolves to, not by how it begins', () => {
  expect(containedPath('/root', '/a/b.js')).toBe('/root/a/b.js');
  expect(containedPath('/root', '/a/../b.js')).toBe('/root/b.js');
  expect(containedPath('/root', '/..b.js')).toBe('/root/..b.js');
  for (const path of ['/../root-evil/x', '/..%2froot-evil/x', '/', '/..', '/%E0', '/a\0b'])
    expect(containedPath('/root', path)).toBeNull();
});

test('only web and mail addresses leave Stet', () => {
  expect(externalUrl('HTTPS://example.org/a b')).toBe('https://example.org/a%20b');
  expect(externalUrl('mailto:desk@example.org')).toBe('mailto:desk@example.org');
  for (const url of [
    'javascript:alert(1)',
    'file:///etc/passwd',
    'data:text/html,x',
    'ftp://x/',
    'x',
  ])
    expect(externalUrl(url)).toBeNull();
});

test('the log keeps what was said and why, and begins anew when it is large', async () => {
  const folder = join(await mkdtemp(join(tmpdir(), 'stet-log-')), 'rosa');
  const file = join(folder, 'stet.log');
  const log = createFileLog(folder);
  // Whoever makes the profile's folder keeps it from the other people on this computer.
  if (process.platform !== 'win32') expect((await stat(folder)).mode & 0o077).toBe(0);
  log('error', 'It broke.', new Error('why'));
  const [line] = (await readFile(file, 'utf8')).split('\n');
  expect(JSON.parse(line!)).toMatchObject({
    level: 'error',
    message: 'It broke.',
    error: expect.stringContaining('why') as string,
  });
  await writeFile(file, 'x'.repeat(2_000_001));
  log('info', 'Again.');
  expect(await readFile(file, 'utf8')).toMatch(/^\{.*Again.*\}\n$/);
  expect(await readFile(`${file}.old`, 'utf8')).toHaveLength(2_000_001);
  await rm(folder, { recursive: true });
});

test('a new profile goes straight into the sample newsroom as the person named', async () => {
  const workstation = fakeWorkstation((name) => ({
    ok: true,
    value: name === 'app.status' ? { stage: 'setup' } : {},
  }));
  expect(await enterSample(workstation, { login: 'jonah' })).toBeNull();
  expect(workstation.calls.at(-1)).toEqual({ name: 'setup.sample', input: { login: 'jonah' } });
});

test('without a name it is the first person on the list', async () => {
  const workstation = fakeWorkstation((name) => ({
    ok: true,
    value:
      name === 'app.status'
        ? { stage: 'setup' }
        : { available: true, why: '', people: [{ login: 'rim' }, { login: 'slot' }] },
  }));
  await enterSample(workstation, 'first');
  expect(workstation.calls.at(-1)).toEqual({ name: 'setup.sample', input: { login: 'rim' } });
});

test('a profile that has its newsroom stays as it is', async () => {
  const workstation = fakeWorkstation(() => ({ ok: true, value: { stage: 'ready' } }));
  expect(await enterSample(workstation, 'first')).toBeNull();
  expect(workstation.calls.map(({ name }) => name)).toEqual(['app.status']);
});

test('what keeps the sample from being entered is told', async () => {
  const workstation = fakeWorkstation((name) =>
    name === 'app.status'
      ? { ok: true, value: { stage: 'setup' } }
      : { ok: false, error: { code: 'not-found', message: 'Nobody has that login.' } },
  );
  expect(await enterSample(workstation, { login: 'nobody' })).toBe('Nobody has that login.');
});
