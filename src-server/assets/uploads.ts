import { z } from 'zod';
import { Hash, Id, Instant, sha256Hex } from '#shared/article';
import { ServerError } from '../errors.ts';
import type { UploadBody } from './upload-body.ts';
import type { UploadFiles } from './upload-files.ts';

/** What an unfinished upload is: whose, of which picture, and until when it is kept. */
const Upload = z.object({ person: Id, hash: Hash, length: z.number().int(), expires: Instant });
export type Upload = z.infer<typeof Upload>;

/** Unfinished uploads: what each may become, and how far it has come. */
export interface Uploads {
  /**
   * Begins an upload; the same picture of the same person gives the same id, with what has arrived. An append that is
   * still under way is ended first.
   */
  begin(claim: Omit<Upload, 'expires'>): Promise<{ id: Hash; expires: string }>;
  /** Throws `not-found`, or `upload-expired`. An append that is still under way is ended first. */
  find(id: Hash, person: Id): Promise<Upload & { offset: number }>;
  /**
   * Adds bytes and gives the new offset. What arrived before the line broke is kept. With the last byte comes `finish`,
   * which is part of the append: whoever ends it waits for that too.
   */
  append(
    id: Hash,
    upload: Upload & { offset: number },
    body: UploadBody,
    finish: () => Promise<void>,
  ): Promise<number>;
  read(id: Hash): Promise<Uint8Array>;
  remove(id: Hash): Promise<void>;
  /** Removes what has expired. Gives how many that were. */
  clean(): Promise<number>;
}

const KEPT_MS = 3 * 86_400_000;
const CLEAN_EVERY_MS = 3_600_000;

export function openUploads(files: UploadFiles, clock: () => number): Uploads {
  const underWay = new Map<Hash, { body: UploadBody; done: Promise<unknown> }>();

  const noted = async (id: Hash): Promise<Upload | null> => {
    const text = await files.note(id);
    if (text === null) return null;
    return Upload.safeParse(JSON.parse(text)).data ?? null;
  };
  const expired = ({ expires }: Upload): boolean => Date.parse(expires) <= clock();

  /** A client that lost its line comes back while the dead one still seems to be sending: the newcomer is right. */
  const takeOver = async (id: Hash): Promise<void> => {
    const other = underWay.get(id);
    if (!other) return;
    other.body.stop();
    await other.done;
  };

  const write = async (id: Hash, upload: { offset: number; length: number }, body: UploadBody) => {
    const file = await files.open(id);
    let { offset } = upload;
    try {
      for await (const chunk of body) {
        if (offset + chunk.length > upload.length) throw tooMuch();
        await file.write(chunk, offset);
        offset += chunk.length;
      }
    } finally {
      await file.close();
    }
    // Nobody is there to hear it, but what was being done is over.
    if (!body.whole())
      throw new ServerError('malformed', 'The line broke off; what had arrived is kept.');
    return offset;
  };

  return {
    remove: (id) => files.remove(id),
    read: (id) => files.read(id),
    async begin({ person, hash, length }) {
      const id = sha256Hex(`${person} ${hash} ${length}`);
      await takeOver(id);
      const known = await noted(id);
      if (known && !expired(known)) return { id, expires: known.expires };
      const expires = new Date(clock() + KEPT_MS).toISOString();
      await files.begin(id, JSON.stringify({ person, hash, length, expires }));
      return { id, expires };
    },
    async find(id, person) {
      await takeOver(id);
      const upload = await noted(id);
      const size = await files.size(id);
      if (upload?.person !== person || size === null)
        throw new ServerError('not-found', 'There is no such upload. Begin it again.');
      if (expired(upload)) {
        await files.remove(id);
        throw new ServerError('upload-expired', 'This upload took too long. Begin it again.');
      }
      return { ...upload, offset: size };
    },
    async append(id, upload, body, finish) {
      const adding = (async () => {
        const offset = await write(id, upload, body);
        if (offset === upload.length) await finish();
        return offset;
      })();
      const entry = { body, done: adding.catch(() => undefined) };
      underWay.set(id, entry);
      try {
        return await adding;
      } finally {
        if (underWay.get(id) === entry) underWay.delete(id);
      }
    },
    async clean() {
      let removed = 0;
      for (const id of await files.list()) {
        const upload = await noted(id);
        if (upload && !expired(upload)) continue;
        await takeOver(id);
        await files.remove(id);
        removed += 1;
      }
      return removed;
    },
  };
}

function tooMuch(): ServerError {
  return new ServerError('too-large', 'More bytes came than the upload said it has.');
}

/** Cleans now and every hour. Gives the function that ends it. */
export function startCleaning(
  uploads: Uploads,
  onError: (error: unknown) => void,
): () => Promise<void> {
  let running: Promise<unknown> = Promise.resolve();
  const clean = (): void => {
    running = uploads.clean().catch(onError);
  };
  clean();
  const timer = setInterval(clean, CLEAN_EVERY_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}
