import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const BINARY: Partial<Record<NodeJS.Platform, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  win32: 'electron.exe',
};

const OTHERS = ['version', 'LICENSE', 'LICENSES.chromium.html', 'locales/en-US.pak'];

/**
 * Makes a folder that has the shape of Electron’s and runs nothing, so that packaging can be tried where Electron
 * cannot be had. What comes of it is to look at, never to hand out.
 */
export function makeStandInElectron(folder: string, platform: NodeJS.Platform): void {
  const binary = BINARY[platform] ?? 'electron';
  for (const name of [binary, ...OTHERS]) {
    const file = join(folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'This stands in for Electron.\n');
  }
  chmodSync(join(folder, binary), 0o755);
}
