import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Clock } from '#shared/article';
import type { Db } from './db.ts';

const KEPT = 7;
const NAME = /^stet-.*\.db$/;

export interface Backups {
  /** Names of whole backups, newest first. */
  list(): string[];
  path(name: string): string;
  /** Copies the database as it stands, while it is in use. */
  take(db: Db, why?: string): Promise<{ name: string; bytes: number }>;
  /** Milliseconds between now and the newest one, whichever way the clock was set; null when there is none. */
  age(): number | null;
}

/** Backups beside the database, the newest seven of them. */
export function createBackups(dir: string, clock: Clock): Backups {
  const folder = join(dir, 'backups');
  const list = (): string[] =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => NAME.test(name))
          .sort()
          .reverse()
      : [];

  return {
    list,
    path: (name) => join(folder, name),
    async take(db, why) {
      mkdirSync(folder, { recursive: true });
      const name = freeName(folder, new Date(clock()), why);
      const target = join(folder, name);
      const unfinished = `${target}.part`;
      rmSync(unfinished, { force: true });
      await db.raw.backup(unfinished);
      renameSync(unfinished, target);
      for (const old of list().slice(KEPT)) rmSync(join(folder, old), { force: true });
      return { name, bytes: statSync(target).size };
    },
    age() {
      const [newest] = list();
      return newest === undefined ? null : Math.abs(clock() - timeIn(newest));
    },
  };
}

function timeIn(name: string): number {
  const [, day, hours, minutes, seconds] = /^stet-([\d-]+)T(\d+)-(\d+)-(\d+)/.exec(name) ?? [];
  return Date.parse(`${day ?? ''}T${hours ?? ''}:${minutes ?? ''}:${seconds ?? ''}Z`);
}

/** Sorted by time: `stet-2026-11-14T12-00-00-000Z.db`. */
function freeName(folder: string, at: Date, why: string | undefined): string {
  const stamp = at.toISOString().replace(/[:.]/g, '-');
  for (let copy = 0; ; copy += 1) {
    const name = `stet-${[stamp, copy > 0 ? String(copy) : '', why ?? ''].filter(Boolean).join('-')}.db`;
    if (!existsSync(join(folder, name))) return name;
  }
}
