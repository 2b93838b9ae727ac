import { randomUUID } from 'node:crypto';
import type { FeedPlace } from '#shared/api';
import { appendAudit, type AuditEntry } from './audit.ts';
import { deliverAgain } from './deliveries.ts';
import { revokeAllBut } from './devices.ts';
import { feedPosition, placeIn } from './feed.ts';
import { migrate, NEWEST_VERSION, schemaVersion, type Engine } from './migrations.ts';
import { withRetries } from './retries.ts';
import { forgetStarts, noteStart, wasStartedAgain } from './starts.ts';
import { StoreError, type Db } from './tables.ts';
import type { Unit } from './unit.ts';
import { writtenOnce } from './written-once.ts';

/** What one process at a time is at: keeping the times of publication, bringing articles to a CMS. */
export type SoleTask = 'schedule' | 'delivery';

/** The server's database. Queries are functions over `Db`; every write goes through `write`. */
export interface Store {
  engine: Engine;
  db: Db;
  /** `work` may run more than once, when the transaction lost against another: it must touch nothing but the store. */
  write: <T>(work: (unit: Unit) => Promise<T>) => Promise<T>;
  /** Several queries that see one and the same state. */
  read: <T>(work: (db: Db) => Promise<T>) => Promise<T>;
  /**
   * Runs what only one process on this database should be at; null when another one is. `work` calls `stillHere` at
   * times: who is silent for long loses its turn.
   */
  alone: <T>(
    task: SoleTask,
    work: (stillHere: () => Promise<void>) => Promise<T>,
  ) => Promise<T | null>;
  /** Tells every process on this database something that is kept nowhere, this one included. */
  say: (words: string) => Promise<void>;
  onSaid: (listener: (words: string) => void) => () => void;
  /** Calls back with the newest sequence number after each commit that changed something. */
  onCommit: (listener: (seq: number) => void) => () => void;
  position: () => Promise<FeedPlace>;
  /**
   * Starts a new epoch, after a backup was put back: devices then re-offer what the backup lacks. Signs out every device
   * but those whose tokens are still held by the database that the backup takes the place of: in a backup a token is
   * alive that was revoked since. Gives how many were signed out.
   */
  newEpoch: (stillHeld: ReadonlySet<string>) => Promise<number>;
  /**
   * Starts a new epoch in place of one in which a device was told what the database does not know: it was put back and
   * nobody said so. Once for a start of the server at most, whatever devices claim, and nobody is signed out by it.
   */
  noteReturn: (epoch: string) => Promise<void>;
  copyTo: (file: string) => Promise<void>;
  close: () => Promise<void>;
}

/** News from any process on the database: of commits, and what one says to all. */
export interface News {
  announce: (db: Db, seq: number) => Promise<void>;
  say: (db: Db, words: string) => Promise<void>;
  listen: (heard: {
    commit: (seq: number) => void;
    words: (words: string) => void;
  }) => Promise<() => Promise<void>>;
}

/** What a store needs of its engine beyond Kysely. */
export interface OpenedDatabase {
  db: Db;
  /** Copies the database to a SQLite file while it stays in use. */
  copyTo: (file: string) => Promise<void>;
  alone: Store['alone'];
  /** Runs work after any other process that is at the same. */
  inTurn: (work: (db: Db) => Promise<void>) => Promise<void>;
  news?: News;
}

export interface OpenStoreOptions {
  engine: Engine;
  opened: OpenedDatabase;
  now: () => number;
  /** Called before an existing database is changed to a newer version. */
  beforeMigration?: (from: number) => Promise<void>;
}

const queue = writtenOnce((db, id: number) =>
  db
    .updateTable('counter')
    .set((eb) => ({ seq: eb.ref('seq') }))
    .where('id', '=', id),
);

const count = writtenOnce((db, by: number, id: number) =>
  db
    .updateTable('counter')
    .set(({ eb }) => ({ seq: eb('seq', '+', by) }))
    .where('id', '=', id)
    .returning('seq'),
);

const placeInFeed = writtenOnce(
  (db, kind: string, entity: string, desk: string | null, seq: number) =>
    db
      .insertInto('feed')
      .values({ kind, entity, desk, seq })
      .onConflict((conflict) => conflict.columns(['kind', 'entity']).doUpdateSet({ seq, desk })),
);

/** Makes a store of an opened database: brings it to the newest version and wires the feed. */
export async function makeStore(options: OpenStoreOptions): Promise<Store> {
  const { engine, opened, now } = options;
  const { db, news } = opened;
  const listeners = new Set<(seq: number) => void>();
  const tell = (seq: number): void => {
    for (const listener of listeners) listener(seq);
  };
  const hearers = new Set<(words: string) => void>();
  const hear = (words: string): void => {
    for (const hearer of hearers) hearer(words);
  };
  const stopListening = await opened
    .inTurn((session) => prepare(session, options))
    .then(() => news?.listen({ commit: tell, words: hear }))
    .catch(async (error: unknown) => {
      await db.destroy();
      throw error;
    });

  const attempt: Store['write'] = async (work) => {
    const touched = new Map<string, { kind: string; entity: string; desk: string | null }>();
    let places = 0;
    const { result, seq } = await db.transaction().execute(async (transaction) => {
      // Taking the counter row first makes writers queue, in this process and between processes.
      await queue(transaction, 1);
      const at = new Date(now()).toISOString();
      const result = await work({
        db: transaction,
        at,
        touch: (kind, entity, desk = null) => {
          // Touching again moves it behind what was touched meanwhile.
          touched.delete(`${kind} ${entity}`);
          touched.set(`${kind} ${entity}`, { kind, entity, desk });
        },
        advance: () => {
          places += 1;
        },
        audit: (entry) => appendAudit(transaction, at, entry),
      });
      if (touched.size + places === 0) return { result, seq: null };
      const { seq } = placeIn(await count(transaction, touched.size + places, 1));
      const rows = [...touched.values()].map((row, index) => ({
        ...row,
        seq: seq - touched.size + index + 1,
      }));
      for (const { kind, entity, desk, seq } of rows)
        await placeInFeed(transaction, kind, entity, desk, seq);
      await news?.announce(transaction, seq);
      return { result, seq };
    });
    if (seq !== null && !news) tell(seq);
    return result;
  };
  const write: Store['write'] = (work) => withRetries(() => attempt(work));

  return {
    engine,
    db,
    write,
    read: (work) => {
      const transaction = db.transaction();
      return engine === 'sqlite'
        ? transaction.execute(work)
        : transaction.setIsolationLevel('repeatable read').setAccessMode('read only').execute(work);
    },
    alone: opened.alone,
    onCommit: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    say: async (words) => (news ? news.say(db, words) : hear(words)),
    onSaid: (listener) => {
      hearers.add(listener);
      return () => hearers.delete(listener);
    },
    position: () => feedPosition(db),
    newEpoch: (stillHeld) =>
      write(async (unit) => {
        const signedOut = await revokeAllBut(unit, stillHeld);
        await beginEpoch(unit, { signedOut });
        return signedOut;
      }),
    noteReturn: (epoch) =>
      write(async (unit) => {
        // Another device may have told it already.
        if ((await feedPosition(unit.db)).epoch !== epoch) return;
        if (await wasStartedAgain(unit.db)) await beginEpoch(unit, { toldBy: 'device' });
      }),
    copyTo: opened.copyTo,
    close: async () => {
      await stopListening?.();
      await db.destroy();
    },
  };
}

async function beginEpoch(unit: Unit, detail: NonNullable<AuditEntry['detail']>): Promise<void> {
  await unit.db.updateTable('counter').set({ epoch: randomUUID() }).where('id', '=', 1).execute();
  await forgetStarts(unit.db);
  await deliverAgain(unit);
  await unit.audit({ actor: null, action: 'epoch.new', subject: 'server', detail });
}

async function prepare(db: Db, { engine, beforeMigration }: OpenStoreOptions): Promise<void> {
  const version = await schemaVersion(db, engine);
  if (version > NEWEST_VERSION)
    throw new StoreError(
      'A newer version of Stet has used this database. Nothing was changed; update Stet and start again.',
    );
  if (version > 0 && version < NEWEST_VERSION) await beforeMigration?.(version);
  await migrate(db, engine, version);
  await db
    .insertInto('counter')
    .values({ id: 1, epoch: randomUUID(), seq: 0, start: '' })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  await db.transaction().execute(async (transaction) => {
    await queue(transaction, 1);
    await noteStart(transaction);
  });
}
