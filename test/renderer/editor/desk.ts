import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { build, preview, type InlineConfig, type PreviewServer } from 'vite';
import { afterAll, beforeAll } from 'vitest';
import type { Block } from '#shared/article';
import { findChromium } from '../../../scripts/ensure-chromium.ts';
import { newPage } from '../../helpers/new-page.ts';
import type { FakeStart } from './page/fake-core.ts';
import type {} from './page/main.tsx';

/** A page with the real editor over a core that lives in the page. */
export interface OpenDesk {
  page: Page;
  /** The body as the core has stored it, once nothing is unsaved. */
  stored: () => Promise<Block[]>;
  /** The cursor before the first, or behind the last letter of a block, or between two. */
  caret: (block: string, at: 'start' | 'end' | number) => Promise<void>;
  select: (from: [block: string, at: number], to: [block: string, at: number]) => Promise<void>;
  close: () => Promise<void>;
}

/** Builds the page and starts Chromium for the tests of a file. */
export function useDesk(): (
  start: FakeStart,
  size?: { width: number; height: number },
) => Promise<OpenDesk> {
  let server: PreviewServer;
  let browser: Browser;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stet-editor-'));
    const root = resolve(import.meta.dirname, 'page');
    const shared: InlineConfig = { configFile: false, root, logLevel: 'error' };
    await build({ ...shared, build: { outDir: folder, emptyOutDir: true, assetsInlineLimit: 0 } });
    server = await preview({
      ...shared,
      build: { outDir: folder },
      preview: { port: 0, host: '127.0.0.1' },
    });
    const executablePath = await findChromium();
    browser = await chromium.launch({
      args: ['--no-sandbox'],
      ...(executablePath && { executablePath }),
    });
  }, 120_000);

  afterAll(async () => {
    await browser.close();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  return async (start, size = { width: 900, height: 800 }) => {
    const context = await browser.newContext({
      viewport: size,
      permissions: ['clipboard-read', 'clipboard-write'],
    });
    const page = await newPage(context);
    await page.route('**/assets/*', (route) =>
      /[0-9a-f]{64}$/.test(new URL(route.request().url()).pathname)
        ? route.fulfill({ contentType: 'image/svg+xml', body: PICTURE })
        : route.continue(),
    );
    await page.addInitScript((given) => {
      window.start = given;
    }, start);
    await page.goto(server.resolvedUrls?.local[0] ?? '');
    await page.getByRole('textbox', { name: 'Body' }).waitFor();
    const select: OpenDesk['select'] = (from, to) => page.evaluate(selectWords, { from, to });
    return {
      page,
      stored: async () => {
        await page.evaluate(() => window.desk.copy()?.flush());
        return page.evaluate(() => window.desk.core.body());
      },
      select,
      caret: (block, at) => {
        const offset = at === 'start' ? 0 : at === 'end' ? -1 : at;
        return select([block, offset], [block, offset]);
      },
      close: () => context.close(),
    };
  };
}

const PICTURE = `<svg xmlns="http://www.w3.org/2000/svg" width="640" height="240"><defs><linearGradient id="g" x1="0" y1="0" x2=".4" y2="1"><stop stop-color="#9fb3bd"/><stop offset=".55" stop-color="#6d8794"/><stop offset="1" stop-color="#54636b"/></linearGradient></defs><rect width="640" height="240" fill="url(#g)"/></svg>`;

/** Runs in the page: puts the browser's own selection into the text, as a click or a drag would. */
async function selectWords({
  from,
  to,
}: {
  from: [string, number];
  to: [string, number];
}): Promise<void> {
  const root = document.querySelector<HTMLElement>('.stet-body-text');
  const body = window.desk.copy()?.readBody() ?? [];
  if (!root) throw new Error('There is no body.');
  root.focus();
  const spot = ([id, at]: [string, number]): [Node, number] => {
    const index = body.findIndex((block) => block.$.id === id);
    const element = root.children[index];
    if (!element) throw new Error(`There is no block ${id}.`);
    const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    let left = at;
    let last: Text | null = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      last = node as Text;
      if (at >= 0 && left <= last.data.length) return [last, left];
      left -= last.data.length;
    }
    return last ? [last, last.data.length] : [element, 0];
  };
  const [anchor, anchorAt] = spot(from);
  const [focus, focusAt] = spot(to);
  getSelection()?.setBaseAndExtent(anchor, anchorAt, focus, focusAt);
  // Lexical reads the selection in the event that follows.
  await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
}
