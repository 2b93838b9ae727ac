import type { Change, FeedPlace } from '#shared/api';
import { articleRecords } from './articles.ts';
import { listDesks, findNewsroom } from './newsroom.ts';
import { listPeople } from './people.ts';
import { findRevisions } from './revisions.ts';
import { StoreError, type Db } from './tables.ts';
import { writtenOnce } from './written-once.ts';

export interface FeedRow {
  kind: Change['kind'];
  entity: string;
  seq: number;
  desk: string | null;
}

const position = writtenOnce((db, id: number) =>
  db.selectFrom('counter').select(['epoch', 'seq', 'start']).where('id', '=', id),
);

/** The one row of the counter. */
export function placeIn<Row>([row]: readonly Row[]): Row {
  if (!row) throw new StoreError('The database has lost its place in the feed. Restore a backup.');
  return row;
}

/** Where the feed stands: the epoch, the newest sequence number, and the start of the server. */
export async function feedPosition(db: Db): Promise<FeedPlace> {
  return placeIn(await position(db, 1));
}

const rowsAfter = writtenOnce((db, seq: number, limit: number) =>
  db.selectFrom('feed').selectAll().where('seq', '>', seq).orderBy('seq').limit(limit),
);

/** Rows of the feed after a sequence number, in order. */
export async function feedAfter(db: Db, seq: number, limit: number): Promise<FeedRow[]> {
  return (await rowsAfter(db, seq, limit)) as FeedRow[];
}

/** The rows of everything that belongs to one article, in order. */
export async function feedOfArticle(db: Db, article: string): Promise<FeedRow[]> {
  const rows = await db
    .selectFrom('feed')
    .selectAll()
    .where((eb) =>
      eb.or([
        eb.and([eb('kind', '=', 'article'), eb('entity', '=', article)]),
        eb.and([
          eb('kind', '=', 'revision'),
          eb(
            'entity',
            'in',
            eb.selectFrom('revisions').select('hash').where('article', '=', article),
          ),
        ]),
        eb.and([
          eb('kind', '=', 'event'),
          eb('entity', 'in', eb.selectFrom('events').select('id').where('article', '=', article)),
        ]),
        eb.and([
          eb('kind', '=', 'comment'),
          eb('entity', 'in', eb.selectFrom('comments').select('id').where('article', '=', article)),
        ]),
      ]),
    )
    .orderBy('seq')
    .execute();
  return rows as FeedRow[];
}

type Loader = (db: Db, ids: readonly string[]) => Promise<Map<string, unknown>>;

function byKey<T>(items: readonly T[], key: (item: T) => string): Map<string, unknown> {
  return new Map(items.map((item) => [key(item), item]));
}

const fromData = (table: 'events' | 'comments' | 'inbox'): Loader => {
  const found = writtenOnce((db, ids: readonly string[]) =>
    db.selectFrom(table).select(['id', 'data']).where('id', 'in', ids),
  );
  return async (db, ids) => {
    const rows = await found(db, ids);
    return new Map(rows.map(({ id, data }) => [id, JSON.parse(data) as unknown]));
  };
};

const LOADERS: Record<Change['kind'], Loader> = {
  newsroom: async (db) => {
    const newsroom = await findNewsroom(db);
    return byKey(newsroom ? [newsroom] : [], ({ id }) => id);
  },
  person: async (db, ids) => byKey(await listPeople(db, ids), ({ id }) => id),
  desk: async (db, ids) => byKey(await listDesks(db, ids), ({ id }) => id),
  article: async (db, ids) => byKey(await articleRecords(db, ids), ({ id }) => id),
  revision: async (db, ids) => byKey(await findRevisions(db, ids), ({ hash }) => hash),
  event: fromData('events'),
  comment: fromData('comments'),
  inbox: fromData('inbox'),
};

/** Reads what each row stands for, as it is now. The order of the rows is kept. */
export async function loadChanges(
  db: Db,
  rows: readonly FeedRow[],
): Promise<{ kind: string; data: unknown }[]> {
  const loaded = new Map<string, Map<string, unknown>>();
  for (const kind of new Set(rows.map((row) => row.kind))) {
    const ids = rows.filter((row) => row.kind === kind).map(({ entity }) => entity);
    loaded.set(kind, await LOADERS[kind](db, ids));
  }
  return rows.map(({ kind, entity }) => ({ kind, data: loaded.get(kind)?.get(entity) }));
}
