import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';

const names = [
  'chromium',
  'chromium-browser',
  'google-chrome-stable',
  'google-chrome',
  'microsoft-edge-stable',
  'microsoft-edge',
];
const macApps = ['Google Chrome', 'Chromium', 'Microsoft Edge'];
const windowsApps = [
  String.raw`Google\Chrome\Application\chrome.exe`,
  String.raw`Chromium\Application\chrome.exe`,
  String.raw`Microsoft\Edge\Application\msedge.exe`,
];
const tenMinutes = 600_000;

export type Chromium = { readonly path: string } | { readonly missing: string };

/** The Chromium to open Stet's window and to test with: STET_CHROMIUM, the machine's own, or Playwright's. */
export async function findChromium(): Promise<string | undefined> {
  const chosen = process.env.STET_CHROMIUM;
  if (chosen) return existsSync(chosen) ? chosen : undefined;
  return installedPaths().find(isChromium) ?? (await playwrightPath());
}

/**
 * Finds a Chromium, or installs one: from Debian when this is Debian and we may, else Playwright's.
 * `say` hears about a download before it starts. `missing` is a sentence for the person waiting.
 */
export async function ensureChromium(say: (line: string) => void): Promise<Chromium> {
  const found = await findChromium();
  if (found) return { path: found };
  const chosen = process.env.STET_CHROMIUM;
  if (chosen) return { missing: `STET_CHROMIUM names ${chosen}, and there is no such file.` };

  if (mayUseApt()) {
    say('No Chromium on this machine: installing it with apt-get.');
    run('apt-get', ['update', '-qq']);
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
    const installed = installedPaths().find(isChromium);
    if (installed) return { path: installed };
  }
  say('No Chromium on this machine: downloading the one that Playwright offers.');
  run(process.execPath, [playwrightCli(), 'install', 'chromium']);
  const downloaded = await playwrightPath();
  if (downloaded) return { path: downloaded };
  return {
    missing:
      'No Chromium was found and none could be installed: install Chromium, Chrome or Edge, or set STET_CHROMIUM to the path of one.',
  };
}

function installedPaths(): string[] {
  if (process.platform === 'darwin')
    return macApps.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`);
  if (process.platform === 'win32')
    return ['PROGRAMFILES', 'PROGRAMFILES(X86)', 'LOCALAPPDATA']
      .flatMap((name) => process.env[name] ?? [])
      .flatMap((folder) => windowsApps.map((app) => join(folder, app)));
  const folders = new Set([
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/usr/local/bin',
    '/snap/bin',
  ]);
  return names.flatMap((name) => [...folders].map((folder) => join(folder, name)));
}

/** Ubuntu puts a script in Chromium's place that only says where to get it: on Linux, ask for the version. */
function isChromium(path: string): boolean {
  if (!existsSync(path)) return false;
  if (process.platform !== 'linux') return true;
  const answer = spawnSync(path, ['--version'], { encoding: 'utf8', timeout: 20_000 });
  return answer.status === 0 && /chrom|edge/i.test(answer.stdout);
}

async function playwrightPath(): Promise<string | undefined> {
  const { chromium } = await import('playwright');
  const path = chromium.executablePath();
  return existsSync(path) ? path : undefined;
}

function playwrightCli(): string {
  const manifest = createRequire(import.meta.url).resolve('playwright/package.json');
  return join(dirname(manifest), 'cli.js');
}

function mayUseApt(): boolean {
  return (
    process.platform === 'linux' &&
    process.getuid?.() === 0 &&
    existsSync('/etc/debian_version') &&
    existsSync('/usr/bin/apt-get')
  );
}

/** Its own output goes to stderr, so that our stdout stays ours. */
function run(command: string, args: string[]): void {
  spawnSync(command, args, {
    stdio: ['ignore', 2, 2],
    timeout: tenMinutes,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

if (import.meta.main) {
  const chromium = await ensureChromium((line) => console.error(line));
  if ('missing' in chromium) {
    console.error(chromium.missing);
    process.exitCode = 1;
  } else console.log(chromium.path);
}
