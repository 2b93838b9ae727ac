import { existsSync, mkdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { assemble, type Assembled } from './assemble.ts';
import { createBackups, type Backups } from './backups.ts';
import { quickCheck } from './check.ts';
import { openDb, type Db } from './db.ts';
import { describeOpeningError, isDamage } from './errors.ts';
import { readOver } from './feed.ts';
import { lockFolder } from './lock.ts';
import { migrate, MIGRATIONS, versionOf } from './migrations.ts';
import { restoreNewest, setAside } from './repair.ts';
import type { Store, StoreOptions } from './types.ts';
import { createValues } from './values.ts';

const DAY_MS = 86_400_000;
/** Often enough that someone who opens Stet for a quarter of an hour a day has backups too. */
const LOOK_EVERY_MS = 600_000;

const NEWER =
  'A newer version of Stet wrote the database of this profile. You can read everything; nothing is changed. Update Stet to go on editing.';
const DAMAGE_SEEN =
  'The database on this computer is damaged in places. Nothing is deleted: restart Stet, and it sets the file aside and rebuilds from the newest backup and the publishing server.';

interface Opened {
  db: Db;
  notices: string[];
  /** True when the last process did not close the database. */
  unclean: boolean;
}

interface OpenedWhole extends Opened {
  parts: Assembled;
}

/**
 * Opens the database of one profile: takes the folder for this process, brings an older database forward behind a backup,
 * opens a newer one for reading only, and sets a damaged one aside to rebuild it. Throws a StetError when another process
 * has the profile open. `migrations` are this build's, unless a test brings a later one.
 */
export async function openStore(
  options: StoreOptions,
  migrations: readonly string[] = MIGRATIONS,
): Promise<Store> {
  const { dir, clock, log } = options;
  let unlock = (): void => undefined;
  try {
    // Drafts under embargo are nobody else's on this computer.
    mkdirSync(dir, { recursive: true, mode: 0o700 });
    unlock = lockFolder(dir);
    const backups = createBackups(dir, clock);
    const opened = await openSound(options, backups, migrations);
    return run(options, opened, backups, unlock);
  } catch (error) {
    unlock();
    log('error', 'The database could not be opened.', error);
    throw describeOpeningError(error, dir) ?? error;
  }
}

async function openSound(
  options: StoreOptions,
  backups: Backups,
  migrations: readonly string[],
): Promise<OpenedWhole> {
  const { dir, clock, log } = options;
  const file = join(dir, 'stet.db');
  const marker = join(dir, 'stet.damaged');
  try {
    const lost = !holdsAnything(file) && backups.list().length > 0;
    if (!existsSync(marker) && !lost) return await openWhole(options, file, backups, migrations);
    log('warn', lost ? 'The database is gone.' : 'The last run found damage in the database.');
  } catch (error) {
    if (!isDamage(error)) throw error;
    log('error', 'The database is damaged.', error);
  }
  const aside = setAside(dir, file, clock);
  const restored = restoreNewest(file, backups, migrations.length, log);
  rmSync(marker, { force: true });
  const opened = await open(options, file, backups, migrations);
  opened.db.write(() => {
    const values = createValues(opened.db);
    readOver(values);
    // Numbers used since the backup are taken on the server: a gap makes it say where to go on.
    if (restored) values.set('outbox.seq', Number(values.get('outbox.seq') ?? 0) + SEQ_GAP);
  });
  const rebuilt = restored
    ? `Stet went back to its newest sound backup (${restored}) and fetches what the publishing server has.`
    : 'There was no backup yet, so Stet started anew; sign in, and what the publishing server has comes back.';
  opened.notices.push(
    `The database of this profile was damaged. It was set aside in “${aside}”, not deleted. ${rebuilt}`,
  );
  const parts = assemble(opened.db, options);
  parts.recover();
  return { ...opened, unclean: false, parts };
}

/** SQLite takes an empty file for a new database: behind it, the backups of the old one would never be looked at. */
function holdsAnything(file: string): boolean {
  return existsSync(file) && (!statSync(file).isFile() || statSync(file).size > 0);
}

/** Damage can also show in what is read first, as late as in the texts that are indexed after a crash. */
async function openWhole(
  options: StoreOptions,
  file: string,
  backups: Backups,
  migrations: readonly string[],
): Promise<OpenedWhole> {
  const opened = await open(options, file, backups, migrations);
  try {
    const parts = assemble(opened.db, options);
    if (!opened.db.readOnly) parts.recover();
    return { ...opened, parts };
  } catch (error) {
    opened.db.close();
    throw error;
  }
}

const SEQ_GAP = 1_000_000;

async function open(
  { log }: StoreOptions,
  file: string,
  backups: Backups,
  migrations: readonly string[],
): Promise<Opened> {
  const newest = migrations.length;
  const db = openDb(file);
  try {
    const version = versionOf(db);
    if (version > newest) {
      db.close();
      return { db: openDb(file, { readOnly: true }), notices: [NEWER], unclean: false };
    }
    if (version > 0 && version < newest) {
      const copy = await backups.take(db, `before-${version + 1}`);
      log(
        'info',
        `Copied the database to ${copy.name} before bringing it from version ${version} to ${newest}.`,
      );
    }
    migrate(db, migrations);
    const values = createValues(db);
    const unclean = values.get('store.open') === true;
    values.set('store.open', true);
    return { db, notices: [], unclean };
  } catch (error) {
    if (db.raw.open) db.close();
    throw error;
  }
}

/** The store at work: what runs beside it, and how it ends. */
function run(
  options: StoreOptions,
  { db, notices, unclean, parts }: OpenedWhole,
  backups: Backups,
  unlock: () => void,
): Store {
  const { dir, log, onNotice } = options;
  const say = (sentence: string): void => {
    notices.push(sentence);
    onNotice?.(sentence);
  };
  const check = async (): Promise<void> => {
    const found = await quickCheck(db);
    if (found.length === 0) return;
    log('error', `The database is damaged: ${found.join('; ')}`);
    writeFileSync(join(dir, 'stet.damaged'), `${found.join('\n')}\n`);
    say(DAMAGE_SEEN);
  };
  const backUpDaily = async (): Promise<void> => {
    const age = backups.age();
    if (db.raw.open && (age === null || age >= DAY_MS)) await backups.take(db);
  };
  const inBackground = (what: string, work: () => Promise<void>): void => {
    work().catch((error: unknown) => {
      if (db.raw.open) log('warn', what, error);
    });
  };

  let timer: NodeJS.Timeout | null = null;
  if (!db.readOnly) {
    const checkBeside = (): void => inBackground('The background check did not finish.', check);
    // What is met in the middle of the day is confirmed and noted, so that the next start rebuilds.
    db.onDamage(checkBeside);
    if (unclean) checkBeside();
    timer = setInterval(
      () => inBackground('The nightly backup did not finish.', backUpDaily),
      LOOK_EVERY_MS,
    );
    timer.unref();
    if (backups.age() !== null) inBackground('The nightly backup did not finish.', backUpDaily);
  }

  return {
    ...parts.store,
    get deviceId() {
      return parts.store.deviceId;
    },
    readOnly: db.readOnly,
    notices,
    backup: () => backups.take(db),
    quickCheck: () => quickCheck(db),
    close() {
      if (!db.raw.open) return;
      if (timer) clearInterval(timer);
      if (!db.readOnly) parts.store.values.delete('store.open');
      db.close();
      unlock();
    },
  };
}
