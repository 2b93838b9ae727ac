import {
  closeSync,
  fsyncSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** Who may read a file and the folder that is made for it; else whoever the system lets. */
interface Modes {
  file?: number;
  folder?: number;
}

/** All or nothing: a file appears under its name only once all its bytes are on the disk. Gives its path. */
export function writeWhole(
  dir: string,
  name: string,
  content: string | Uint8Array,
  { file: mode, folder }: Modes = {},
): string {
  mkdirSync(dir, { recursive: true, mode: folder });
  const target = join(dir, name);
  const unfinished = `${target}.part`;
  const file = openSync(unfinished, 'w', mode);
  try {
    writeFileSync(file, content);
    fsyncSync(file);
  } catch (error) {
    closeSync(file);
    rmSync(unfinished, { force: true });
    throw error;
  }
  closeSync(file);
  renameSync(unfinished, target);
  syncFolder(dir);
  return target;
}

/** A name is on the disk only when its folder is; Windows has no such call, and needs none. */
function syncFolder(dir: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(dir, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}
