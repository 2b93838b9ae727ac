import { ascii, joinBytes, viewOf, type Format } from './picture.ts';

const EXTENSION = 0x21;
const IMAGE = 0x2c;
const TRAILER = 0x3b;
const COMMENT = 0xfe;
const PLAIN_TEXT = 0x01;
const APPLICATION = 0xff;

function colourTable(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** The position after a run of sub-blocks, which ends with an empty one; null when the file ends first. */
function afterSubBlocks(bytes: Uint8Array, from: number): number | null {
  for (let at = from; at < bytes.length;) {
    const length = bytes[at] ?? 0;
    at += 1 + length;
    if (length === 0) return at;
  }
  return null;
}

/** A looping animation says so in an application extension; every other one only tells about the picture. */
function isNeeded(bytes: Uint8Array, at: number): boolean {
  const label = bytes[at + 1];
  if (label === COMMENT || label === PLAIN_TEXT) return false;
  return label !== APPLICATION || /^(NETSCAPE|ANIMEXTS|ICCRGBG1)/.test(ascii(bytes, at + 3, 8));
}

export const gif: Format = {
  mime: 'image/gif',
  is: (bytes) => /^GIF8[79]a$/.test(ascii(bytes, 0, 6)),
  measure(bytes) {
    if (bytes.length < 14) return null;
    const view = viewOf(bytes);
    return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
  },
  strip(bytes) {
    let at = 13 + colourTable(bytes[10] ?? 0);
    const parts = [bytes.subarray(0, at)];
    while (at < bytes.length && bytes[at] !== TRAILER) {
      const isImage = bytes[at] === IMAGE;
      if (!isImage && bytes[at] !== EXTENSION) return bytes;
      // An image's data begins after its descriptor, its colour table and the size of its codes.
      const data = isImage ? at + 10 + colourTable(bytes[at + 9] ?? 0) + 1 : at + 2;
      const end = afterSubBlocks(bytes, data);
      if (end === null) return bytes;
      if (isImage || isNeeded(bytes, at)) parts.push(bytes.subarray(at, end));
      at = end;
    }
    return joinBytes([...parts, Uint8Array.of(TRAILER)]);
  },
};
