import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { folderBytes } from './folder-bytes.ts';

/** Electron’s package: from npm without the binary, which `install.js` fetches. */
export interface ElectronPackage {
  folder: string;
  /** Where a failed fetch is remembered. */
  memory: string;
}

export interface Patience {
  /** A fetch is given up when nothing has arrived for this long. */
  idleMs: number;
  /** A failed fetch is not tried again for this long, so that the next start is instant. */
  forgetMs: number;
}

export type Electron = { readonly binary: string } | { readonly missing: string };

const root = resolve(import.meta.dirname, '..');
const usual: ElectronPackage = {
  folder: join(root, 'node_modules', 'electron'),
  memory: join(root, 'node_modules', '.cache', 'stet', 'electron.json'),
};
const usualPatience: Patience = { idleMs: 20_000, forgetMs: 6 * 3_600_000 };

/** The Electron binary, if it is there in the version that the package asks for. */
export function findElectron({ folder } = usual): string | null {
  const path = read(join(folder, 'path.txt'));
  if (!path || read(join(folder, 'dist', 'version'))?.replace(/^v/, '') !== versionOf(folder))
    return null;
  const binary = join(folder, 'dist', path);
  return existsSync(binary) ? binary : null;
}

/** Finds the Electron binary or fetches it within bounds. `missing` completes “Electron is missing: …”. */
export async function obtainElectron(
  say: (line: string) => void,
  bounds: Partial<Patience> = {},
  electron = usual,
): Promise<Electron> {
  const patience = { ...usualPatience, ...bounds };
  const found = findElectron(electron);
  if (found) return { binary: found };
  if (!existsSync(electron.folder)) return { missing: 'its package is not installed' };
  if (failedLately(electron, patience))
    return { missing: 'it could not be fetched earlier today, and Stet tries again later' };
  say('Fetching Electron…');
  const trouble = await fetchElectron(electron, patience);
  const binary = findElectron(electron);
  if (binary) return { binary };
  remember(electron);
  return { missing: trouble ?? 'its download was not complete' };
}

async function fetchElectron(
  { folder }: ElectronPackage,
  patience: Patience,
): Promise<string | null> {
  const landing = mkdtempSync(join(tmpdir(), 'stet-electron-'));
  const child = spawn(process.execPath, [join(folder, 'install.js')], {
    stdio: 'ignore',
    // What arrives is watched where it lands; the installer itself shows no progress in its first half minute.
    env: {
      ...process.env,
      TMPDIR: landing,
      TEMP: landing,
      TMP: landing,
      ...(usesProxy() ? { ELECTRON_GET_USE_PROXY: 'true' } : {}),
    },
  });
  const places = [landing, join(folder, 'dist')];
  const life = { arrived: 0, last: performance.now(), gaveUp: false };
  const watch = setInterval(() => {
    const arrived = places.reduce((sum, place) => sum + folderBytes(place), 0);
    if (arrived !== life.arrived) {
      Object.assign(life, { arrived, last: performance.now() });
      showProgress(arrived);
    } else if (performance.now() - life.last > patience.idleMs) {
      life.gaveUp = true;
      child.kill('SIGKILL');
    }
  }, 250);
  const code = await new Promise<number | null>((settle) => {
    child.once('exit', settle).once('error', () => settle(1));
  });
  clearInterval(watch);
  if (life.arrived > 0) showProgress(null);
  rmSync(landing, { recursive: true, force: true });
  if (code === 0) return null;
  return life.gaveUp ? 'its download brought nothing for too long' : 'its source cannot be reached';
}

function usesProxy(): boolean {
  return Boolean(process.env.HTTPS_PROXY ?? process.env.https_proxy);
}

function showProgress(bytes: number | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(bytes === null ? '\r\u001B[K' : `\r${Math.round(bytes / 1e6)} MB`);
}

function failedLately({ folder, memory }: ElectronPackage, { forgetMs }: Patience): boolean {
  try {
    const { version, at } = JSON.parse(readFileSync(memory, 'utf8')) as Record<string, unknown>;
    const age = Date.now() - Number(at);
    return version === versionOf(folder) && age >= 0 && age < forgetMs;
  } catch {
    return false;
  }
}

function remember({ folder, memory }: ElectronPackage): void {
  mkdirSync(dirname(memory), { recursive: true });
  writeFileSync(memory, JSON.stringify({ version: versionOf(folder), at: Date.now() }));
}

function versionOf(folder: string): string {
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as {
    version: string;
  };
  return version;
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
