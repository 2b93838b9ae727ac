import { deflateSync } from 'node:zlib';
import { sha256Hex } from '#shared/article';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  assetHandlers,
  inspectImage,
  readPicture,
  stripMetadata,
  type ImageFacts,
} from '../../../src-main/core/assets/index.ts';
import {
  box,
  cameraExif,
  jpegOf,
  jpegSegment,
  latin1,
  pngChunk,
  pngOf,
  riff,
  uint,
} from './bytes.ts';
import { tries } from '../../helpers/tries.ts';

const SECRET = /GPS|home|Rana|xpacket/;
const isTold = (bytes: Uint8Array): boolean => SECRET.test(Buffer.from(bytes).toString('latin1'));
const exif = (orientation: number): Buffer =>
  jpegSegment(0xe1, Buffer.concat([latin1('Exif\0\0'), cameraExif(orientation)]));
const pixels = deflateSync(Buffer.alloc(40));

function webp(orientation: number): Buffer {
  const head = Buffer.concat([
    Buffer.from([0x08 | 0x04 | 0x10, 0, 0, 0]),
    uint(63, 3, true),
    uint(31, 3, true),
  ]);
  return riff([
    ['VP8X', head],
    ['VP8L', Buffer.from([0x2f, 0x3f, 0xc0, 0x07, 0, 1])],
    ['EXIF', cameraExif(orientation)],
    ['XMP ', latin1('<?xpacket?> Rana')],
  ]);
}

/** An AVIF with a picture item, an EXIF item and their places in the file. */
function avif(): { bytes: Buffer; picture: Buffer } {
  const picture = latin1('av1-coded-bytes');
  const meta = (offset: number): Buffer => {
    const entry = (id: number, type: string): Buffer =>
      box('infe', Buffer.from([2, 0, 0, 0]), uint(id, 2), uint(0, 2), latin1(`${type}\0`));
    const place = (id: number, at: number, length: number): Buffer =>
      Buffer.concat([uint(id, 2), uint(0, 2), uint(1, 2), uint(at, 4), uint(length, 4)]);
    return box(
      'meta',
      Buffer.alloc(4),
      box('iinf', Buffer.alloc(4), uint(2, 2), entry(1, 'av01'), entry(2, 'Exif')),
      box(
        'iprp',
        box(
          'ipco',
          box('ispe', Buffer.alloc(4), uint(120, 4), uint(80, 4)),
          box('ispe', Buffer.alloc(4), uint(12, 4), uint(8, 4)),
        ),
      ),
      box(
        'iloc',
        Buffer.alloc(4),
        Buffer.from([0x44, 0x00]),
        uint(2, 2),
        place(1, offset, picture.length),
        place(2, offset + picture.length, cameraExif(1).length),
      ),
    );
  };
  const ftyp = box('ftyp', latin1('avif'), Buffer.alloc(4), latin1('mif1avif'));
  const offset = ftyp.length + meta(0).length + 8;
  return {
    bytes: Buffer.concat([ftyp, meta(offset), box('mdat', picture, cameraExif(1))]),
    picture,
  };
}

function gif(): Buffer {
  return Buffer.concat([
    latin1('GIF89a'),
    uint(5, 2, true),
    uint(4, 2, true),
    Buffer.from([0x80, 0, 0, 0, 0, 0, 255, 255, 255]),
    Buffer.from([0x21, 0xff, 11]),
    latin1('NETSCAPE2.0'),
    Buffer.from([3, 1, 0, 0, 0]),
    Buffer.from([0x21, 0xfe, 4]),
    latin1('Rana'),
    Buffer.from([0]),
    Buffer.from([0x2c, 0, 0, 0, 0, 5, 0, 4, 0, 0, 2, 2, 0x44, 1, 0]),
    Buffer.from([0x3b]),
  ]);
}

const PICTURES: [string, Uint8Array, ImageFacts][] = [
  ['a JPEG', jpegOf(640, 480, [exif(1)]), { mime: 'image/jpeg', width: 640, height: 480 }],
  [
    'a JPEG on its side',
    jpegOf(640, 480, [exif(6)]),
    { mime: 'image/jpeg', width: 480, height: 640 },
  ],
  [
    'a PNG',
    pngOf(3, 2, pixels, [
      pngChunk('tEXt', latin1('Author\0Rana')),
      pngChunk('eXIf', cameraExif(1)),
    ]),
    { mime: 'image/png', width: 3, height: 2 },
  ],
  [
    'a PNG on its side',
    pngOf(3, 2, pixels, [pngChunk('eXIf', cameraExif(8))]),
    { mime: 'image/png', width: 2, height: 3 },
  ],
  ['a WebP', webp(1), { mime: 'image/webp', width: 64, height: 32 }],
  ['a WebP on its side', webp(5), { mime: 'image/webp', width: 32, height: 64 }],
  ['a GIF', gif(), { mime: 'image/gif', width: 5, height: 4 }],
  ['an AVIF', avif().bytes, { mime: 'image/avif', width: 120, height: 80 }],
];

describe('a picture', () => {
  it.each(PICTURES)('is measured as it is shown: %s', (_, bytes, facts) => {
    expect(inspectImage(bytes)).toEqual(facts);
  });

  it.each(PICTURES)(
    'loses what it tells about people and places, and nothing else: %s',
    (_, bytes, facts) => {
      const stripped = stripMetadata(bytes, facts.mime);
      expect(isTold(stripped)).toBe(false);
      expect(inspectImage(stripped)).toEqual(facts);
      expect(Buffer.from(stripMetadata(stripped, facts.mime))).toEqual(Buffer.from(stripped));
    },
  );

  it('keeps colour profile, Adobe’s colour transform and every coded byte of a JPEG, and drops what follows its end', () => {
    const profile = jpegSegment(0xe2, latin1('ICC_PROFILE\0\x01\x01curves'));
    const adobe = jpegSegment(0xee, latin1('Adobe\0\x64\0\0\0\0\x01'));
    const iptc = jpegSegment(0xed, latin1('Photoshop 3.0\0Rana'));
    const comment = jpegSegment(0xfe, latin1('by Rana'));
    const bytes = jpegOf(
      8,
      8,
      [exif(1), profile, adobe, iptc, comment],
      latin1('motion photo: GPS home'),
    );
    expect(Buffer.from(stripMetadata(bytes, 'image/jpeg'))).toEqual(jpegOf(8, 8, [profile, adobe]));
  });

  it('keeps transparency and movement of a PNG', () => {
    const needed = [
      pngChunk('gAMA', uint(45_455, 4)),
      pngChunk('tRNS', Buffer.from([0, 1])),
      pngChunk('acTL', Buffer.alloc(8)),
    ];
    const bytes = pngOf(3, 2, pixels, [...needed, pngChunk('tIME', Buffer.alloc(7))]);
    expect(Buffer.from(stripMetadata(bytes, 'image/png'))).toEqual(pngOf(3, 2, pixels, needed));
  });

  it('keeps a GIF moving', () => {
    expect(Buffer.from(stripMetadata(gif(), 'image/gif')).toString('latin1')).toContain(
      'NETSCAPE2.0',
    );
  });

  it('keeps the coded bytes of an AVIF where they are', () => {
    const { bytes, picture } = avif();
    const stripped = Buffer.from(stripMetadata(bytes, 'image/avif'));
    expect(stripped.indexOf(picture)).toBe(bytes.indexOf(picture));
    expect(stripped).toHaveLength(bytes.length);
  });

  it('never breaks on bytes that are cut or damaged', () => {
    const cut = fc.tuple(fc.constantFrom(...PICTURES), fc.nat(400), fc.nat(255), fc.nat(400));
    fc.assert(
      fc.property(cut, ([[, bytes, { mime }], at, value, length]) => {
        const damaged = Uint8Array.from(bytes.subarray(0, Math.max(0, bytes.length - length)));
        if (at < damaged.length) damaged[at] = value;
        const facts = inspectImage(damaged);
        if (facts) expect(facts.width * facts.height).toBeGreaterThan(0);
        expect(stripMetadata(damaged, mime)).toBeInstanceOf(Uint8Array);
      }),
      tries(2000),
    );
  });
});

describe('what may not enter', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'empty'],
    [
      'SVG',
      latin1('<?xml version="1.0"?><svg onload="alert(1)"/>'),
      'SVG drawing, which can carry script',
    ],
    ['HEIC', Buffer.concat([box('ftyp', latin1('heic'), Buffer.alloc(8))]), 'HEIC photo'],
    [
      'HTML named as a picture',
      latin1('<script>alert(1)</script>'),
      'not a picture that Stet can show',
    ],
    ['a cut JPEG', jpegOf(640, 480).subarray(0, 30), 'damaged'],
    ['a picture too large to draw', pngOf(100_000, 100_000, pixels), 'too large'],
    ['a file too large', Buffer.concat([jpegOf(8, 8), Buffer.alloc(25_000_001)]), '25 MB'],
  ])('is refused with a sentence: %s', (_, bytes, sentence) => {
    expect(() => readPicture(bytes, 'crane.jpg')).toThrow(sentence);
    expect(inspectImage(bytes)).toBeNull();
  });
});

describe('adding a picture', () => {
  it('stores the stripped bytes and says what they are', async () => {
    const stored: Uint8Array[] = [];
    const handlers = assetHandlers({
      store: (bytes) => {
        stored.push(bytes);
        return { hash: sha256Hex(bytes) };
      },
    });
    const info = await handlers['assets.add']({
      base64: jpegOf(640, 480, [exif(6)]).toString('base64'),
      name: 'crane.jpg',
    });
    expect(stored).toHaveLength(1);
    expect(isTold(stored[0]!)).toBe(false);
    expect(info).toEqual({
      asset: sha256Hex(stored[0]!),
      mime: 'image/jpeg',
      width: 480,
      height: 640,
      caption: '',
      credit: '',
      alt: '',
    });
  });
});
