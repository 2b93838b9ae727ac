import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { decodeSource } from '../../../src-main/core/import/decode.ts';
import { pngOf } from '../assets/bytes.ts';
import { bodyOf, takeIn } from './take-in.ts';

const base64 = (bytes: Uint8Array | string): string =>
  Buffer.from(bytes as string).toString('base64');
const utf16be = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16();

describe('the characters of a file', () => {
  it.each([
    ['UTF-8', Buffer.from('Tomás “said”')],
    ['UTF-8 with a mark', Buffer.from('\ufeffTomás “said”')],
    ['UTF-16 with a mark', Buffer.from('\ufeffTomás “said”', 'utf16le')],
    ['big-endian UTF-16 with a mark', utf16be('\ufeffTomás “said”')],
    ['UTF-16 without a mark', Buffer.from('Tomás “said”', 'utf16le')],
    [
      'windows-1252',
      Buffer.from([0x54, 0x6f, 0x6d, 0xe1, 0x73, 0x20, 0x93, 0x73, 0x61, 0x69, 0x64, 0x94]),
    ],
  ])('are read from %s', (_, bytes) => {
    expect(decodeSource(bytes, 'a.txt').text).toBe('Tomás “said”');
  });

  it('may hold the few control characters that wires send along', async () => {
    const wire =
      '\u0001r k\u0002Bridge \ud83d\ude00 reopens\u0003\n\nThe bridge is open again.\u0004';
    const wired = await takeIn({ name: 'wire.txt', base64: base64(wire) });
    expect(`${wired.fields.headline} ${bodyOf(wired).join(' ')}`).toContain(
      'The bridge is open again.',
    );
  });

  it('are read in the set that an HTML page declares', () => {
    const page = Buffer.concat([
      Buffer.from('<html><meta charset="iso-8859-5"><p>'),
      Buffer.from([0xbc, 0xd8, 0xe0]),
    ]);
    expect(decodeSource(page, 'a.html')).toMatchObject({
      html: true,
      text: expect.stringContaining('Мир') as string,
    });
  });
});

describe('what is no text', () => {
  it.each([
    ['nothing', Buffer.alloc(0), 'empty.txt', /empty/],
    ['blank lines', Buffer.from(' \n\t\r\n\ufeff'), 'blank.txt', /empty/],
    [
      'a .docx',
      Buffer.from('PK\x03\x04word/document.xml'),
      'story.docx',
      /“story.docx” is a packed document.*paste/,
    ],
    ['an RTF document', Buffer.from('{\\rtf1 hi}'), 'story.rtf', /RTF.*paste/],
    ['a PDF', Buffer.from('%PDF-1.7 …'), 'story.pdf', /PDF.*paste/],
    ['a picture', pngOf(1, 1, deflateSync(Buffer.alloc(2))), 'crane.png', /picture.*Image/],
    ['a database', Buffer.from('SQLite format 3\0xxxx'), 'x.db', /database/],
    [
      'noise',
      Buffer.from(Array.from({ length: 4000 }, (__, index) => (index * 7919) % 256)),
      'noise.txt',
      /not a text/,
    ],
  ])('is refused with a sentence: %s', async (_, bytes, name, sentence) => {
    const refused = takeIn({ name, base64: base64(bytes) });
    await expect(refused).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringMatching(sentence) as string,
    });
  });

  it('is refused when pasted too: nothing but space', async () => {
    await expect(takeIn({ text: ' \n ' })).rejects.toMatchObject({ code: 'unsupported' });
    await expect(takeIn({ html: '<p> </p>', text: '' })).rejects.toMatchObject({
      code: 'unsupported',
    });
  });

  it('is refused beyond 20 MB', async () => {
    await expect(takeIn({ text: 'a'.repeat(20_000_001) })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('20 MB') as string,
    });
  });
});

describe('hostile and huge input', () => {
  it('falls back to the plain text when the HTML of a paste holds nothing', async () => {
    expect(bodyOf(await takeIn({ html: '<script>1</script>', text: 'The words.' }))).toEqual([
      'paragraph: The words.',
    ]);
  });

  it('refuses a page nested without end', async () => {
    await expect(takeIn({ html: '<div>'.repeat(1_000_000) })).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('nested') as string,
    });
  });

  it.each([
    [
      '5 MB of paragraphs',
      {
        name: 'a.txt',
        text: 'The river rose by two metres overnight, the council said.\n\n'.repeat(85_000),
      },
    ],
    ['5 MB in one line', { name: 'a.txt', text: 'The river rose, “he” said. '.repeat(190_000) }],
    [
      '5 MB of HTML',
      {
        name: 'a.html',
        html: `<article><h1>Long</h1>${'<p>The <b>river</b> rose &amp; fell, the <a href="https://a.example/">council</a> said.</p>'.repeat(60_000)}</article>`,
      },
    ],
    ['1 MB of short lines', { name: 'a.txt', text: 'a b\n'.repeat(250_000) }],
    ['5 MB of list marks', { name: 'a.txt', text: '* '.repeat(2_500_000) }],
    ['5 MB of open quotes and points', { name: 'a.txt', text: `${'”.'.repeat(900_000)}x` }],
    // What takes seconds here would take hours if the work grew faster than the text: the time limit of a test ends that.
  ])('reads %s to its end', async (_, source) => {
    const taken = await takeIn(source);
    expect(taken.body.length).toBeGreaterThan(0);
  });
});
