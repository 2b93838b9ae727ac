import { join, resolve } from 'node:path';
import { build, type BuildOptions, type InlineConfig } from 'vite';
import config from '../electron.vite.config.ts';
import { isStale } from './freshness.ts';

const root = resolve(import.meta.dirname, '..');
const page = join(root, 'out/renderer/index.html');
const sources = [
  'src-renderer',
  'src-shared',
  'resources',
  'electron.vite.config.ts',
  'package-lock.json',
].map((path) => join(root, path));

/** Whether the built window is missing or older than anything it is built from. */
export function rendererIsStale(): boolean {
  return isStale(page, sources);
}

function configOf(more: BuildOptions): InlineConfig {
  const { root: folder = '.', build: options, ...rest } = config.renderer ?? {};
  return {
    ...rest,
    root: join(root, folder),
    configFile: false,
    logLevel: 'warn',
    build: { ...options, outDir: join(root, 'out/renderer'), ...more },
  };
}

/** Builds the window alone (no main process, no preload): all that host-browser needs. */
async function buildRenderer(): Promise<void> {
  await build(configOf({ emptyOutDir: true }));
}

/** Builds the window now and again at every change, until it is closed; settles when it stands for the first time. */
export async function watchRenderer(say: (line: string) => void): Promise<() => Promise<void>> {
  // What a page that is open still has to load stays until the next whole build.
  const watcher = await build(configOf({ emptyOutDir: false, watch: {} }));
  if (!('on' in watcher)) throw new Error('Vite built the window once and does not watch it.');
  const { promise: stands, resolve: built } = Promise.withResolvers<undefined>();
  watcher.on('event', (event) => {
    if (event.code === 'ERROR') say(`The window could not be built: ${event.error.message}`);
    if (event.code === 'END') {
      say('The window is built; reload it to see what changed.');
      built(undefined);
    }
  });
  await stands;
  return () => watcher.close();
}

if (import.meta.main) await buildRenderer();
