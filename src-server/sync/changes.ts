import {
  Change,
  cursorOf,
  placeOf,
  type ChangesResponse,
  type Cursor,
  type Person,
} from '#shared/api';
import type { Id } from '#shared/article';
import { can } from '#shared/workflow';
import {
  feedAfter,
  feedPosition,
  findArticles,
  isLost,
  lastAnswered,
  loadChanges,
  type Db,
  type FeedRow,
  type Store,
} from '../store/index.ts';
import { mayRead, readsEverything, type Caller } from './access.ts';

/** A page ends early when its revisions grow past this, so that a long archive arrives in bearable pieces. */
const PAGE_BYTES = 4_000_000;

interface Query {
  cursor?: Cursor | undefined;
  /** The last operation that the device knows to be done. */
  answered?: { device: Id; seq: number } | undefined;
  limit: number;
}

/**
 * What happened after a cursor, as far as this person may see it. A cursor of another epoch, or of a place where this
 * database has never been, starts over with `reset`: it was put back from a backup and may lack what the device has.
 */
export async function changesAfter(
  store: Store,
  caller: Caller,
  query: Query,
): Promise<ChangesResponse> {
  // Rows, what they stand for, the cursor and who may see them are of one moment: nothing in a page is newer than its cursor.
  const read = (): Promise<ChangesResponse> =>
    store.read(async (db) => readPage(db, await caller(db), query));
  const page = await read();
  const { epoch } = placeOf(page.cursor);
  if (!page.reset || query.cursor === undefined || placeOf(query.cursor).epoch !== epoch)
    return page;
  // Others may have lost as much and stand at places that it still knows.
  await store.noteReturn(epoch);
  return read();
}

async function readPage(
  db: Db,
  person: Person,
  { cursor, answered, limit }: Query,
): Promise<ChangesResponse> {
  const now = await feedPosition(db);
  const asked = cursor === undefined ? null : placeOf(cursor);
  const reset =
    asked !== null &&
    (asked.epoch !== now.epoch ||
      (await isLost(db, now, asked)) ||
      (answered !== undefined && (await lastAnswered(db, answered.device)) < answered.seq));
  const from = asked && !reset ? asked.seq : 0;
  const rows = await feedAfter(db, from, limit + 1);
  const page = rows.slice(0, limit);
  const seen = page.filter((row) => maySee(person, row));
  const found = await loadChanges(db, seen);
  const open = await openTo(person, db, found);
  const visible = seen.filter((_, index) => open[index]);
  const loaded = found.filter((_, index) => open[index]);
  const changes: Change[] = [];
  let bytes = 0;
  let taken = 0;
  for (const change of loaded) {
    bytes += sizeOf(change);
    if (taken > 0 && bytes > PAGE_BYTES) break;
    changes.push(Change.parse(change));
    taken += 1;
  }
  const cut = taken < visible.length;
  const more = cut || rows.length > limit;
  // Behind the last row there may be places without one.
  const last = cut ? visible[taken - 1] : more ? page.at(-1) : now;
  return {
    changes,
    cursor: cursorOf({ ...now, seq: last?.seq ?? from }),
    more,
    reset,
    readsEverything: readsEverything(person),
  };
}

type Loaded = Awaited<ReturnType<typeof loadChanges>>[number];

const OF_ARTICLES = new Set(['article', 'revision', 'event', 'comment']);

function articleOf({ kind, data }: Loaded): Id | null {
  if (!OF_ARTICLES.has(kind)) return null;
  const { id, article = id } = data as { id: Id; article?: Id };
  return article;
}

/** Which of the changes a person may see: on no desk, only the newsroom and the articles they started themselves. */
async function openTo(person: Person, db: Db, changes: readonly Loaded[]): Promise<boolean[]> {
  if (readsEverything(person)) return changes.map(() => true);
  const articles = changes.map(articleOf);
  const ids = [...new Set(articles.filter((id) => id !== null))];
  const found = await findArticles(db, ids);
  const open = new Set(found.filter((one) => mayRead(person, one)).map(({ id }) => id));
  return articles.map((id) => id === null || open.has(id));
}

function maySee(person: Person, row: FeedRow): boolean {
  return row.kind === 'inbox' ? can(person, 'inbox.read', { desk: row.desk }) : true;
}

function sizeOf({ data }: { data: unknown }): number {
  const bytes = (data as { bytes?: unknown } | undefined)?.bytes;
  return typeof bytes === 'string' ? bytes.length : 1000;
}
