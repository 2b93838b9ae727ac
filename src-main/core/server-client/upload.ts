import { TUS_VERSION, UPLOAD_TYPE, type RouteName } from '#shared/api';
import type { Hash } from '#shared/article';
import type { Answer } from './exchange.ts';
import { ServerError } from './errors.ts';

/** Asks one route; any answer but a success throws. */
export type Ask = (
  name: RouteName,
  parts: { params?: Record<string, string> },
  init: { headers: Record<string, string>; body?: Uint8Array<ArrayBuffer> },
) => Promise<Answer>;

/** How much travels in one request: a proxy that holds requests back until they are whole loses no more than this. */
const PART_BYTES = 1_048_576;

/** How often a line that breaks before anything new has arrived is taken up again at once. */
const MAX_TRIES = 3;

const TUS = { 'tus-resumable': TUS_VERSION };

/** Refusals that only say that the server stands elsewhere than was thought. */
const OUT_OF_STEP = new Set(['wrong-offset', 'upload-expired', 'not-found']);

function numberIn(answer: Answer, header: string): number {
  const value = answer.headers.get(header) ?? '';
  if (/^\d+$/.test(value)) return Number(value);
  throw new ServerError(
    'nonsense',
    'The publishing server did not say how much of a picture has arrived. Stet tries again.',
  );
}

/** Gives the place at which a picture is sent; null if the server has it meanwhile. */
async function beginUpload(ask: Ask, hash: Hash, bytes: Uint8Array): Promise<string | null> {
  const headers = {
    ...TUS,
    'upload-length': String(bytes.length),
    'upload-metadata': `sha256 ${Buffer.from(hash).toString('base64')}`,
  };
  const created = await ask('createUpload', {}, { headers }).catch((error: unknown) => {
    if (error instanceof ServerError && error.code === 'already-there') return null;
    throw error;
  });
  if (created === null) return null;
  const id = (created.headers.get('location') ?? '').split('/').pop() ?? '';
  // A sign-in page answers everything with 200; to go on without a place would end in a refusal that is none.
  if (created.status !== 201 || id === '')
    throw new ServerError(
      'nonsense',
      'The publishing server did not say where a picture is to go. Stet tries again.',
    );
  return id;
}

/**
 * Sends a picture by tus 1.0, from where an earlier try stopped. As long as more arrives each time, a broken line is
 * taken up again at once; otherwise the failure is thrown, and what has arrived stays at the server.
 */
export async function uploadInParts(ask: Ask, hash: Hash, bytes: Uint8Array): Promise<void> {
  let reached = -1;
  for (let tries = 1; ; tries += 1) {
    try {
      const id = await beginUpload(ask, hash, bytes);
      if (id === null) return;
      const standing = await ask('uploadOffset', { params: { id } }, { headers: TUS });
      let offset = numberIn(standing, 'upload-offset');
      if (offset > reached) tries = 1;
      reached = offset;
      // Once at least: the last byte may have arrived without being taken for the last.
      do {
        const body = bytes.subarray(offset, offset + PART_BYTES) as Uint8Array<ArrayBuffer>;
        const headers = {
          ...TUS,
          'content-type': UPLOAD_TYPE,
          'upload-offset': String(offset),
        };
        const answer = await ask('appendUpload', { params: { id } }, { headers, body });
        const now = numberIn(answer, 'upload-offset');
        if (now !== offset + body.length) throw outOfStep();
        offset = now;
      } while (offset < bytes.length);
      return;
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      const moved = OUT_OF_STEP.has(error.code);
      if (error.kind !== 'network' && !moved) throw error;
      if (tries >= MAX_TRIES) throw moved ? outOfStep(error) : error;
    }
  }
}

function outOfStep(cause?: unknown): ServerError {
  return new ServerError('network', 'A picture did not arrive whole. Stet sends the rest again.', {
    cause,
  });
}
