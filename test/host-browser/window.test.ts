import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { appWindowFlags, hasScreen } from '../../src-main/host-browser/app-window.ts';
import {
  FIRST_PAGE_GRACE_MS,
  RELOAD_GRACE_MS,
  timeLeft,
  watchWindow,
} from '../../src-main/host-browser/lifetime.ts';
import { externalCommand } from '../../src-main/host-browser/open-external.ts';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the window is an app’s own, apart from the person’s browsing', () => {
  const flags = appWindowFlags('http://stet-1.localhost:1/?token=t', '/data/browser', false);
  expect(flags).toContain('--app=http://stet-1.localhost:1/?token=t');
  expect(flags).toContain('--user-data-dir=/data/browser');
  expect(flags).not.toContain('--no-sandbox');
  expect(appWindowFlags('x', '/y', true)).toContain('--no-sandbox');
});

test('Linux needs a display, the others have one', () => {
  expect(hasScreen('linux', {})).toBe(false);
  expect(hasScreen('linux', { DISPLAY: ':0' })).toBe(true);
  expect(hasScreen('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
  expect(hasScreen('darwin', {})).toBe(true);
});

test('Stet stays while a page or its browser is there', () => {
  const facts = { pages: 0, hadPage: true, browserRuns: true, platform: 'linux' } as const;
  expect(timeLeft({ ...facts, pages: 1, browserRuns: false })).toBeNull();
  expect(timeLeft(facts)).toBeNull();
  expect(timeLeft({ ...facts, browserRuns: false })).toBe(RELOAD_GRACE_MS);
  expect(timeLeft({ ...facts, browserRuns: false, hadPage: false })).toBe(FIRST_PAGE_GRACE_MS);
  expect(timeLeft({ ...facts, platform: 'darwin' })).toBe(RELOAD_GRACE_MS);
});

test('a reload does not end Stet, a closed window does', () => {
  const end = vi.fn();
  const watch = watchWindow('darwin', end);
  watch.pages(1);
  watch.pages(0);
  vi.advanceTimersByTime(RELOAD_GRACE_MS - 1);
  watch.pages(1);
  vi.advanceTimersByTime(RELOAD_GRACE_MS * 10);
  expect(end).not.toHaveBeenCalled();
  watch.pages(0);
  vi.advanceTimersByTime(RELOAD_GRACE_MS);
  expect(end).toHaveBeenCalledOnce();
});

test('an address is shown by the system’s own program, with no shell between', () => {
  expect(externalCommand('https://example.org/?a=1&b=$(x)', 'linux')).toEqual([
    'xdg-open',
    ['https://example.org/?a=1&b=$(x)'],
  ]);
  expect(externalCommand('mailto:a@example.org', 'darwin')?.[0]).toBe('open');
  expect(externalCommand('https://example.org/', 'win32')?.[0]).toBe('rundll32');
  expect(externalCommand('file:///etc/passwd', 'linux')).toBeNull();
});
