import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerContext } from '../context.ts';
import { openContext } from '../index.ts';
import { CommandError } from './failure.ts';

export const DEFAULT_DATA_DIR = 'stet-server';

export interface DataOptions {
  data: string;
}

/** Where the tables are: PostgreSQL when DATABASE_URL says so, else a file in the data folder. */
export function databaseUrl(): string | undefined {
  return process.env.DATABASE_URL === '' ? undefined : process.env.DATABASE_URL;
}

/** Refuses a folder that no newsroom was created in, so that a mistyped path makes no empty server. */
export function requireData(data: string): void {
  if (databaseUrl() === undefined && !existsSync(join(data, 'server.db')))
    throw new CommandError(
      `There is no newsroom in ${data}. Create one with “init”, or name another folder with --data.`,
    );
}

/** Opens the newsroom of a data folder for one command, and closes it again. */
export async function withContext<T>(
  { data }: DataOptions,
  work: (context: ServerContext) => Promise<T>,
): Promise<T> {
  requireData(data);
  const context = await openContext({ dataDir: data, databaseUrl: databaseUrl() });
  try {
    return await work(context);
  } finally {
    await context.store.close();
  }
}
