import { orientationIn, orientationOnly } from './exif.ts';
import { ascii, joinBytes, turned, viewOf, type Format } from './picture.ts';

interface Chunk {
  name: string;
  /** Where the chunk begins, and its data without head and padding. */
  from: number;
  data: Uint8Array;
}

const NEEDED = new Set(['VP8X', 'VP8 ', 'VP8L', 'ALPH', 'ANIM', 'ANMF', 'ICCP']);
const HAS_EXIF = 0x08;
const HAS_XMP = 0x04;

function chunksOf(bytes: Uint8Array): Chunk[] | null {
  const view = viewOf(bytes);
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = view.getUint32(at + 4, true);
    if (at + 8 + length > bytes.length) return null;
    chunks.push({
      name: ascii(bytes, at, 4),
      from: at,
      data: bytes.subarray(at + 8, at + 8 + length),
    });
    at += 8 + length + (length % 2);
  }
  return chunks.length > 0 ? chunks : null;
}

function orientationOf(chunks: readonly Chunk[]): number {
  const exif = chunks.find(({ name }) => name === 'EXIF')?.data;
  if (!exif) return 1;
  // Some programs put JPEG's prefix before the TIFF block here too.
  return orientationIn(ascii(exif, 0, 4) === 'Exif' ? exif.subarray(6) : exif);
}

function sizeOf({ name, data }: Chunk): { width: number; height: number } | null {
  const view = viewOf(data);
  if (data.length < 5) return null;
  if (name === 'VP8L') {
    const bits = view.getUint32(1, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
  }
  if (data.length < 10) return null;
  if (name === 'VP8X') {
    const three = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
    return { width: three(4) + 1, height: three(7) + 1 };
  }
  if (name !== 'VP8 ') return null;
  return { width: view.getUint16(6, true) & 0x3fff, height: view.getUint16(8, true) & 0x3fff };
}

function chunk(name: string, data: Uint8Array): Uint8Array {
  const head = new Uint8Array(8);
  head.set(Buffer.from(name, 'latin1'));
  viewOf(head).setUint32(4, data.length, true);
  return joinBytes([head, data, new Uint8Array(data.length % 2)]);
}

export const webp: Format = {
  mime: 'image/webp',
  is: (bytes) => ascii(bytes, 0, 4) === 'RIFF' && ascii(bytes, 8, 4) === 'WEBP',
  measure(bytes) {
    const chunks = chunksOf(bytes);
    const size = chunks?.[0] ? sizeOf(chunks[0]) : null;
    return chunks && size ? turned(size, orientationOf(chunks)) : null;
  },
  strip(bytes) {
    const chunks = chunksOf(bytes);
    if (!chunks) return bytes;
    // Only the extended form carries an orientation that anyone heeds.
    const orientation = chunks[0]?.name === 'VP8X' ? orientationOf(chunks) : 1;
    const parts = chunks
      .filter(({ name }) => NEEDED.has(name))
      .map(({ name, data }) => {
        if (name !== 'VP8X') return chunk(name, data);
        const flags = Uint8Array.from(data);
        flags[0] = ((flags[0] ?? 0) & ~(HAS_EXIF | HAS_XMP)) | (orientation === 1 ? 0 : HAS_EXIF);
        return chunk(name, flags);
      });
    if (orientation !== 1) parts.push(chunk('EXIF', orientationOnly(orientation)));
    const head = Uint8Array.from(bytes.subarray(0, 12));
    viewOf(head).setUint32(4, 4 + parts.reduce((sum, part) => sum + part.length, 0), true);
    return joinBytes([head, ...parts]);
  },
};
