import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { WebSocket } from 'ws';
import { startPageServer, type PageServer } from '../../src-main/host-browser/server.ts';
import { MAX_MESSAGE_BYTES } from '../../src-main/host-browser/socket.ts';
import { fakeWorkstation, type FakeWorkstation } from '../helpers/fake-workstation.ts';
import { connect, enter } from './visitor.ts';

let folder: string;
let server: PageServer;
let workstation: FakeWorkstation;
let pages: number[];
let cookie: string;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-socket-'));
  workstation = fakeWorkstation();
  pages = [];
  server = await startPageServer({
    workstation,
    pages: folder,
    port: 0,
    onPages: (count) => pages.push(count),
    log: () => undefined,
  });
  cookie = await enter(server);
});

afterEach(async () => {
  await server.close('closing');
  await rm(folder, { recursive: true });
});

async function open(): Promise<WebSocket> {
  const socket = await connect(server, { cookie, origin: server.site.origin });
  if (typeof socket === 'number') throw new Error(`refused with ${socket}`);
  return socket;
}

async function nextMessage(socket: WebSocket): Promise<unknown> {
  const [data] = (await once(socket, 'message')) as [Buffer];
  return JSON.parse(data.toString());
}

async function closeCode(socket: WebSocket): Promise<number> {
  const [code] = (await once(socket, 'close')) as [number];
  return code;
}

test('answers a call with the reply of the core, under the number it came with', async () => {
  const socket = await open();
  socket.send(JSON.stringify({ id: 7, name: 'article.open', input: { article: 'x' } }));
  expect(await nextMessage(socket)).toEqual({
    id: 7,
    reply: { ok: true, value: { article: 'x' } },
  });
  expect(workstation.calls).toEqual([{ name: 'article.open', input: { article: 'x' } }]);
});

test('passes every event to every page', async () => {
  const sockets = [await open(), await open()];
  const heard = sockets.map(nextMessage);
  workstation.emit('lists', {});
  expect(await Promise.all(heard)).toEqual([
    { event: 'lists', data: {} },
    { event: 'lists', data: {} },
  ]);
});

test('says that the core has stopped when a call fails for good', async () => {
  workstation.dispatch = () => Promise.reject(new Error('gone'));
  const socket = await open();
  socket.send(JSON.stringify({ id: 1, name: 'app.status', input: {} }));
  expect(await nextMessage(socket)).toMatchObject({
    id: 1,
    reply: { ok: false, error: { code: 'internal' } },
  });
});

test('refuses a socket without an Origin', async () => {
  expect(await connect(server, { cookie })).toBe(403);
});

test('refuses a socket from another Origin', async () => {
  expect(await connect(server, { cookie, origin: 'https://attacker.example' })).toBe(403);
});

test('refuses a socket under another Host', async () => {
  const [, port] = server.site.host.split(':');
  const headers = { cookie, origin: server.site.origin, host: `127.0.0.1:${port!}` };
  expect(await connect(server, headers)).toBe(421);
});

test('refuses a socket that another site opens', async () => {
  const headers = { cookie, origin: server.site.origin, 'sec-fetch-site': 'cross-site' };
  expect(await connect(server, headers)).toBe(403);
});

test('refuses a socket without the cookie', async () => {
  expect(await connect(server, { origin: server.site.origin })).toBe(401);
});

test('offers the socket at one path only', async () => {
  expect(await connect(server, { cookie, origin: server.site.origin }, '/other')).toBe(404);
});

test('closes a socket whose message is larger than any call', async () => {
  const socket = await open();
  const closed = closeCode(socket);
  socket.send('x'.repeat(MAX_MESSAGE_BYTES + 1));
  expect(await closed).toBe(1009);
  expect(workstation.calls).toEqual([]);
});

test.each(['no JSON', '"text"', '{"id":"1","name":"app.status"}', '{"id":-1,"name":"app.status"}'])(
  'closes a socket that sends %s',
  async (message) => {
    const socket = await open();
    const closed = closeCode(socket);
    socket.send(message);
    expect(await closed).toBe(1008);
    expect(workstation.calls).toEqual([]);
  },
);

test('counts the pages as they come and go', async () => {
  const socket = await open();
  await expect.poll(() => pages).toEqual([1]);
  socket.close();
  await expect.poll(() => pages).toEqual([1, 0]);
});

test('tells the page of a crash by the code it closes with', async () => {
  const socket = await open();
  const closed = closeCode(socket);
  await server.close('crashed');
  expect(await closed).toBe(1011);
});
