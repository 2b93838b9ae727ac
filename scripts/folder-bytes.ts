import { lstatSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** How many bytes lie in a folder and below; files that vanish meanwhile count as nothing. */
export function folderBytes(folder: string): number {
  try {
    return readdirSync(folder, { withFileTypes: true })
      .map((entry) => {
        const path = join(folder, entry.name);
        return entry.isDirectory() ? folderBytes(path) : lstatSync(path).size;
      })
      .reduce((sum, size) => sum + size, 0);
  } catch {
    return 0;
  }
}
