import type { Session, WebContents } from 'electron';
import { expect, test } from 'vitest';
import {
  guardContents,
  guardSession,
  isAppAddress,
  isFromPage,
  isPermitted,
  mayNavigate,
} from '../../src-main/host-electron/guards.ts';

type Handler = (...args: never[]) => unknown;

/** Records what is hung on an Electron object, and lets a test set it off. */
function recorder() {
  const handlers = new Map<string, Handler>();
  const record = (name: string) => (handler: Handler) => void handlers.set(name, handler);
  const set = (name: string, ...args: unknown[]) => handlers.get(name)!(...(args as never[]));
  return { handlers, record, set };
}

function guardedContents() {
  const { handlers, set } = recorder();
  const opened: string[] = [];
  const contents = {
    on: (name: string, handler: Handler) => void handlers.set(name, handler),
    setWindowOpenHandler: (handler: Handler) => void handlers.set('window.open', handler),
  } as unknown as WebContents;
  guardContents(contents, (url) => opened.push(url));
  const isStopped = (name: string, event: object): boolean => {
    let stopped = false;
    set(name, { ...event, preventDefault: () => (stopped = true) });
    return stopped;
  };
  return { isStopped, opened, open: (url: string) => set('window.open', { url }) };
}

test.each([
  'https://attacker.example/',
  'file:///etc/passwd',
  'app://other/index.html',
  'data:text/html,x',
])('a window does not go to %s, by link or by redirect', (url) => {
  const { isStopped } = guardedContents();
  for (const way of ['will-navigate', 'will-redirect', 'will-frame-navigate'])
    expect(isStopped(way, { url, isMainFrame: true })).toBe(true);
});

test('a window may load its own page again', () => {
  const { isStopped } = guardedContents();
  expect(isStopped('will-navigate', { url: 'app://stet/index.html', isMainFrame: true })).toBe(
    false,
  );
});

test('a frame shows a preview and nothing else', () => {
  expect(mayNavigate({ url: 'about:srcdoc', isMainFrame: false })).toBe(true);
  expect(mayNavigate({ url: 'app://stet/index.html', isMainFrame: false })).toBe(false);
  expect(mayNavigate({ url: 'https://attacker.example/', isMainFrame: false })).toBe(false);
  expect(mayNavigate({ url: 'about:srcdoc', isMainFrame: true })).toBe(false);
});

test('a webview is never attached', () => {
  expect(guardedContents().isStopped('will-attach-webview', {})).toBe(true);
});

test('window.open opens no window, and only web and mail addresses outside', () => {
  const { open, opened } = guardedContents();
  const addresses = [
    'https://example.org/a',
    'mailto:desk@example.org',
    'javascript:alert(1)',
    'file:///etc/passwd',
    'stet://article/x',
    'smb://host/share',
    'not an address',
  ];
  for (const url of addresses) expect(open(url)).toEqual({ action: 'deny' });
  expect(opened).toEqual(['https://example.org/a', 'mailto:desk@example.org']);
});

test('permission is given for clean clipboard writes and the whole screen only', () => {
  const { handlers, record, set } = recorder();
  guardSession({
    setPermissionRequestHandler: record('request'),
    setPermissionCheckHandler: record('check'),
    setDevicePermissionHandler: record('device'),
    setDisplayMediaRequestHandler: record('display'),
  } as unknown as Session);
  expect([...handlers.keys()]).toEqual(['request', 'check', 'device', 'display']);
  for (const permission of [
    'clipboard-sanitized-write',
    'fullscreen',
    'clipboard-read',
    'media',
    'geolocation',
    'notifications',
    'openExternal',
    'usb',
  ]) {
    const expected = ['clipboard-sanitized-write', 'fullscreen'].includes(permission);
    expect(isPermitted(permission)).toBe(expected);
    expect(set('check', null, permission)).toBe(expected);
    let answer: unknown;
    set('request', null, permission, (given: boolean) => (answer = given));
    expect(answer).toBe(expected);
  }
  expect(set('device', {})).toBe(false);
  let streams: unknown;
  set('display', {}, (given: unknown) => (streams = given));
  expect(streams).toEqual({});
});

test('only the window’s main frame, on Stet’s own page, is listened to', () => {
  const mainFrame = { url: 'app://stet/index.html', parent: null };
  expect(isFromPage({ mainFrame }, mainFrame)).toBe(true);
  expect(isFromPage({ mainFrame }, null)).toBe(false);
  expect(isFromPage({ mainFrame }, { url: 'app://stet/index.html', parent: mainFrame })).toBe(
    false,
  );
  expect(isFromPage({ mainFrame }, { ...mainFrame })).toBe(false);
  const elsewhere = { url: 'https://attacker.example/', parent: null };
  expect(isFromPage({ mainFrame: elsewhere }, elsewhere)).toBe(false);
});

test('Stet’s page is known by protocol and host', () => {
  expect(isAppAddress('app://stet/index.html?x#y')).toBe(true);
  for (const url of ['app://stet.attacker.example/', 'app://evil/', 'http://stet/', 'app:stet', ''])
    expect(isAppAddress(url)).toBe(false);
});
