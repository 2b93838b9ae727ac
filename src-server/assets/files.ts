import { randomUUID } from 'node:crypto';
import { createReadStream, mkdirSync, type ReadStream } from 'node:fs';
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Hash } from '#shared/article';

/** The pictures on disk, each under the SHA-256 of its bytes. */
export interface AssetFiles {
  folder: string;
  write: (hash: Hash, bytes: Uint8Array) => Promise<void>;
  read: (hash: Hash) => ReadStream;
  has: (hash: Hash) => Promise<boolean>;
}

export function openAssetFiles(folder: string): AssetFiles {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const fileOf = (hash: Hash): string => join(folder, hash.slice(0, 2), hash);
  return {
    folder,
    write: async (hash, bytes) => {
      const file = fileOf(hash);
      await mkdir(dirname(file), { recursive: true, mode: 0o700 });
      // Written beside and renamed: a crash leaves a stray file, never half a picture under its name.
      const part = `${file}.${randomUUID()}.part`;
      const handle = await open(part, 'wx', 0o600);
      try {
        await handle.writeFile(bytes);
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(part, file);
    },
    read: (hash) => createReadStream(fileOf(hash)),
    has: async (hash) => {
      try {
        return (await stat(fileOf(hash))).isFile();
      } catch {
        return false;
      }
    },
  };
}
