import { mkdir, open, readFile, rm, rmdir, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';

const STALE_MS = 120_000;
/** Breaking takes a moment; one that takes longer was cut short. */
const BREAKING_MS = 10_000;
const PATIENCE_MS = 150_000;

/**
 * Runs `work` while no other process on this computer holds the same lock file. A lock whose holder is gone, or that
 * is older than anything it protects can take, is broken.
 */
export async function withFileLock<T>(file: string, work: () => Promise<T>): Promise<T> {
  await mkdir(dirname(file), { recursive: true });
  const deadline = performance.now() + PATIENCE_MS;
  while (!(await take(file))) {
    if (performance.now() > deadline) throw new Error(`${file} stayed locked.`);
    if (await isStale(file)) await breakStale(file);
    await wait(20 + Math.random() * 30);
  }
  try {
    return await work();
  } finally {
    await rm(file, { force: true });
  }
}

/**
 * Removes a lock that is still stale when nobody else is doing the same: two who break it at once would otherwise
 * break the lock that the quicker one took meanwhile.
 */
async function breakStale(file: string): Promise<void> {
  const breaking = `${file}.breaking`;
  try {
    await mkdir(breaking);
  } catch {
    const begun = await stat(breaking).catch(() => null);
    if (begun && Date.now() - begun.mtimeMs > BREAKING_MS) await rmdir(breaking).catch(() => null);
    return;
  }
  if (await isStale(file)) await rm(file, { force: true });
  await rmdir(breaking).catch(() => null);
}

/** Whether a process with this number runs on this computer. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Someone else's process answers EPERM: it is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function take(file: string): Promise<boolean> {
  try {
    const handle = await open(file, 'wx', 0o600);
    await handle.writeFile(String(process.pid));
    await handle.close();
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

async function isStale(file: string): Promise<boolean> {
  try {
    const [{ mtimeMs }, holder] = await Promise.all([stat(file), readFile(file, 'utf8')]);
    if (Date.now() - mtimeMs > STALE_MS) return true;
    // Empty for the moment between making the file and writing to it.
    return holder !== '' && Number(holder) !== process.pid && !isAlive(Number(holder));
  } catch {
    return false;
  }
}
