import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright';
import { findChromium } from '../../scripts/ensure-chromium.ts';
import { newPage } from './new-page.ts';

const ROOT = resolve(import.meta.dirname, '../..');

/** One person's Stet: the command of the README in a process of its own, and its window in Chromium. */
export interface RunningStet {
  page: Page;
  /** What the page complained about: uncaught errors and refused scripts. */
  problems: string[];
  /** Ends the core without warning, as a power cut would. */
  kill: () => Promise<void>;
  close: () => Promise<void>;
}

/** A data folder of its own, in which several people run Stet on one sample newsroom. */
export interface RunningNewsroom {
  open: (
    login: string,
    options?: { profile?: string; width?: number; height?: number; colorScheme?: 'light' | 'dark' },
  ) => Promise<RunningStet>;
  siteUrl: () => Promise<string>;
  browser: Browser;
  close: () => Promise<void>;
}

export async function openNewsroom(): Promise<RunningNewsroom> {
  const data = await mkdtemp(join(tmpdir(), 'stet-newsroom-'));
  const executablePath = await findChromium();
  const browser = await chromium.launch({
    ...(executablePath ? { executablePath } : {}),
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
  const running = new Set<ChildProcess>();

  const stop = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const exited = once(child, 'exit');
      child.kill(signal);
      await exited;
    }
    running.delete(child);
  };

  return {
    browser,
    siteUrl: async () => {
      const file = await readFile(join(data, 'sample', 'server.json'), 'utf8');
      return (JSON.parse(file) as { url: string }).url;
    },
    open: async (
      login,
      { profile = login, width = 1440, height = 900, colorScheme = 'light' } = {},
    ) => {
      const flags = [
        '--sample',
        '--as',
        login,
        '--profile',
        profile,
        '--no-open',
        '--host',
        'browser',
        '--data',
        data,
      ];
      const child = spawn(process.execPath, ['scripts/start.ts', ...flags], {
        cwd: ROOT,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      running.add(child);
      const address = await addressOf(child);
      const context = await browser.newContext({ viewport: { width, height }, colorScheme });
      const page = await newPage(context);
      const problems: string[] = [];
      page.on('pageerror', (error) => problems.push(error.message));
      page.on('console', (message) => {
        if (message.type() === 'error') problems.push(message.text());
      });
      await page.goto(address);
      return {
        page,
        problems,
        kill: async () => {
          await stop(child, 'SIGKILL');
          await context.close();
        },
        close: async () => {
          await context.close();
          await stop(child, 'SIGTERM');
        },
      };
    },
    close: async () => {
      await browser.close();
      await Promise.all([...running].map((child) => stop(child, 'SIGTERM')));
      await rm(data, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}

/** The one-time address is the last line of stdout. */
async function addressOf(child: ChildProcess): Promise<string> {
  let printed = '';
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (said += text));
  return new Promise((settle, fail) => {
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      printed += text;
      const address = /^http:\/\/\S+\n/m.exec(printed);
      if (address) settle(address[0].trim());
    });
    child.once('exit', (code) => {
      fail(new Error(`Stet ended with ${String(code)} before its window could open:\n${said}`));
    });
  });
}
