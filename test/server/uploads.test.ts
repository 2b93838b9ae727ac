import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import { connect } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sha256Hex } from '#shared/article';
import { receiveBody } from '../../src-server/assets/index.ts';
import {
  editorOn,
  startNewsroom,
  type Answer,
  type TestClient,
  type TestNewsroom,
} from '../helpers/server.ts';

let newsroom: TestNewsroom;
let editor: TestClient;
let colleague: TestClient;

beforeAll(async () => {
  newsroom = await startNewsroom();
  editor = await newsroom.join('Mira Hassan', editorOn(newsroom.newsDesk));
  colleague = await newsroom.join('Jonah Okafor', editorOn(newsroom.newsDesk));
});
afterAll(() => newsroom.close());

let made = 0;
/** Bytes that begin as a PNG does, never the same twice. */
function aPicture(size: number): Buffer {
  made += 1;
  const bytes = Buffer.alloc(size, made);
  bytes.set(Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'));
  return bytes;
}

const tus = { 'tus-resumable': '1.0.0' };
const authorised = ({ token }: TestClient) => ({ authorization: `Bearer ${token}` });

function begin(
  client: TestClient,
  hash: string,
  length: number,
  headers: Record<string, string> = {},
): Promise<Answer> {
  const metadata = `filename YS5wbmc=,sha256 ${Buffer.from(hash).toString('base64')}`;
  return newsroom.fetch('/v1/uploads', {
    method: 'POST',
    headers: {
      ...authorised(client),
      ...tus,
      'upload-length': String(length),
      'upload-metadata': metadata,
      ...headers,
    },
  });
}

async function placeOf(
  client: TestClient,
  bytes: Buffer,
  hash: string = sha256Hex(bytes),
): Promise<string> {
  const answer = await begin(client, hash, bytes.length);
  expect(answer.status).toBe(201);
  return answer.headers.get('location')!;
}

const head = (client: TestClient, place: string): Promise<Answer> =>
  newsroom.fetch(place, { method: 'HEAD', headers: { ...authorised(client), ...tus } });

const offsetAt = async (place: string): Promise<number> =>
  Number((await head(editor, place)).headers.get('upload-offset'));

function append(
  client: TestClient,
  place: string,
  offset: number,
  bytes: Buffer,
  headers: Record<string, string> = {},
): Promise<Answer> {
  return newsroom.fetch(place, {
    method: 'PATCH',
    headers: {
      ...authorised(client),
      ...tus,
      'content-type': 'application/offset+octet-stream',
      'upload-offset': String(offset),
      ...headers,
    },
    body: new Uint8Array(bytes),
  });
}

const has = async (hash: string): Promise<boolean> =>
  (await editor.request('HEAD', `/v1/assets/${hash}`)).status === 204;

/** Sends all that is left, as the header says, and pulls the cable after so many bytes of it. */
async function appendAndCut(place: string, bytes: Buffer, offset: number, sent: number) {
  const { port, hostname } = new URL(newsroom.url);
  const socket = connect(Number(port), hostname);
  await once(socket, 'connect');
  socket.write(
    [
      `PATCH ${place} HTTP/1.1`,
      `host: ${hostname}:${port}`,
      `authorization: Bearer ${editor.token}`,
      'tus-resumable: 1.0.0',
      'content-type: application/offset+octet-stream',
      `upload-offset: ${offset}`,
      `content-length: ${bytes.length - offset}`,
      '',
      '',
    ].join('\r\n'),
  );
  await new Promise<void>((done) =>
    socket.write(bytes.subarray(offset, offset + sent), () => done()),
  );
  socket.destroySoon();
  await once(socket, 'close');
}

describe('a resumable upload', () => {
  it('is told what the server speaks', async () => {
    const answer = await newsroom.fetch('/v1/uploads', { method: 'OPTIONS' });
    expect(answer.status).toBe(204);
    expect(answer.headers.get('tus-version')).toBe('1.0.0');
    expect(answer.headers.get('tus-extension')).toBe('creation,expiration,termination');
    expect(answer.headers.get('tus-max-size')).toBe('25000000');
  });

  it('goes on where it stopped, cut at every chunk, and is the same picture in the end', async () => {
    const bytes = aPicture(400_000);
    const hash = sha256Hex(bytes);
    const place = await placeOf(editor, bytes);
    const chunk = 25_000;
    for (let offset = 0; offset < bytes.length - chunk; offset += chunk) {
      await appendAndCut(place, bytes, offset, chunk);
      await expect.poll(() => offsetAt(place)).toBe(offset + chunk);
      expect(await has(hash)).toBe(false);
    }
    const from = await offsetAt(place);
    const last = await append(editor, place, from, bytes.subarray(from));
    expect(last.status).toBe(204);
    expect(last.headers.get('upload-offset')).toBe(String(bytes.length));
    const response = await fetch(`${newsroom.url}/v1/assets/${hash}`, {
      headers: authorised(colleague),
    });
    expect(response.headers.get('content-type')).toBe('image/png');
    expect(sha256Hex(new Uint8Array(await response.arrayBuffer()))).toBe(hash);
  });

  it('outlives a restart of the server', async () => {
    const bytes = aPicture(1000);
    const place = await placeOf(editor, bytes);
    await append(editor, place, 0, bytes.subarray(0, 600));
    await newsroom.restart();
    expect(await placeOf(editor, bytes)).toBe(place);
    expect(await offsetAt(place)).toBe(600);
    expect((await append(editor, place, 600, bytes.subarray(600))).status).toBe(204);
    expect(await has(sha256Hex(bytes))).toBe(true);
  });

  it('is finished by an empty part when the server died between the last byte and the check', async () => {
    const bytes = aPicture(1000);
    const place = await placeOf(editor, bytes);
    await append(editor, place, 0, bytes.subarray(0, 999));
    const id = place.split('/').pop()!;
    const { uploads } = newsroom.server.context;
    const upload = await uploads.find(id, editor.person.id);
    const body = receiveBody(Readable.from([bytes.subarray(999)]));
    await uploads.append(id, upload, body, async () => undefined);
    expect(await offsetAt(place)).toBe(1000);
    expect((await append(editor, place, 1000, Buffer.alloc(0))).status).toBe(204);
    expect(await has(sha256Hex(bytes))).toBe(true);
  });

  it('is not begun anew while its bytes are being checked', async () => {
    const bytes = aPicture(1000);
    const { uploads } = newsroom.server.context;
    const claim = { person: editor.person.id, hash: sha256Hex(bytes), length: bytes.length };
    const { id } = await uploads.begin(claim);
    const checking = Promise.withResolvers<null>();
    const checked = Promise.withResolvers<null>();
    const upload = await uploads.find(id, editor.person.id);
    const appending = uploads.append(id, upload, receiveBody(Readable.from([bytes])), async () => {
      checking.resolve(null);
      await checked.promise;
      await uploads.remove(id);
    });
    await checking.promise;
    const again = uploads.begin(claim);
    await readdir(newsroom.dataDir);
    checked.resolve(null);
    await appending;
    expect(await again).toMatchObject({ id });
    // Begun before, it would have gone with the old one.
    expect(await uploads.find(id, editor.person.id)).toMatchObject({ offset: 0 });
    await uploads.remove(id);
  });

  it('is refused for a picture that is there', async () => {
    const bytes = aPicture(1000);
    const place = await placeOf(editor, bytes);
    expect((await append(editor, place, 0, bytes)).status).toBe(204);
    const again = await begin(colleague, sha256Hex(bytes), bytes.length);
    expect(again.body).toMatchObject({ error: { code: 'already-there' } });
    expect(again.status).toBe(409);
    expect((await readdir(join(newsroom.dataDir, 'uploads'))).join()).not.toContain(
      place.split('/').pop(),
    );
  });

  it('takes bytes at its own offset only', async () => {
    const bytes = aPicture(1000);
    const place = await placeOf(editor, bytes);
    expect((await append(editor, place, 0, bytes.subarray(0, 300))).status).toBe(204);
    const again = await append(editor, place, 0, bytes.subarray(0, 300));
    expect(again.status).toBe(409);
    expect(again.body).toMatchObject({ error: { code: 'wrong-offset', offset: 300 } });
    expect(await offsetAt(place)).toBe(300);
  });

  it('never takes more than it said', async () => {
    const bytes = aPicture(1000);
    const place = await placeOf(editor, bytes.subarray(0, 500), sha256Hex(bytes));
    const answer = await append(editor, place, 0, bytes);
    expect(answer.status).toBe(413);
    expect(await has(sha256Hex(bytes))).toBe(false);
  });

  it('is thrown away when its bytes are not the picture they were said to be', async () => {
    const bytes = aPicture(1000);
    const other = sha256Hex('something else');
    const place = await placeOf(editor, bytes, other);
    const answer = await append(editor, place, 0, bytes);
    expect(answer.body).toMatchObject({ error: { code: 'wrong-hash' } });
    expect(await has(other)).toBe(false);
    expect((await head(editor, place)).status).toBe(404);
  });

  it('is thrown away when it is no picture', async () => {
    const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script/></svg>');
    const place = await placeOf(editor, bytes);
    const answer = await append(editor, place, 0, bytes);
    expect(answer.body).toMatchObject({ error: { code: 'not-an-image' } });
    expect(await has(sha256Hex(bytes))).toBe(false);
  });

  it('belongs to the person who began it', async () => {
    const bytes = aPicture(1000);
    const place = await placeOf(editor, bytes);
    expect((await head(colleague, place)).status).toBe(404);
    expect((await append(colleague, place, 0, bytes)).status).toBe(404);
    expect(await placeOf(colleague, bytes)).not.toBe(place);
    expect((await newsroom.fetch(place, { method: 'HEAD', headers: tus })).status).toBe(401);
  });

  it('can be given up', async () => {
    const place = await placeOf(editor, aPicture(1000));
    const headers = { ...authorised(editor), ...tus };
    expect((await newsroom.fetch(place, { method: 'DELETE', headers })).status).toBe(204);
    expect((await head(editor, place)).status).toBe(404);
  });

  it('is refused above the largest size, in another version of tus, without a hash, as another type', async () => {
    const bytes = aPicture(10);
    const hash = sha256Hex(bytes);
    expect((await begin(editor, hash, 25_000_001)).status).toBe(413);
    const old = await begin(editor, hash, 10, { 'tus-resumable': '0.2.2' });
    expect(old.status).toBe(412);
    expect(old.headers.get('tus-version')).toBe('1.0.0');
    expect((await begin(editor, 'nothing', 10)).status).toBe(400);
    const place = await placeOf(editor, bytes);
    expect((await append(editor, place, 0, bytes, { 'content-type': 'image/png' })).status).toBe(
      415,
    );
  });

  it('is cleaned away when it was not finished in three days', async () => {
    const bytes = aPicture(1000);
    const place = await placeOf(editor, bytes);
    await append(editor, place, 0, bytes.subarray(0, 600));
    newsroom.clock.now += 3 * 86_400_000;
    const gone = await append(editor, place, 600, bytes.subarray(600));
    expect(gone.body).toMatchObject({ error: { code: 'upload-expired' } });
    await placeOf(editor, bytes);
    expect(await offsetAt(place)).toBe(0);
    newsroom.clock.now += 4 * 86_400_000;
    expect(await newsroom.server.context.uploads.clean()).toBeGreaterThan(0);
    expect(await readdir(join(newsroom.dataDir, 'uploads'))).toEqual([]);
  });
});
