import { spawn, spawnSync } from 'node:child_process';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import { hasScreen } from '../src-main/host-browser/app-window.ts';
import { hostFlags, UsageError, type HostOptions } from '../src-main/host-common/options.ts';
import { obtainElectron } from './electron-binary.ts';
import { isStale } from './freshness.ts';
import { parseStartOptions, startHelp, type StartOptions } from './start-options.ts';

const root = resolve(import.meta.dirname, '..');
const buildTool = 'node_modules/electron-vite/bin/electron-vite.js';
const sharedSources = ['src-shared', 'electron.vite.config.ts', 'package-lock.json'];
const pageSources = [...sharedSources, 'src-renderer', 'resources'];
const mainSources = [...sharedSources, 'src-main', 'src-server'];

/** stdout carries the address alone, so that a script can take its last line. */
const say = (line: string) => console.error(line);

try {
  const machine = { platform: process.platform, home: homedir(), env: process.env };
  const start = parseStartOptions(process.argv.slice(2), machine);
  if (start.help) console.log(startHelp());
  else await open(start);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  say(error.message);
  process.exitCode = 1;
}

async function open({ host, options }: StartOptions): Promise<void> {
  if (wantsElectron(host, options)) {
    const electron = await obtainElectron(say);
    if ('binary' in electron) {
      if (await runElectron(electron.binary, options)) return;
      say('Electron could not start on this computer, so Stet opens in a Chromium window instead.');
    } else if (host === 'electron')
      throw new UsageError(`Electron is missing: ${electron.missing}.`);
    else say(`Stet opens in a Chromium window, for Electron is missing: ${electron.missing}.`);
  }
  buildIfStale('out/renderer/index.html', pageSources, ['scripts/build-renderer.ts']);
  // The whole core comes with it: help and a wrong flag are answered without.
  const { runBrowserHost } = await import('../src-main/host-browser/run.ts');
  await runBrowserHost(await withChromium(options));
}

/** Electron needs a screen; the address that `--no-open` prints is for a browser. */
function wantsElectron(host: StartOptions['host'], { open }: HostOptions): boolean {
  if (host !== 'either') return host === 'electron';
  return open && hasScreen(process.platform, process.env);
}

async function withChromium(options: HostOptions): Promise<HostOptions> {
  if (!options.open || options.chromium !== null || !hasScreen(process.platform, process.env))
    return options;
  const { ensureChromium } = await import('./ensure-chromium.ts');
  const chromium = await ensureChromium(say);
  if ('path' in chromium) return { ...options, chromium: chromium.path };
  say(chromium.missing);
  return options;
}

/** True when Electron ran; false when it could not even begin, as where a library is missing. */
async function runElectron(binary: string, options: HostOptions): Promise<boolean> {
  buildIfStale('out/renderer/index.html', pageSources, [buildTool, 'build', '--logLevel=warn']);
  buildIfStale('out/main/main.js', mainSources, [buildTool, 'build', '--logLevel=warn']);
  const began = performance.now();
  // Chromium refuses to start for root otherwise.
  const rootOnly = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const child = spawn(binary, [...rootOnly, root, ...hostFlags(options)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
    process.on(signal, () => child.kill(signal));
  const code = await new Promise<number | null>((settle) => {
    child.once('exit', settle).once('error', () => settle(null));
  });
  const atOnce = performance.now() - began < 5000;
  if (atOnce && (code === null || code > 1)) return false;
  process.exitCode = code ?? 1;
  return true;
}

function buildIfStale(built: string, sources: readonly string[], command: readonly string[]): void {
  if (
    !isStale(
      join(root, built),
      sources.map((path) => join(root, path)),
    )
  )
    return;
  say('Building Stet; this takes a moment…');
  // Its own output goes to stderr, so that our stdout stays ours.
  const { status } = spawnSync(process.execPath, command, { cwd: root, stdio: ['ignore', 2, 2] });
  if (status !== 0) throw new UsageError('Stet could not be built; the lines above say why.');
}
