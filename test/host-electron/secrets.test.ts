import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createSafeSecrets } from '../../src-main/host-electron/secrets.ts';

type Backend = 'basic_text' | 'gnome_libsecret' | 'unknown';

function vault({
  available = true,
  backend = 'gnome_libsecret',
  key = 'k1',
}: { available?: boolean; backend?: Backend; key?: string } = {}) {
  return {
    isAsyncEncryptionAvailable: async () => available,
    getSelectedStorageBackend: () => backend,
    encryptStringAsync: async (text: string) =>
      Buffer.from(`${key}:${Buffer.from(text).toString('hex')}`),
    async decryptStringAsync(sealed: Buffer) {
      const [by, hex] = sealed.toString().split(':');
      if (by !== key) throw new Error('wrong key');
      return { shouldReEncrypt: false, result: Buffer.from(hex!, 'hex').toString() };
    },
  };
}

let folder: string;
let file: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-secrets-'));
  file = join(folder, 'secrets.json');
});
afterEach(() => rm(folder, { recursive: true }));

test('keeps a credential, encrypted, in a file that only its owner reads', async () => {
  const secrets = await createSafeSecrets(vault(), 'linux', file);
  expect(await secrets.set('token', 'open sesame')).toBe('stored');
  expect(await readFile(file, 'utf8')).not.toContain('open sesame');
  expect((await stat(file)).mode & 0o777).toBe(0o600);
  const again = await createSafeSecrets(vault(), 'linux', file);
  expect(await again.get('token')).toBe('open sesame');
  await again.delete('token');
  expect(await again.get('token')).toBeNull();
});

test.each([
  ['Linux offers only a key that every program knows', vault({ backend: 'basic_text' })],
  ['Linux names no keyring', vault({ backend: 'unknown' })],
  ['there is no encryption', vault({ available: false })],
])('keeps credentials for the session only where %s', async (_, weak) => {
  const secrets = await createSafeSecrets(weak, 'linux', file);
  expect(await secrets.set('token', 'open sesame')).toBe('session-only');
  expect(await secrets.get('token')).toBe('open sesame');
  await expect(readFile(file)).rejects.toThrow('ENOENT');
});

test('several changes at once are all kept', async () => {
  const secrets = await createSafeSecrets(vault(), 'darwin', file);
  await Promise.all(['a', 'b', 'c'].map((key) => secrets.set(key, key.repeat(3))));
  await Promise.all([secrets.delete('b'), secrets.set('d', 'ddd')]);
  const all = await Promise.all(['a', 'b', 'c', 'd'].map((key) => secrets.get(key)));
  expect(all).toEqual(['aaa', null, 'ccc', 'ddd']);
});

test('a credential that cannot be decrypted any more is as good as none', async () => {
  const before = await createSafeSecrets(vault({ key: 'old' }), 'darwin', file);
  await before.set('token', 'open sesame');
  const after = await createSafeSecrets(vault({ key: 'new' }), 'darwin', file);
  expect(await after.get('token')).toBeNull();
});
