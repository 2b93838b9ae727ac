import { PassThrough, type Readable } from 'node:stream';

/** The bytes of one request, as they come. */
export interface UploadBody extends AsyncIterable<Uint8Array> {
  /** Takes no more; what has come already can still be read. */
  stop(): void;
  /** Whether all that was announced has come. */
  whole(): boolean;
}

/** How much may wait to be written to the disk. */
const HELD_BYTES = 4_194_304;

/**
 * Takes in a request's bytes from its first moment on. A request whose line breaks is destroyed with everything in it
 * that nobody has read yet; here it simply ends, and what came before is there.
 */
export function receiveBody(payload: Readable): UploadBody {
  const held = new PassThrough({ highWaterMark: HELD_BYTES });
  let whole = false;
  payload.once('end', () => (whole = true));
  payload.once('close', () => held.end());
  payload.once('error', () => held.end());
  payload.pipe(held);
  return {
    stop: () => payload.destroy(),
    whole: () => whole,
    [Symbol.asyncIterator]: () => held[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>,
  };
}
