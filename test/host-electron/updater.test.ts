import { expect, test } from 'vitest';
import { lookForUpdate, updatePolicy, type Updates } from '../../src-main/host-electron/updater.ts';

const signed = 'provider: generic\nurl: https://example.org\npublisherName:\n  - Example Ltd\n';
const unsigned = 'provider: generic\nurl: https://example.org\n';
const facts = { platform: 'win32', packaged: true, config: signed } as const;

test('a signed Stet on Windows and the Mac installs updates', () => {
  expect(updatePolicy(facts)).toEqual({ kind: 'install' });
  expect(updatePolicy({ ...facts, config: `${unsigned}publisherName: Example Ltd\n` })).toEqual({
    kind: 'install',
  });
  expect(updatePolicy({ ...facts, platform: 'darwin', config: unsigned })).toEqual({
    kind: 'install',
  });
});

test.each([
  unsigned,
  `${unsigned}publisherName:\n`,
  `${unsigned}publisherName: ''\n`,
  `${unsigned}publisherName: []\n`,
])('on Windows every update is refused when no publisher is named', (config) => {
  expect(updatePolicy({ ...facts, config })).toMatchObject({
    kind: 'off',
    why: expect.stringContaining('publisher') as string,
  });
});

test('on Linux an update is only told of', () => {
  expect(updatePolicy({ ...facts, platform: 'linux' })).toEqual({ kind: 'notify' });
});

test('nothing is looked for from the sources, or without a place to look', () => {
  expect(updatePolicy({ ...facts, packaged: false }).kind).toBe('off');
  expect(updatePolicy({ ...facts, config: null }).kind).toBe('off');
  expect(updatePolicy({ ...facts, config: 'publisherName: Example Ltd' }).kind).toBe('off');
});

function fakeUpdates(check: () => Promise<unknown>) {
  const listeners = new Map<string, (data: never) => void>();
  const updates: Updates = {
    autoDownload: true,
    autoInstallOnAppQuit: true,
    allowDowngrade: true,
    on: (event: string, listener: (data: never) => void) => listeners.set(event, listener),
    checkForUpdates: check,
  };
  return { updates, listeners };
}

test('a Stet that only tells downloads nothing', async () => {
  const { updates, listeners } = fakeUpdates(async () => null);
  const told: string[] = [];
  await lookForUpdate(
    updates,
    { kind: 'notify' },
    (text) => told.push(text),
    () => undefined,
  );
  expect(updates).toMatchObject({
    autoDownload: false,
    autoInstallOnAppQuit: false,
    allowDowngrade: false,
  });
  listeners.get('update-available')!({ version: '9.9.9' } as never);
  expect(told).toEqual(['Stet 9.9.9 is out. Install it the way you installed this one.']);
});

test('a look that fails is logged and bothers no one', async () => {
  const { updates } = fakeUpdates(() => Promise.reject(new Error('offline')));
  const logged: unknown[] = [];
  await lookForUpdate(
    updates,
    { kind: 'install' },
    () => expect.unreachable(),
    (error) => logged.push(error),
  );
  expect(logged).toHaveLength(1);
});
