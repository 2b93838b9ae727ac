import { crc32 } from 'node:zlib';

export const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1');

export function uint(value: number, size: 2 | 3 | 4, little = false): Buffer {
  const bytes = Buffer.alloc(size);
  if (little) bytes.writeUIntLE(value, 0, size);
  else bytes.writeUIntBE(value, 0, size);
  return bytes;
}

export function pngChunk(name: string, data: Uint8Array): Buffer {
  const named = Buffer.concat([latin1(name), data]);
  return Buffer.concat([uint(data.length, 4), named, uint(crc32(named), 4)]);
}

/** A PNG of grey pixels; `more` are chunks between head and data. */
export function pngOf(
  width: number,
  height: number,
  data: Uint8Array,
  more: Uint8Array[] = [],
): Buffer {
  const head = Buffer.concat([uint(width, 4), uint(height, 4), Buffer.from([8, 0, 0, 0, 0])]);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', head),
    ...more,
    pngChunk('IDAT', data),
    pngChunk('IEND', Buffer.alloc(0)),
  ]);
}

/** A TIFF block as cameras write it: orientation and a place that is nobody's business. */
export function cameraExif(orientation: number): Buffer {
  const entry = (tag: number, type: number, count: number, value: Buffer): Buffer =>
    Buffer.concat([uint(tag, 2, true), uint(type, 2, true), uint(count, 4, true), value]);
  return Buffer.concat([
    latin1('II*\0'),
    uint(8, 4, true),
    uint(2, 2, true),
    entry(0x0112, 3, 1, Buffer.concat([uint(orientation, 2, true), uint(0, 2)])),
    entry(0x8825, 2, 24, uint(38, 4, true)),
    uint(0, 4),
    latin1('GPS 36.19 N 44.01 E home'),
  ]);
}

export function jpegSegment(marker: number, data: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([0xff, marker]), uint(data.length + 2, 2), data]);
}

/** The frame of a JPEG: real segments round entropy-coded data that nobody decodes here. */
export function jpegOf(
  width: number,
  height: number,
  more: Uint8Array[] = [],
  after: Uint8Array = Buffer.alloc(0),
): Buffer {
  const frame = Buffer.concat([
    Buffer.from([8]),
    uint(height, 2),
    uint(width, 2),
    Buffer.from([1, 1, 0x11, 0]),
  ]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    jpegSegment(0xe0, latin1('JFIF\0\x01\x01\0\0\x01\0\x01\0\0')),
    ...more,
    jpegSegment(0xdb, Buffer.alloc(65)),
    jpegSegment(0xc0, frame),
    jpegSegment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
    after,
  ]);
}

export function riff(chunks: [string, Uint8Array][]): Buffer {
  const parts = chunks.map(([name, data]) =>
    Buffer.concat([latin1(name), uint(data.length, 4, true), data, Buffer.alloc(data.length % 2)]),
  );
  const content = Buffer.concat([latin1('WEBP'), ...parts]);
  return Buffer.concat([latin1('RIFF'), uint(content.length, 4, true), content]);
}

export function box(type: string, ...content: Uint8Array[]): Buffer {
  const data = Buffer.concat(content);
  return Buffer.concat([uint(data.length + 8, 4), latin1(type), data]);
}
