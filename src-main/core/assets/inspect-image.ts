import { ASSET_MAX_BYTES } from '#shared/api';
import type { ImageType } from '#shared/article';
import { StetError } from '#shared/contract';
import { avif } from './avif.ts';
import { gif } from './gif.ts';
import { jpeg } from './jpeg.ts';
import type { Format, ImageFacts } from './picture.ts';
import { png } from './png.ts';
import { webp } from './webp.ts';

const FORMATS: readonly Format[] = [jpeg, png, webp, gif, avif];

// Enough for any camera; a picture that claims more would exhaust the memory of whoever draws it.
const MAX_PIXELS = 400_000_000;

/** Hostile bytes may point anywhere; reading past their end only means that they are no picture. */
function guarded<T>(read: () => T): T | null {
  try {
    return read();
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function formatOf(bytes: Uint8Array): Format | null {
  return guarded(() => FORMATS.find((format) => bytes.length >= 12 && format.is(bytes)) ?? null);
}

/** What a picture is, by its bytes and never by its name; null when it is none of the formats that may enter. */
export function inspectImage(bytes: Uint8Array): ImageFacts | null {
  const format = formatOf(bytes);
  if (!format || bytes.length > ASSET_MAX_BYTES) return null;
  const size = guarded(() => format.measure(bytes));
  if (!size || size.width < 1 || size.height < 1 || size.width * size.height > MAX_PIXELS)
    return null;
  return { mime: format.mime, ...size };
}

/**
 * The same picture without what it tells about people and places (EXIF, XMP, IPTC, comments), not re-encoded. Colour
 * profile and orientation stay.
 */
export function stripMetadata(bytes: Uint8Array, mime: ImageType): Uint8Array {
  const format = FORMATS.find((one) => one.mime === mime);
  return (format && guarded(() => format.strip(bytes))) ?? bytes;
}

function refusal(bytes: Uint8Array, name: string): string {
  const subject = name ? `“${name}”` : 'This file';
  const start = Buffer.from(bytes.subarray(0, 1000)).toString('latin1');
  if (bytes.length === 0) return `${subject} is empty. Choose another picture.`;
  if (bytes.length > ASSET_MAX_BYTES)
    return `${subject} is larger than 25 MB. Save a smaller version and add that.`;
  if (/<svg[\s>]/i.test(start))
    return `${subject} is an SVG drawing, which can carry script. Save it as PNG and add that.`;
  if (/^....ftyp(heic|heix|mif1|msf1)/s.test(start))
    return `${subject} is a HEIC photo. Save it as JPEG and add that.`;
  if (formatOf(bytes))
    return `${subject} is damaged or too large to be shown. Save it anew and add that.`;
  return `${subject} is not a picture that Stet can show. Use JPEG, PNG, WebP, GIF or AVIF.`;
}

/** A picture ready to be stored: inspected and stripped. Throws `unsupported` with a sentence for anything else. */
export function readPicture(
  bytes: Uint8Array,
  name = '',
): { bytes: Uint8Array; facts: ImageFacts } {
  const found = inspectImage(bytes);
  if (!found) throw new StetError('unsupported', refusal(bytes, name));
  const stripped = stripMetadata(bytes, found.mime);
  // A strip that broke the picture would be worse than none: then it does not come in at all.
  const facts = inspectImage(stripped);
  if (facts?.width !== found.width || facts.height !== found.height)
    throw new StetError('unsupported', refusal(bytes, name));
  return { bytes: stripped, facts };
}
