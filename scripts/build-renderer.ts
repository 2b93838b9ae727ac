import { join, resolve } from 'node:path';
import { build } from 'vite';
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

/** Builds the window alone (no main process, no preload): all that host-browser needs. */
export async function buildRenderer(): Promise<void> {
  const { root: folder = '.', build: options, ...rest } = config.renderer ?? {};
  await build({
    ...rest,
    root: join(root, folder),
    configFile: false,
    logLevel: 'warn',
    build: { ...options, outDir: join(root, 'out/renderer'), emptyOutDir: true },
  });
}

if (import.meta.main) await buildRenderer();
