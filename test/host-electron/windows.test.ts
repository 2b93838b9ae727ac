import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  placeWindow,
  readRemembered,
  remember,
  WEB_PREFERENCES,
  windowOptions,
} from '../../src-main/host-electron/windows.ts';

const display = { x: 0, y: 25, width: 1920, height: 1055 };
const second = { x: 1920, y: 0, width: 1280, height: 1024 };
const saved = { x: 2000, y: 40, width: 1000, height: 800, maximized: false };

test('a page is sandboxed and has nothing of Node', () => {
  expect(WEB_PREFERENCES).toMatchObject({
    sandbox: true,
    contextIsolation: true,
    nodeIntegration: false,
    nodeIntegrationInSubFrames: false,
    webviewTag: false,
  });
  expect(Object.keys(WEB_PREFERENCES)).not.toContain('webSecurity');
  const options = windowOptions(placeWindow(null, [display]), '/app/preload.cjs');
  expect(options.webPreferences).toEqual({ ...WEB_PREFERENCES, preload: '/app/preload.cjs' });
});

test('a window opens where it was, on the second display too', () => {
  expect(placeWindow(saved, [display, second]).bounds).toEqual({
    x: 2000,
    y: 40,
    width: 1000,
    height: 800,
  });
});

test('a window whose display is gone opens in the middle of the one there is', () => {
  const { bounds } = placeWindow(saved, [display]);
  expect(bounds.x).toBeUndefined();
  expect(bounds).toMatchObject({ width: 1440, height: 920 });
});

test('a window is not opened with its title bar out of reach', () => {
  for (const away of [{ y: -400 }, { y: 1079 }, { x: -960 }, { x: 1900 }])
    expect(placeWindow({ ...saved, x: 100, ...away }, [display]).bounds.x).toBeUndefined();
});

test('a window is no larger than its display and no smaller than can be used', () => {
  const huge = placeWindow({ ...saved, x: 0, y: 25, width: 9000, height: 9000 }, [display]);
  expect(huge.bounds).toMatchObject({ width: 1920, height: 1055 });
  const tiny = placeWindow({ ...saved, x: 0, y: 25, width: 1, height: 1 }, [display]);
  expect(tiny.bounds).toMatchObject({ width: 720, height: 480 });
});

test('a maximised window is maximised again', () => {
  expect(placeWindow({ ...saved, maximized: true }, []).maximized).toBe(true);
});

test('what was remembered is read back, and nonsense is not', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stet-window-'));
  const file = join(folder, 'window.json');
  expect(readRemembered(file)).toBeNull();
  const { maximized, ...bounds } = saved;
  remember(file, { getNormalBounds: () => bounds, isMaximized: () => maximized }, () => undefined);
  expect(readRemembered(file)).toEqual(saved);
  for (const text of ['', '{"x":"1"}', '{"x":0,"y":0,"width":0,"height":0,"maximized":false}']) {
    await writeFile(file, text);
    expect(readRemembered(file)).toBeNull();
  }
  await rm(folder, { recursive: true });
});
