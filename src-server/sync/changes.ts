import { Change, type ChangesResponse, type Person } from '#shared/api';
import type { Id } from '#shared/article';
import { can } from '#shared/workflow';
import {
  feedAfter,
  feedPosition,
  findArticles,
  loadChanges,
  type Db,
  type FeedRow,
  type Store,
} from '../store/index.ts';
import { mayRead, readsEverything, type Caller } from './access.ts';

/** A page ends early when its revisions grow past this, so that a long archive arrives in bearable pieces. */
const PAGE_BYTES = 4_000_000;

function parseCursor(cursor: string | undefined): { epoch: string | null; seq: number } {
  const colon = cursor?.lastIndexOf(':') ?? -1;
  if (cursor === undefined || colon < 0) return { epoch: null, seq: 0 };
  return { epoch: cursor.slice(0, colon), seq: Number(cursor.slice(colon + 1)) };
}

/**
 * What happened after a cursor, as far as this person may see it. A cursor of another epoch, or from beyond the end,
 * starts over with `reset`: the server was restored from a backup and may lack what the device has.
 */
export function changesAfter(
  store: Store,
  caller: Caller,
  query: { cursor?: string | undefined; limit: number },
): Promise<ChangesResponse> {
  // Rows, what they stand for, the cursor and who may see them are of one moment: nothing in a page is newer than its cursor.
  return store.read(async (db) => readPage(db, await caller(db), query));
}

async function readPage(
  db: Db,
  person: Person,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<ChangesResponse> {
  const { epoch, seq: newest } = await feedPosition(db);
  const asked = parseCursor(cursor);
  const reset = asked.epoch !== null && (asked.epoch !== epoch || asked.seq > newest);
  const start = asked.epoch === epoch && !reset ? asked.seq : 0;
  const rows = await feedAfter(db, start, limit + 1);
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
  const last = cut ? visible[taken - 1] : page.at(-1);
  return {
    changes,
    cursor: `${epoch}:${last?.seq ?? start}`,
    more: cut || rows.length > limit,
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
