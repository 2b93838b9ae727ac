import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { HostOptions } from '../../src-main/host-common/options.ts';
import { createLinks } from '../../src-main/host-electron/deep-links.ts';
import { createFakeElectron } from '../helpers/fake-electron.ts';
import { fakeWorkstation, type FakeWorkstation } from '../helpers/fake-workstation.ts';

const article = '019ab3c4-0000-7000-8000-000000000001';

let folder: string;
let workstation: FakeWorkstation;
let openWorkstation: () => Promise<FakeWorkstation>;
let fake: ReturnType<typeof createFakeElectron>;
let links: ReturnType<typeof createLinks>;

/** Opens Stet in an Electron that only records; `wish` changes it before. */
async function open(wish: () => void = () => undefined): Promise<void> {
  workstation = fakeWorkstation();
  openWorkstation = async () => workstation;
  fake = createFakeElectron(() => openWorkstation());
  links = createLinks(null);
  wish();
  vi.resetModules();
  vi.doMock('electron', () => fake.electron);
  const { openApp } = await import('../../src-main/host-electron/app.ts');
  const options: HostOptions = {
    data: folder,
    profile: 'rosa',
    sample: null,
    port: 0,
    open: true,
    chromium: null,
  };
  await openApp({ options, folder: join(folder, 'rosa'), root: folder, links });
}

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-app-'));
});
afterEach(async () => {
  vi.doUnmock('electron');
  await rm(folder, { recursive: true });
});

const events = () =>
  fake.windows[0]!.webContents.sent.filter(({ channel }) => channel === 'stet:event').map(
    ({ message }) => message,
  );

test('opens one sandboxed window on its own page, and guards it', async () => {
  await open();
  expect(fake.windows).toHaveLength(1);
  const [window] = fake.windows;
  expect(window).toMatchObject({
    address: 'app://stet/index.html',
    options: { show: false, webPreferences: { sandbox: true, contextIsolation: true } },
  });
  const contents = window!.webContents;
  for (const event of [
    'will-navigate',
    'will-redirect',
    'will-frame-navigate',
    'will-attach-webview',
  ])
    expect(contents.listenerCount(event)).toBe(1);
  expect(contents.windowOpen!({ url: 'https://example.org/' } as never)).toEqual({
    action: 'deny',
  });
  expect(fake.outside).toEqual(['https://example.org/']);
  expect([...fake.session.keys()]).toEqual(['request', 'check', 'device', 'display']);
  expect([...fake.handled.keys()]).toEqual(['app']);
  window!.emit('ready-to-show');
  expect(fake.done).toEqual(['show']);
});

test('gives a connection to its own page, and to no other frame', async () => {
  await open();
  const [window] = fake.windows;
  const { webContents } = window!;
  window!.connect(null);
  window!.connect({ url: 'app://stet/index.html', parent: webContents.mainFrame });
  window!.connect({ url: 'https://attacker.example/', parent: null });
  expect(webContents.ports).toEqual([]);
  window!.connect();
  expect(webContents.ports).toHaveLength(1);
  const [port] = webContents.ports;
  const answer = new Promise((resolve) => port!.once('message', ({ data }) => resolve(data)));
  port!.postMessage({ id: 1, name: 'settings.set', input: { theme: 'dark' } });
  expect(await answer).toEqual({ id: 1, reply: { ok: true, value: { theme: 'dark' } } });
});

test('follows the link that started it once its page is there, and once only', async () => {
  await open(() => links.come({ article }));
  expect(events()).toEqual([]);
  fake.windows[0]!.connect();
  const followed = { event: 'command', data: { command: 'article.open', article } };
  expect(events()).toEqual([followed]);
  // The page was loaded again.
  fake.windows[0]!.connect();
  expect(events()).toEqual([followed]);
});

test('a second start brings the window forward and shows its link', async () => {
  await open();
  fake.windows[0]!.connect();
  fake.electron.app.emit('second-instance', {}, ['stet', `stet://article/${article}`]);
  expect(fake.done).toEqual(['restore', 'focus']);
  expect(events()).toEqual([{ event: 'command', data: { command: 'article.open', article } }]);
  fake.electron.app.emit('second-instance', {}, ['stet', '--profile', 'rosa']);
  expect(events()).toHaveLength(1);
});

test('a link opens a window where the last one was closed', async () => {
  await open();
  fake.windows[0]!.emit('close');
  fake.windows[0]!.emit('closed');
  links.come({ article });
  expect(fake.windows).toHaveLength(2);
  fake.windows[1]!.connect();
  expect(fake.windows[1]!.webContents.sent.at(-1)?.message).toMatchObject({
    data: { command: 'article.open', article },
  });
});

test('a command of the menu reaches the page', async () => {
  await open();
  fake.windows[0]!.connect();
  fake.choose('article.new');
  expect(events()).toEqual([{ event: 'command', data: { command: 'article.new', article: null } }]);
});

test('remembers where the window stood, and closes also when it cannot', async () => {
  await open();
  const file = join(folder, 'rosa', 'window.json');
  fake.windows[0]!.emit('close');
  expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ x: 10, width: 1000 });
  await rm(file);
  await mkdir(file);
  fake.windows[0]!.emit('close');
  expect(await readFile(join(folder, 'rosa', 'stet.log'), 'utf8')).toContain('could not be noted');
});

test('quits only when the core has written everything', async () => {
  await open();
  const event = { preventDefault: vi.fn() };
  fake.electron.app.emit('will-quit', event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
  await expect.poll(() => fake.done).toEqual(['quit']);
  expect(workstation.closed).toBe(true);
  fake.electron.app.emit('will-quit', event);
  expect(event.preventDefault).toHaveBeenCalledOnce();
});

test('asks when the core has died, and starts it and the page again', async () => {
  await open();
  fake.processes[0]!.die();
  await expect.poll(() => fake.done).toEqual(['reload']);
  expect(fake.boxes[0]).toMatchObject({ message: 'Stet’s core has stopped.' });
  expect(fake.processes).toHaveLength(2);
});

test('asks when the page has died or does not answer, and loads it again', async () => {
  await open();
  fake.windows[0]!.webContents.emit('render-process-gone', {}, { reason: 'clean-exit' });
  expect(fake.boxes).toEqual([]);
  fake.windows[0]!.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  await expect.poll(() => fake.done).toEqual(['reload']);
  fake.answers.push(1);
  fake.windows[0]!.emit('unresponsive');
  await expect
    .poll(() => fake.boxes.map(({ message }) => message))
    .toEqual([
      'This window has stopped.',
      'This window does not answer.',
      'This window has stopped.',
    ]);
  fake.answers.push(1);
  fake.windows[0]!.webContents.emit('render-process-gone', {}, { reason: 'oom' });
  await expect.poll(() => fake.done.at(-1)).toBe('quit');
});

test('a page with unsaved words is left only when the person says so', async () => {
  await open();
  const leaving = (answer: number): boolean => {
    const event = { preventDefault: vi.fn() };
    fake.answers.push(answer);
    fake.windows[0]!.webContents.emit('will-prevent-unload', event);
    return event.preventDefault.mock.calls.length > 0;
  };
  expect(leaving(1)).toBe(false);
  expect(leaving(0)).toBe(true);
});

test('says in one box why it cannot open, and ends', async () => {
  await open(() => {
    openWorkstation = async () => {
      throw new Error('Another Stet has this profile open.');
    };
  });
  await expect.poll(() => fake.done).toEqual(['exit 1']);
  fake.processes[0]!.die();
  expect(fake.boxes).toMatchObject([{ detail: 'Another Stet has this profile open.' }]);
});

test('registers itself for links when it is packaged', async () => {
  await open(() => void (fake.electron.app.isPackaged = true));
  expect(fake.done).toContain('protocol stet');
  expect(existsSync(join(folder, 'rosa'))).toBe(true);
});
