import { appendFileSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { inspect } from 'node:util';
import type { Ports } from '../core/ports.ts';

const MAX_BYTES = 2_000_000;

/**
 * Writes the log of a profile to `stet.log`, and keeps the one before it. Lines are JSON. Writing is synchronous, so
 * that the last words before a crash are there; what cannot be written is given up, for a log must never stop work.
 */
export function createFileLog(folder: string): Ports['log'] {
  const file = join(folder, 'stet.log');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  return (level, message, error) => {
    const line = { at: new Date().toISOString(), level, message, ...describe(error) };
    try {
      if ((statSync(file, { throwIfNoEntry: false })?.size ?? 0) > MAX_BYTES)
        renameSync(file, `${file}.old`);
      appendFileSync(file, `${JSON.stringify(line)}\n`, { mode: 0o600 });
    } catch {
      return;
    }
  };
}

function describe(error: unknown): { error?: string } {
  if (error === undefined) return {};
  return { error: error instanceof Error ? (error.stack ?? error.message) : inspect(error) };
}
