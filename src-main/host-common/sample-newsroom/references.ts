import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isAlive } from './file-lock.ts';

/** Which processes of Stet use the sample newsroom's server: one empty file each, named by process number. */
export interface References {
  add(): Promise<void>;
  remove(): Promise<void>;
  /** How many other living processes use it. Those that ended without a word are struck off. */
  others(): Promise<number>;
}

export function createReferences(folder: string, pid: number): References {
  const own = join(folder, String(pid));
  return {
    async add() {
      await mkdir(folder, { recursive: true });
      await writeFile(own, '');
    },
    remove: () => rm(own, { force: true }),
    async others() {
      const names = await readdir(folder).catch(() => []);
      const pids = names.map(Number).filter((other) => Number.isInteger(other) && other !== pid);
      const gone = pids.filter((other) => !isAlive(other));
      await Promise.all(gone.map((other) => rm(join(folder, String(other)), { force: true })));
      return pids.length - gone.length;
    },
  };
}
