import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { extname, join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { build } from 'vite';
import { afterAll, afterEach, beforeAll } from 'vitest';
import {
  createDispatcher,
  type EventData,
  type EventName,
  type Handlers,
  type Reply,
} from '#shared/contract';
import config from '../../electron.vite.config.ts';
import { findChromium } from '../../scripts/ensure-chromium.ts';
import { CONTENT_SECURITY_POLICY } from '../../src-main/host-common/content-security-policy.ts';
import { newPage } from './new-page.ts';
import type { RendererNewsroom } from './renderer-newsroom.ts';

const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.woff2': 'font/woff2',
  '.svg': 'image/svg+xml',
};

const ORIGIN = 'http://stet.localhost';

type OpenWindow = (room: RendererNewsroom, options?: WindowOptions) => Promise<RendererWindow>;

/** The built window in a real Chromium, under the policy of the real hosts. */
interface RendererBuild {
  open: OpenWindow;
  close: () => Promise<void>;
}

interface WindowOptions {
  width?: number;
  height?: number;
  colorScheme?: 'light' | 'dark';
  /** The address's part after `#`. */
  route?: string;
  /** False: the page finds no preload bridge and has to open its socket. */
  preload?: boolean;
}

export interface RendererWindow {
  page: Page;
  /** What the page complained about: broken promises, refused scripts. */
  problems: string[];
  emit: <K extends EventName>(name: K, data: EventData<K>) => Promise<void>;
  close: () => Promise<void>;
}

/**
 * Builds the window for the tests of a file, and gives what shows it over a newsroom in memory. What a test opened is closed
 * behind it.
 */
export function useRendererWindow(): OpenWindow {
  let built: RendererBuild;
  let opened: RendererWindow[] = [];
  beforeAll(async () => {
    built = await buildRendererWindow();
  });
  afterEach(async () => {
    await Promise.all(opened.map((window) => window.close()));
    opened = [];
  });
  afterAll(() => built.close());
  return async (room, options) => {
    const window = await built.open(room, options);
    opened.push(window);
    return window;
  };
}

/** Builds the window once; `open` shows it over a newsroom in memory. */
async function buildRendererWindow(): Promise<RendererBuild> {
  const folder = await mkdtemp(join(tmpdir(), 'stet-renderer-'));
  const root = resolve(import.meta.dirname, '../..');
  const { build: options, ...rest } = config.renderer ?? {};
  await build({
    ...rest,
    root: join(root, 'src-renderer'),
    configFile: false,
    logLevel: 'error',
    build: { ...options, outDir: folder, emptyOutDir: true },
  });
  const executablePath = await findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: ['--no-sandbox'],
  });
  return {
    open: (room, windowOptions) => openWindow(browser, folder, room, windowOptions ?? {}),
    async close() {
      await browser.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function openWindow(
  browser: Browser,
  folder: string,
  room: RendererNewsroom,
  { width = 1440, height = 900, colorScheme = 'light', route = '', preload = true }: WindowOptions,
): Promise<RendererWindow> {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    timezoneId: 'UTC',
  });
  const page = await newPage(context);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error') problems.push(message.text());
  });
  await page.clock.setFixedTime('2026-11-14T12:40:00Z');
  await page.route(`${ORIGIN}/**`, async (route) => {
    const path = new URL(route.request().url()).pathname;
    const file = join(folder, path === '/' ? 'index.html' : path);
    const body = await readFile(file).catch(() => null);
    const type = TYPES[extname(file)] ?? 'application/octet-stream';
    await (body
      ? route.fulfill({
          body,
          headers: { 'content-type': type, 'content-security-policy': CONTENT_SECURITY_POLICY },
        })
      : route.fulfill({ status: 404, body: '' }));
  });
  const dispatch = createDispatcher(
    room.handlers as Handlers,
    () => null,
    (name, error) => problems.push(`${name}: ${String(error)}`),
  );
  await page.exposeFunction('coreCall', (name: string, input: unknown) => {
    room.calls.push({ name, input });
    return dispatch(name, input);
  });
  if (preload) await page.addInitScript(preloadBridge);
  await page.goto(`${ORIGIN}/#${route}`);
  return {
    page,
    problems,
    emit: (name, data) =>
      page.evaluate(([event, value]) => (window as unknown as CoreWindow).coreEmit(event, value), [
        name,
        data,
      ] as const),
    close: () => context.close(),
  };
}

interface CoreWindow {
  coreCall: (name: string, input: unknown) => Promise<Reply>;
  coreEmit: (name: string, data: unknown) => void;
  stet: unknown;
}

/** Runs in the page before anything else, in the place of Electron's preload script. */
function preloadBridge(): void {
  const core = window as unknown as CoreWindow;
  const listeners = new Map<string, Set<(data: unknown) => void>>();
  core.coreEmit = (name, data) => listeners.get(name)?.forEach((listener) => listener(data));
  core.stet = {
    ask: (name: string, input: unknown) => core.coreCall(name, input),
    on(name: string, listener: (data: unknown) => void) {
      const set = listeners.get(name) ?? new Set();
      listeners.set(name, set.add(listener));
      return () => set.delete(listener);
    },
  };
}

/** As on a screen that is off, or a computer that has no time for it: what waits for the next frame waits on. */
export function drawNoFrames(page: Page): Promise<void> {
  return page.evaluate(() => {
    window.requestAnimationFrame = () => 0;
  });
}
