import { readFile, rename, writeFile } from 'node:fs/promises';
import type { SafeStorage } from 'electron';
import { z } from 'zod';
import type { Secrets } from '../core/ports.ts';
import { createSessionSecrets } from '../host-common/session-secrets.ts';

type Vault = Pick<
  SafeStorage,
  | 'isAsyncEncryptionAvailable'
  | 'encryptStringAsync'
  | 'decryptStringAsync'
  | 'getSelectedStorageBackend'
>;

const File = z.record(z.string(), z.base64());

/**
 * Keeps credentials encrypted by the operating system. Where it offers nothing better than a key that every program
 * knows (`basic_text` on Linux), they are kept for the session only.
 */
export async function createSafeSecrets(
  vault: Vault,
  platform: NodeJS.Platform,
  file: string,
): Promise<Secrets> {
  if (!(await isSafe(vault, platform))) return createSessionSecrets();
  let last: Promise<unknown> = Promise.resolve();
  // One change at a time, or the later would write back what the earlier removed.
  const change = (edit: (kept: Map<string, string>) => Promise<void>): Promise<void> => {
    const next = last.then(async () => {
      const kept = await read(file);
      await edit(kept);
      await write(file, kept);
    });
    last = next.catch(() => undefined);
    return next;
  };
  return {
    async get(key) {
      await last;
      const sealed = (await read(file)).get(key);
      if (sealed === undefined) return null;
      try {
        return (await vault.decryptStringAsync(Buffer.from(sealed, 'base64'))).result;
      } catch {
        // Sealed by a key this computer no longer has: the person is asked again.
        return null;
      }
    },
    async set(key, value) {
      const sealed = await vault.encryptStringAsync(value);
      await change(async (kept) => void kept.set(key, sealed.toString('base64')));
      return 'stored';
    },
    delete: (key) => change(async (kept) => void kept.delete(key)),
  };
}

async function isSafe(vault: Vault, platform: NodeJS.Platform): Promise<boolean> {
  if (!(await vault.isAsyncEncryptionAvailable())) return false;
  if (platform !== 'linux') return true;
  return !['basic_text', 'unknown'].includes(vault.getSelectedStorageBackend());
}

async function read(file: string): Promise<Map<string, string>> {
  try {
    return new Map(Object.entries(File.parse(JSON.parse(await readFile(file, 'utf8')))));
  } catch {
    return new Map();
  }
}

async function write(file: string, kept: ReadonlyMap<string, string>): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(Object.fromEntries(kept)), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
