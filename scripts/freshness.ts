import { readdirSync, statSync } from 'node:fs';

/** Whether a built file is missing or older than anything it is built from. */
export function isStale(built: string, sources: readonly string[]): boolean {
  const time = statSync(built, { throwIfNoEntry: false })?.mtimeMs;
  return time === undefined || sources.some((path) => newestChange(path) > time);
}

/** Folders count too: a deleted file leaves no other trace. */
function newestChange(path: string): number {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat) return 0;
  if (!stat.isDirectory()) return stat.mtimeMs;
  const within = readdirSync(path).map((name) => newestChange(`${path}/${name}`));
  return Math.max(stat.mtimeMs, ...within);
}
