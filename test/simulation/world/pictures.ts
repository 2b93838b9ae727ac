import type { Hash } from '#shared/article';
import type { ServerContext } from '../../../src-server/context.ts';
import type { UploadFiles } from '../../../src-server/assets/index.ts';

/** The pictures of the server, which no fault touches: they are named by their bytes. */
export function memoryAssets(pictures: Map<Hash, Uint8Array>): ServerContext['assets'] {
  return {
    folder: '',
    write: async (hash, bytes) => void pictures.set(hash, bytes),
    // The handler passes on what it is given here, and the wire takes bytes as well as a stream.
    read: (hash) => pictures.get(hash) as unknown as ReturnType<ServerContext['assets']['read']>,
    has: async (hash) => pictures.has(hash),
  };
}

export type UploadBody = Parameters<ServerContext['uploads']['append']>[2];

/** Unfinished uploads, each with its note. */
export type Unfinished = Map<Hash, { note: string; bytes: Uint8Array }>;

/** Where they lie, in memory: files are read in other threads, and answer when they like. */
export function memoryUploadFiles(unfinished: Unfinished): UploadFiles {
  return {
    begin: async (id, note) => void unfinished.set(id, { note, bytes: new Uint8Array() }),
    note: async (id) => unfinished.get(id)?.note ?? null,
    size: async (id) => unfinished.get(id)?.bytes.length ?? null,
    async open(id) {
      const upload = unfinished.get(id)!;
      return {
        async write(bytes, at) {
          upload.bytes = Buffer.concat([upload.bytes.subarray(0, at), bytes]);
        },
        close: async () => undefined,
      };
    },
    read: async (id) => unfinished.get(id)!.bytes,
    remove: async (id) => void unfinished.delete(id),
    list: async () => [...unfinished.keys()],
  };
}

const CHUNK = 65_536;

/** A request's bytes as they come, up to where its line breaks. */
export function uploadBody(bytes: Uint8Array, arrived = bytes.length): UploadBody {
  return {
    stop: () => undefined,
    whole: () => arrived >= bytes.length,
    async *[Symbol.asyncIterator]() {
      for (let at = 0; at < arrived; at += CHUNK)
        yield bytes.subarray(at, Math.min(at + CHUNK, arrived));
    },
  };
}
