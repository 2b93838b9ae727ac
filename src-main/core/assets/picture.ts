import type { ImageType } from '#shared/article';

/** What the bytes of a picture say of themselves. Width and height are in pixels, as it is shown. */
export interface ImageFacts {
  mime: ImageType;
  width: number;
  height: number;
}

/** One image format: how to recognise it, measure it and take what it tells about people and places out of it. */
export interface Format {
  mime: ImageType;
  is(bytes: Uint8Array): boolean;
  /** Null when the bytes only begin like this format. */
  measure(bytes: Uint8Array): { width: number; height: number } | null;
  strip(bytes: Uint8Array): Uint8Array;
}

export function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

/** Bytes as Latin-1 characters: names of chunks, markers and brands. */
export function ascii(bytes: Uint8Array, from: number, length: number): string {
  return String.fromCharCode(...bytes.subarray(from, from + length));
}

export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  return Buffer.concat(parts);
}

/** Width and height as shown: orientations 5 to 8 lie on their side. */
export function turned(
  size: { width: number; height: number },
  orientation: number,
): { width: number; height: number } {
  return orientation >= 5 ? { width: size.height, height: size.width } : size;
}
