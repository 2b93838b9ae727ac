import { crc32 } from 'node:zlib';
import { orientationIn, orientationOnly } from './exif.ts';
import { ascii, joinBytes, turned, viewOf, type Format } from './picture.ts';

interface Chunk {
  name: string;
  from: number;
  to: number;
}

const SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Chunks beside the critical ones that decide how a picture looks or moves. */
const NEEDED = new Set(
  'tRNS gAMA cHRM sRGB iCCP sBIT bKGD pHYs cICP mDCV cLLI acTL fcTL fdAT hIST sPLT'.split(' '),
);

function chunksOf(bytes: Uint8Array): Chunk[] | null {
  const view = viewOf(bytes);
  const chunks: Chunk[] = [];
  for (let at = SIGNATURE.length; at + 12 <= bytes.length;) {
    const to = at + 12 + view.getUint32(at);
    if (to > bytes.length) return null;
    const name = ascii(bytes, at + 4, 4);
    chunks.push({ name, from: at, to });
    if (name === 'IEND') return chunks;
    at = to;
  }
  return null;
}

function orientationOf(bytes: Uint8Array, chunks: readonly Chunk[]): number {
  const exif = chunks.find(({ name }) => name === 'eXIf');
  return exif ? orientationIn(bytes.subarray(exif.from + 8, exif.to - 4)) : 1;
}

function exifChunk(orientation: number): Uint8Array {
  const named = joinBytes([Buffer.from('eXIf', 'latin1'), orientationOnly(orientation)]);
  const frame = new Uint8Array(8);
  viewOf(frame).setUint32(0, named.length - 4);
  viewOf(frame).setUint32(4, crc32(named));
  return joinBytes([frame.subarray(0, 4), named, frame.subarray(4)]);
}

export const png: Format = {
  mime: 'image/png',
  is: (bytes) => SIGNATURE.every((byte, index) => bytes[index] === byte),
  measure(bytes) {
    const chunks = chunksOf(bytes);
    const [first] = chunks ?? [];
    if (!chunks || first?.name !== 'IHDR' || first.to - first.from < 25) return null;
    const view = viewOf(bytes);
    const size = { width: view.getUint32(first.from + 8), height: view.getUint32(first.from + 12) };
    return turned(size, orientationOf(bytes, chunks));
  },
  strip(bytes) {
    const chunks = chunksOf(bytes);
    if (!chunks) return bytes;
    const orientation = orientationOf(bytes, chunks);
    const kept = chunks.filter(({ name }) => /^[A-Z]/.test(name) || NEEDED.has(name));
    const parts = kept.map(({ from, to }) => bytes.subarray(from, to));
    if (orientation !== 1) parts.splice(1, 0, exifChunk(orientation));
    return joinBytes([bytes.subarray(0, SIGNATURE.length), ...parts]);
  },
};
