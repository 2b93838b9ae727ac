import { orientationIn, orientationOnly } from './exif.ts';
import { ascii, joinBytes, turned, viewOf, type Format } from './picture.ts';

interface Segment {
  marker: number;
  /** From the marker on, with the entropy-coded data after a scan header. */
  from: number;
  to: number;
}

const START = 0xd8;
const END = 0xd9;
const SCAN = 0xda;
const APP0 = 0xe0;
const APP1 = 0xe1;
const APP2 = 0xe2;
const APP14 = 0xee;
const APP15 = 0xef;
const COMMENT = 0xfe;
const EXIF = 'Exif\0\0';

function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

/** The end of entropy-coded data: the next marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? END;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** The segments of a JPEG up to its end marker; null when they do not fit together. */
function segmentsOf(bytes: Uint8Array): Segment[] | null {
  const view = viewOf(bytes);
  const segments: Segment[] = [];
  let at = 2;
  while (at + 4 <= bytes.length) {
    if (bytes[at] !== 0xff) return null;
    const marker = bytes[at + 1] ?? 0;
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === END) return segments;
    const length = view.getUint16(at + 2);
    const header = at + 2 + length;
    if (length < 2 || header > bytes.length) return null;
    const to = marker === SCAN ? endOfScan(bytes, header) : header;
    segments.push({ marker, from: at, to });
    at = to;
  }
  return segments;
}

function orientationOf(bytes: Uint8Array, segments: readonly Segment[]): number {
  const exif = segments.find(
    ({ marker, from }) => marker === APP1 && ascii(bytes, from + 4, 6) === EXIF,
  );
  return exif ? orientationIn(bytes.subarray(exif.from + 10, exif.to)) : 1;
}

/** JFIF, colour profile and Adobe's colour transform decide how it looks; other application data only tells about it. */
function isNeeded(bytes: Uint8Array, { marker, from }: Segment): boolean {
  if (marker === COMMENT) return false;
  if (marker < APP0 || marker > APP15) return true;
  if (marker === APP2) return ascii(bytes, from + 4, 11) === 'ICC_PROFILE';
  return marker === APP14 || (marker === APP0 && ascii(bytes, from + 4, 4) === 'JFIF');
}

function exifSegment(orientation: number): Uint8Array {
  const tiff = orientationOnly(orientation);
  const head = new Uint8Array(10);
  head.set([0xff, APP1]);
  viewOf(head).setUint16(2, 2 + EXIF.length + tiff.length);
  head.set(Buffer.from(EXIF, 'latin1'), 4);
  return joinBytes([head, tiff]);
}

export const jpeg: Format = {
  mime: 'image/jpeg',
  is: (bytes) => bytes[0] === 0xff && bytes[1] === START && bytes[2] === 0xff,
  measure(bytes) {
    const segments = segmentsOf(bytes);
    const frame = segments?.find(({ marker }) => isFrame(marker));
    if (!segments || !frame || frame.to - frame.from < 9) return null;
    const view = viewOf(bytes);
    const size = { width: view.getUint16(frame.from + 7), height: view.getUint16(frame.from + 5) };
    return turned(size, orientationOf(bytes, segments));
  },
  strip(bytes) {
    const segments = segmentsOf(bytes);
    if (!segments) return bytes;
    const orientation = orientationOf(bytes, segments);
    const kept = segments.filter((segment) => isNeeded(bytes, segment));
    const jfif = kept[0]?.marker === APP0 ? kept.splice(0, 1) : [];
    const part = ({ from, to }: Segment): Uint8Array => bytes.subarray(from, to);
    // What follows the end marker, such as the film of a motion photo, stays behind with the rest.
    return joinBytes([
      bytes.subarray(0, 2),
      ...jfif.map(part),
      ...(orientation === 1 ? [] : [exifSegment(orientation)]),
      ...kept.map(part),
      Uint8Array.of(0xff, END),
    ]);
  },
};
