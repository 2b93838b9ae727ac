import { sha256Hex, type Hash, type Id } from '#shared/article';
import type { ServerContext } from '../../../src-server/context.ts';
import { ServerError } from '../../../src-server/errors.ts';

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

type Uploads = ServerContext['uploads'];
export type UploadBody = Parameters<Uploads['append']>[2];

export interface Unfinished {
  person: Id;
  hash: Hash;
  length: number;
  expires: string;
  bytes: Uint8Array;
}

/** Unfinished uploads in memory: files are read in other threads, and answer when they like. */
export function memoryUploads(unfinished: Map<Hash, Unfinished>, clock: () => number): Uploads {
  return {
    async begin({ person, hash, length }) {
      const id = sha256Hex(`${person} ${hash} ${length}`);
      const expires = new Date(clock() + 3 * 86_400_000).toISOString();
      const known = unfinished.get(id);
      if (known && Date.parse(known.expires) > clock()) return { id, expires: known.expires };
      unfinished.set(id, { person, hash, length, expires, bytes: new Uint8Array() });
      return { id, expires };
    },
    async find(id, person) {
      const upload = unfinished.get(id);
      if (upload?.person !== person)
        throw new ServerError('not-found', 'There is no such upload. Begin it again.');
      if (Date.parse(upload.expires) <= clock()) {
        unfinished.delete(id);
        throw new ServerError('upload-expired', 'This upload took too long. Begin it again.');
      }
      return { ...upload, offset: upload.bytes.length };
    },
    async append(id, _, body, finish) {
      const upload = unfinished.get(id)!;
      for await (const chunk of body) upload.bytes = Buffer.concat([upload.bytes, chunk]);
      if (!body.whole())
        throw new ServerError('malformed', 'The line broke off; what had arrived is kept.');
      if (upload.bytes.length === upload.length) await finish();
      return upload.bytes.length;
    },
    read: async (id) => unfinished.get(id)!.bytes,
    remove: async (id) => void unfinished.delete(id),
    clean: async () => 0,
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
