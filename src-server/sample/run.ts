import { readFile, rm, writeFile } from 'node:fs/promises';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { changeNewsroom, theNewsroom } from '../accounts/index.ts';
import type { ServerContext } from '../context.ts';
import { findNewsroom } from '../store/index.ts';
import { seedSample, type SampleLogin } from './seed.ts';

export const LOGINS_FILE = 'sample.json';

const Logins = z.object({
  people: z.array(
    z.object({ login: z.string(), password: z.string(), name: z.string(), role: z.string() }),
  ),
});

/** What seeding needs of the server: its context, and to close it. */
interface Opening {
  openContext: (options: { dataDir: string; clock: () => number }) => Promise<ServerContext>;
}

/**
 * Creates the sample newsroom in a data folder, unless it is there already. A folder in which an earlier attempt broke
 * off is started over: `sample.json`, written last, says that it was completed.
 */
export async function ensureSample(
  { openContext }: Opening,
  dataDir: string,
): Promise<SampleLogin[]> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const file = join(dataDir, LOGINS_FILE);
  const known = await readFile(file, 'utf8').catch(() => null);
  if (known !== null) return Logins.parse(JSON.parse(known)).people;
  await refuseForeign(openContext, dataDir);
  const now = Date.now();
  let moment = now;
  const context = await openContext({ dataDir, clock: () => moment });
  try {
    const setClock = (milliseconds: number): void => {
      moment = milliseconds;
    };
    const people = await seedSample({ ...context, setClock }, 'http://127.0.0.1', now);
    await writeFile(file, `${JSON.stringify({ people }, null, 2)}\n`, { mode: 0o600 });
    return people;
  } finally {
    await context.store.close();
  }
}

/** Clears away a half-made sample, and never anybody's real newsroom. */
async function refuseForeign(openContext: Opening['openContext'], dataDir: string): Promise<void> {
  const context = await openContext({ dataDir, clock: Date.now });
  const newsroom = await findNewsroom(context.store.db).finally(() => context.store.close());
  if (!newsroom) return;
  if (newsroom.siteUrl !== 'http://127.0.0.1')
    throw new Error(
      `${dataDir} holds the newsroom “${newsroom.name}”. Choose another folder for the sample.`,
    );
  for (const suffix of ['', '-wal', '-shm'])
    await rm(join(dataDir, `server.db${suffix}`), { force: true });
}

/** The sample's public site stands wherever the server happens to listen. */
export async function moveSampleTo(context: ServerContext, siteUrl: string): Promise<void> {
  const newsroom = await theNewsroom(context.store.db);
  if (newsroom.siteUrl !== siteUrl) await changeNewsroom(context, null, { siteUrl });
}
