import { spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';

export interface AppWindow {
  /** Settles when the browser has ended; `started` is false when it could not be run at all. */
  readonly ended: Promise<{ started: boolean }>;
  close(): void;
}

/** The flags that make a Chromium show one address as an app's window, apart from the person's own browsing. */
export function appWindowFlags(address: string, folder: string, isRoot: boolean): string[] {
  return [
    `--app=${address}`,
    `--user-data-dir=${folder}`,
    '--class=Stet',
    '--window-size=1440,920',
    '--no-first-run',
    '--no-default-browser-check',
    '--disable-background-mode',
    '--disable-sync',
    '--disable-extensions',
    '--disable-features=Translate',
    // Chromium refuses to start for root otherwise.
    ...(isRoot ? ['--no-sandbox'] : []),
  ];
}

/** Whether a window can be shown here at all. */
export function hasScreen(
  platform: NodeJS.Platform,
  env: Readonly<Record<string, string | undefined>>,
): boolean {
  return platform !== 'linux' || Boolean(env.DISPLAY) || Boolean(env.WAYLAND_DISPLAY);
}

export function openAppWindow(chromium: string, address: string, folder: string): AppWindow {
  mkdirSync(folder, { recursive: true });
  const flags = appWindowFlags(address, folder, process.getuid?.() === 0);
  const child = spawn(chromium, flags, { stdio: 'ignore' });
  const ended = new Promise<{ started: boolean }>((resolve) => {
    child.once('error', () => resolve({ started: false }));
    child.once('exit', () => resolve({ started: true }));
  });
  return { ended, close: () => void child.kill() };
}
