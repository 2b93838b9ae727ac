import { StetError } from '#shared/contract';

/** Largest file that is taken in, in bytes. */
export const SOURCE_MAX_BYTES = 20_000_000;

export interface DecodedSource {
  text: string;
  html: boolean;
}

type Signature = readonly [start: readonly number[], what: string, instead: string];

const bytesOf = (text: string): number[] =>
  Array.from(text, (character) => character.charCodeAt(0));
const WORD =
  'Open it in its own program and paste the text here, or save it as HTML or plain text.';
const PICTURE = 'Add it to an article with Image.';

/** How well-known files that are no text begin, and what to do with them instead. */
const SIGNATURES: readonly Signature[] = [
  [[0x50, 0x4b, 0x03, 0x04], 'a packed document (such as .docx or .odt)', WORD],
  [[0xd0, 0xcf, 0x11, 0xe0], 'an old Word document', WORD],
  [bytesOf('{\\rtf'), 'an RTF document', WORD],
  [bytesOf('%PDF-'), 'a PDF', 'Open it, select the text and paste it here.'],
  [bytesOf('SQLite format 3'), 'a database', 'Choose a text or HTML file.'],
  [[0x1f, 0x8b], 'a packed file', 'Unpack it first.'],
  [[0x89, 0x50, 0x4e, 0x47], 'a picture', PICTURE],
  [[0xff, 0xd8, 0xff], 'a picture', PICTURE],
  [bytesOf('GIF8'), 'a picture', PICTURE],
];

function unsupported(sentence: string): StetError {
  return new StetError('unsupported', sentence);
}

function named(name: string): string {
  return name ? `“${name}”` : 'This file';
}

function startsWith(bytes: Uint8Array, start: readonly number[]): boolean {
  return start.every((byte, index) => bytes[index] === byte);
}

/** UTF-16 without a byte order mark: Latin text leaves every other byte zero. */
function utf16Without(bytes: Uint8Array): 'utf-16le' | 'utf-16be' | null {
  const sample = bytes.subarray(0, 2000);
  const zeros = [0, 0];
  sample.forEach((byte, index) => {
    if (byte === 0) zeros[index % 2] = (zeros[index % 2] ?? 0) + 1;
  });
  const [even = 0, odd = 0] = zeros;
  const most = sample.length * 0.35;
  if (odd > most && even < odd / 10) return 'utf-16le';
  return even > most && odd < even / 10 ? 'utf-16be' : null;
}

function declaredCharset(bytes: Uint8Array): string | null {
  const head = new TextDecoder('latin1').decode(bytes.subarray(0, 2048));
  return /<meta[^>]+charset\s*=\s*["']?\s*([\w-]+)/i.exec(head)?.[1] ?? null;
}

function decodeAs(label: string, bytes: Uint8Array, fatal: boolean): string | null {
  try {
    return new TextDecoder(label, { fatal }).decode(bytes);
  } catch {
    return null;
  }
}

function textOf(bytes: Uint8Array): string {
  if (startsWith(bytes, [0xff, 0xfe])) return new TextDecoder('utf-16le').decode(bytes);
  if (startsWith(bytes, [0xfe, 0xff])) return new TextDecoder('utf-16be').decode(bytes);
  const wide = utf16Without(bytes);
  if (wide) return new TextDecoder(wide).decode(bytes);
  return (
    decodeAs('utf-8', bytes, true) ??
    decodeAs(declaredCharset(bytes) ?? 'windows-1252', bytes, false) ??
    new TextDecoder('windows-1252').decode(bytes)
  );
}

// eslint-disable-next-line no-control-regex -- control characters are what tells data from text
const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f\ufffd]/g;

/** Wire copy brings a few control characters along, which must not make a short message unreadable. */
const FEW = 12;

function isBinary(text: string): boolean {
  const sample = text.slice(0, 20_000);
  const found = sample.match(CONTROL)?.length ?? 0;
  return found > sample.length * (found <= FEW ? 0.2 : 0.01);
}

/** Whether text is HTML: by its start, or because block elements stand near its beginning. */
export function looksLikeHtml(text: string, name = ''): boolean {
  if (/\.x?html?$/i.test(name)) return true;
  if (/\.(txt|text|md|markdown|csv|json)$/i.test(name)) return false;
  const head = text.slice(0, 4000);
  if (
    /^\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|body|article)\b/is.test(head)
  )
    return true;
  return /^\s*</.test(head) && /<(p|div|h[1-6]|table|ul|ol|section|blockquote)\b[^>]*>/i.test(head);
}

/** Refuses text in which there is nothing to read. */
export function refuseEmpty(text: string, name: string): void {
  if (text.replace(/[\s\u200b\ufeff]/gu, '') === '')
    throw unsupported(`${named(name)} is empty, so there is nothing to take in.`);
}

/**
 * The bytes of a file as text: UTF-8, UTF-16 with or without a byte order mark, the character set an HTML page
 * declares, else windows-1252. Throws `unsupported` with a sentence for what is empty, too large or no text.
 */
export function decodeSource(bytes: Uint8Array, name: string): DecodedSource {
  if (bytes.length === 0)
    throw unsupported(`${named(name)} is empty, so there is nothing to take in.`);
  if (bytes.length > SOURCE_MAX_BYTES)
    throw unsupported(`${named(name)} is larger than 20 MB. Take it in in parts.`);
  const known = SIGNATURES.find(([start]) => startsWith(bytes, start));
  if (known)
    throw unsupported(`${named(name)} is ${known[1]}, which Stet cannot read. ${known[2]}`);
  const text = textOf(bytes).replace(/^\ufeff/, '');
  if (isBinary(text))
    throw unsupported(
      `${named(name)} is not a text. Choose a text or HTML file, or paste the text here.`,
    );
  refuseEmpty(text, name);
  return { text, html: looksLikeHtml(text, name) };
}
