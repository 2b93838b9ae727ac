import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { _electron as electron, type ElectronApplication, type Page } from 'playwright';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { findElectron } from '../../scripts/electron-binary.ts';
import { hasScreen } from '../../src-main/host-browser/app-window.ts';

const root = resolve(import.meta.dirname, '../..');
const binary = findElectron();
const why =
  binary === null
    ? 'the Electron binary is not on this machine'
    : hasScreen(process.platform, process.env)
      ? null
      : 'there is no screen';

describe('Stet in Electron', () => {
  let data: string;
  let app: ElectronApplication;
  let page: Page;

  beforeAll(async () => {
    if (binary === null || why !== null) return;
    data = await mkdtemp(join(tmpdir(), 'stet-electron-'));
    const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
    app = await electron.launch({
      executablePath: binary,
      args: [...rootOnly, root, '--data', data, '--as', 'jonah'],
    });
    page = await app.firstWindow();
  });

  afterAll(async () => {
    if (why !== null) return;
    await app.close();
    await rm(data, { recursive: true, force: true, maxRetries: 5 });
  });

  test('opens its page from app:// in a sandbox, with two functions and nothing of Node', async ({
    skip,
  }) => {
    if (why !== null) return skip(why);
    await page.getByText('Jonah Okafor').first().waitFor({ timeout: 60_000 });
    expect(page.url()).toMatch(/^app:\/\/stet\//);
    const world = await page.evaluate(() => ({
      stet: Object.keys((window as unknown as { stet: object }).stet).toSorted(),
      node: typeof (globalThis as { require?: unknown }).require,
    }));
    expect(world).toEqual({ stet: ['call', 'on'], node: 'undefined' });
  });

  test('goes nowhere else', async ({ skip }) => {
    if (why !== null) return skip(why);
    await page.evaluate(() => window.location.assign('https://attacker.example/'));
    expect(await page.evaluate(() => window.location.protocol)).toBe('app:');
    expect(await page.evaluate(() => window.open('https://attacker.example/') === null)).toBe(true);
    expect(app.windows()).toHaveLength(1);
  });

  test('shows the menu made of the table of commands', async ({ skip }) => {
    if (why !== null) return skip(why);
    const labels = await app.evaluate(({ Menu }) =>
      Menu.getApplicationMenu()!.items.map(({ label }) => label),
    );
    expect(labels).toEqual(
      expect.arrayContaining(['File', 'Edit', 'View', 'Go', 'Article', 'Help']),
    );
  });
});
