import { existsSync } from 'node:fs';
import { copyFile, cp, mkdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { theNewsroom } from '../accounts/index.ts';
import { KEY_FILE } from '../secrets/index.ts';
import { openContext } from '../index.ts';
import { LOGINS_FILE } from '../sample/index.ts';
import { copyTables, findNewsroom, heldTokens } from '../store/index.ts';
import { databaseUrl, withContext, type DataOptions } from './data-dir.ts';
import { CommandError } from './failure.ts';
import { servedAt } from './served.ts';

type Print = (line: string) => void;

const DATABASE = 'server.db';

/** What the folder has and goes on to need: the key of the channels' secrets, which a backup holds sealed, and who is in a sample. */
const NOT_IN_A_BACKUP = [KEY_FILE, LOGINS_FILE];

/** Copies database and pictures to a folder of their own while the server may be running. */
export async function backup(folder: string, options: DataOptions, print: Print): Promise<void> {
  if (existsSync(join(folder, DATABASE)))
    throw new CommandError(
      `${folder} holds a backup already. Name a new folder, so that the old one stays whole.`,
    );
  await withContext(options, async (context) => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // The database first: every picture that it names is on disk by then.
    const part = join(folder, `${DATABASE}.part`);
    await context.store.copyTo(part);
    await cp(context.assets.folder, join(folder, 'assets'), {
      recursive: true,
      filter: (source) => !source.endsWith('.part'),
    });
    await rename(part, join(folder, DATABASE));
    print(`Backed up to ${folder}.`);
  });
}

/** Opens a copy of the backup to see that it is a whole newsroom of a version that this build knows. */
async function checkBackup(folder: string, scratch: string): Promise<void> {
  await mkdir(scratch, { recursive: true, mode: 0o700 });
  await copyFile(join(folder, DATABASE), join(scratch, DATABASE));
  const context = await openContext({ dataDir: scratch });
  await theNewsroom(context.store.db).finally(() => context.store.close());
}

/** What an administrator has to know about who may come in now: it cannot be told from the backup who has left since. */
function sayWhoComesIn(signedOut: number, print: Print): void {
  if (signedOut === 1)
    print('One device was signed out and has to sign in again. Nothing on it is lost.');
  else if (signedOut > 1)
    print(
      `${signedOut} devices were signed out and have to sign in again. Nothing on them is lost.`,
    );
  print('Accounts, roles and passwords are those of the backup. Look at them with list people.');
}

/**
 * Puts a backup back. What stood in the data folder is set aside, not deleted. A new epoch begins, so that every device
 * offers again what the backup lacks. Only devices that the database set aside still knows as signed in stay so.
 */
export async function restore(folder: string, options: DataOptions, print: Print): Promise<void> {
  const { data } = options;
  if (!existsSync(join(folder, DATABASE)))
    throw new CommandError(`There is no backup in ${folder}.`);
  if (await servedAt(data))
    throw new CommandError('The server is running. Stop it first, then restore.');
  const scratch = `${data}.restoring`;
  let signedOut: number;
  await rm(scratch, { recursive: true, force: true });
  try {
    await checkBackup(folder, scratch);
    const url = databaseUrl();
    const context = await openContext({ dataDir: scratch });
    const held = url === undefined ? heldTokens(join(data, DATABASE)) : new Set<string>();
    signedOut = await context.store.newEpoch(held).finally(() => context.store.close());
    if (url !== undefined) {
      await restoreToPostgres(folder, { scratch, data, url });
      await rm(scratch, { recursive: true, force: true });
      print('Restored to the database at DATABASE_URL. Devices will offer again what it lacks.');
      sayWhoComesIn(signedOut, print);
      return;
    }
    if (existsSync(join(folder, 'assets')))
      await cp(join(folder, 'assets'), join(scratch, 'assets'), { recursive: true });
    for (const file of NOT_IN_A_BACKUP)
      if (existsSync(join(data, file))) await copyFile(join(data, file), join(scratch, file));
  } catch (error) {
    await rm(scratch, { recursive: true, force: true });
    throw error;
  }
  if (existsSync(data)) {
    const aside = `${data}.before-restore-${new Date().toISOString().replace(/\D/g, '').slice(0, 14)}`;
    await rename(data, aside);
    print(`What was there is kept in ${aside}.`);
  }
  await rename(scratch, data);
  print(`Restored to ${data}. Devices will offer again what the backup lacks.`);
  sayWhoComesIn(signedOut, print);
}

/** Into an empty database only: one that holds a newsroom stays as it is. */
async function restoreToPostgres(
  folder: string,
  { scratch, data, url }: { scratch: string; data: string; url: string },
): Promise<void> {
  const target = await openContext({ dataDir: data, databaseUrl: url });
  try {
    if (await findNewsroom(target.store.db))
      throw new CommandError(
        'The database at DATABASE_URL holds a newsroom already, and nothing was changed. Create an empty database, name it in DATABASE_URL and restore again.',
      );
    const source = await openContext({ dataDir: scratch });
    try {
      // Pictures are named by their content: those that are there already are the same.
      if (existsSync(join(folder, 'assets')))
        await cp(join(folder, 'assets'), target.assets.folder, { recursive: true, force: false });
      await copyTables(source.store.db, target.store.db);
    } finally {
      await source.store.close();
    }
  } finally {
    await target.store.close();
  }
}

/** Tells the devices that the database was put back from a backup by other means. */
export async function newEpoch(options: DataOptions, print: Print): Promise<void> {
  await withContext(options, async ({ store }) => {
    const signedOut = await store.newEpoch(new Set());
    print('A new epoch has begun. Devices will offer again what the database lacks.');
    sayWhoComesIn(signedOut, print);
  });
}
