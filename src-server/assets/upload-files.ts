import { randomUUID } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { open, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Hash } from '#shared/article';

/** Where unfinished uploads lie: the bytes of each as far as they came, beside a note of what they will be. */
export interface UploadFiles {
  /** Lays down a file without bytes, and then the note: that is there whole, or not at all. */
  begin(id: Hash, note: string): Promise<void>;
  /** Null where there is none. */
  note(id: Hash): Promise<string | null>;
  /** How many bytes there are; null where there is no file for them. */
  size(id: Hash): Promise<number | null>;
  /** Opens the bytes for more of them. What was written is safe once this is closed. */
  open(id: Hash): Promise<{
    write(bytes: Uint8Array, at: number): Promise<void>;
    close(): Promise<void>;
  }>;
  read(id: Hash): Promise<Uint8Array>;
  remove(id: Hash): Promise<void>;
  /** Every upload that has a note. */
  list(): Promise<Hash[]>;
}

export function uploadFiles(folder: string): UploadFiles {
  const noteOf = (id: Hash): string => join(folder, `${id}.json`);
  const bytesOf = (id: Hash): string => join(folder, `${id}.part`);
  return {
    async begin(id, note) {
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      await writeFile(bytesOf(id), '', { mode: 0o600 });
      const unfinished = `${noteOf(id)}.${randomUUID()}`;
      await writeFile(unfinished, note, { mode: 0o600 });
      await rename(unfinished, noteOf(id));
    },
    note: (id) => readFile(noteOf(id), 'utf8').catch(() => null),
    size: (id) =>
      stat(bytesOf(id)).then(
        ({ size }) => size,
        () => null,
      ),
    async open(id) {
      const file = await open(bytesOf(id), 'r+');
      return {
        async write(bytes, at) {
          await file.write(bytes, 0, bytes.length, at);
        },
        close: async () => {
          await file.sync();
          await file.close();
        },
      };
    },
    read: (id) => readFile(bytesOf(id)),
    async remove(id) {
      await rm(noteOf(id), { force: true });
      await rm(bytesOf(id), { force: true });
    },
    async list() {
      const names = await readdir(folder).catch(() => []);
      const notes = names.filter((name) => /^[0-9a-f]{64}\.json$/.test(name));
      return notes.map((name) => name.slice(0, 64));
    },
  };
}
