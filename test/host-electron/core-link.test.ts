import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MessageChannel } from 'node:worker_threads';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { bridgeOver, StetError } from '#shared/contract';
import type { WorkstationOptions } from '../../src-main/core/ports.ts';
import {
  linkCore,
  type CoreLink,
  type CoreSettings,
} from '../../src-main/host-electron/core-link.ts';
import { serveCore } from '../../src-main/host-electron/core-service.ts';
import { createSessionSecrets } from '../../src-main/host-common/session-secrets.ts';
import { createPortBridge } from '../../src-main/preload/port-bridge.ts';
import { fakeWorkstation, type FakeWorkstation } from '../helpers/fake-workstation.ts';
import { nodePort } from '../helpers/ports.ts';

let folder: string;
let core: CoreLink;
let workstation: FakeWorkstation;
let given: WorkstationOptions | undefined;
let logged: unknown[][];
let opened: string[];
let settings: CoreSettings;
let control: MessageChannel;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-link-'));
  settings = {
    folder: join(folder, 'profiles', 'rosa'),
    profile: 'rosa',
    deviceName: 'desk-3',
    sample: null,
    sampleFolder: join(folder, 'sample'),
    peopleFile: join(folder, 'people.json'),
    sampleServer: { command: 'none', args: [] },
  };
  control = new MessageChannel();
  workstation = fakeWorkstation();
  given = undefined;
  logged = [];
  opened = [];
  serveCore(nodePort(control.port2), async (options) => {
    given = options;
    return workstation;
  });
  core = linkCore(nodePort(control.port1), {
    secrets: createSessionSecrets(),
    openExternal: async (url) => {
      if (!url.startsWith('https:')) throw new StetError('refused', 'Only web addresses.');
      opened.push(url);
    },
    log: (...entry) => void logged.push(entry),
  });
});

afterEach(async () => {
  control.port1.close();
  await rm(folder, { recursive: true });
});

/** A page with the preload script’s bridge, connected as a window is. */
function openPage() {
  const { port1, port2 } = new MessageChannel();
  core.connectPage(nodePort(port1));
  const bridge = createPortBridge();
  bridge.use(port2 as never);
  return { bridge, port: port2 };
}

test('opens the profile with the settings of the main process', async () => {
  expect(await core.open(settings)).toBeNull();
  expect(given).toMatchObject({ dataDir: settings.folder, profile: 'rosa', deviceName: 'desk-3' });
});

test('a page calls the core and hears its events, by a port of its own', async () => {
  await core.open(settings);
  const { bridge, port } = openPage();
  const heard: unknown[] = [];
  bridge.on('lists', (data) => heard.push(data));
  expect(await bridgeOver(bridge).call('settings.set', { theme: 'dark' })).toEqual({
    theme: 'dark',
  });
  workstation.emit('lists', {});
  await expect.poll(() => heard).toEqual([{}]);
  port.close();
});

test('a page that was loaded before the profile was open waits for its answer', async () => {
  const { bridge, port } = openPage();
  const answer = bridgeOver(bridge).call('settings.set', { theme: 'light' });
  await core.open(settings);
  expect(await answer).toEqual({ theme: 'light' });
  port.close();
});

test('an error reaches the page with its code and its sentence', async () => {
  await core.open(settings);
  workstation.dispatch = async () => ({
    ok: false,
    error: { code: 'offline', message: 'There is no network.' },
  });
  const { bridge, port } = openPage();
  await expect(bridgeOver(bridge).call('sync.now', {})).rejects.toMatchObject({
    code: 'offline',
    message: 'There is no network.',
  });
  port.close();
});

test('calls made before there is a port are sent when there is one', async () => {
  await core.open(settings);
  const bridge = createPortBridge();
  const answer = bridgeOver(bridge).call('settings.set', { textSize: 120 });
  const { port1, port2 } = new MessageChannel();
  core.connectPage(nodePort(port1));
  bridge.use(port2 as never);
  expect(await answer).toEqual({ textSize: 120 });
  port2.close();
});

test('a command that comes while the page still loads is heard as soon as it listens', async () => {
  const bridge = createPortBridge();
  bridge.hear({ event: 'command', data: 'first' });
  bridge.hear({ event: 'notice', data: 'other' });
  const heard: unknown[] = [];
  bridge.on('command', (data) => heard.push(data));
  await expect.poll(() => heard).toEqual(['first']);
  bridge.hear({ event: 'command', data: 'second' });
  expect(heard).toEqual(['first', 'second']);
});

test('calls that an ended core left unanswered fail with a sentence', async () => {
  await core.open(settings);
  workstation.dispatch = () => new Promise(() => undefined);
  const { bridge, port } = openPage();
  const answer = bridgeOver(bridge).call('sync.now', {});
  const next = new MessageChannel();
  bridge.use(next.port2 as never);
  await expect(answer).rejects.toThrow('What was saved is safe');
  port.close();
  next.port1.close();
});

test('the core keeps its secrets, opens addresses and logs through the main process', async () => {
  await core.open(settings);
  const { secrets, openExternal, log } = given!.ports;
  expect(await secrets.set('token', 'x')).toBe('session-only');
  expect(await secrets.get('token')).toBe('x');
  await secrets.delete('token');
  expect(await secrets.get('token')).toBeNull();
  await openExternal('https://example.org/');
  expect(opened).toEqual(['https://example.org/']);
  await expect(openExternal('file:///x')).rejects.toMatchObject({ code: 'refused' });
  log('warn', 'Careful.', new Error('why'));
  await expect.poll(() => logged.length).toBe(1);
  expect(logged[0]).toEqual(['warn', 'Careful.', expect.stringContaining('why')]);
});

test('gives the main process pictures, and null for one it does not have', async () => {
  await core.open(settings);
  workstation.assets.set('ab'.repeat(32), { bytes: new Uint8Array([1, 2]), mime: 'image/png' });
  const asset = await core.readAsset('ab'.repeat(32));
  expect(asset).toEqual({ bytes: new Uint8Array([1, 2]), mime: 'image/png' });
  expect(await core.readAsset('cd'.repeat(32))).toBeNull();
});

test('closing waits until everything is written', async () => {
  await core.open(settings);
  await core.close();
  expect(workstation.closed).toBe(true);
});

test('what was asked of a core that ends is refused with a sentence', async () => {
  const answer = core.readAsset('ab'.repeat(32));
  control.port2.close();
  await expect(answer).rejects.toThrow('Stet’s core has stopped');
});
