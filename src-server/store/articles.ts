import { readingOnce, type Hash, type Id } from '#shared/article';
import { WorkflowEvent, type ArticleRecord } from '#shared/api';
import { WorkflowState } from '#shared/workflow';
import { findNewsroom } from './newsroom.ts';
import { findRevision } from './revisions.ts';
import type { Unit } from './unit.ts';
import type { Db, Tables } from './tables.ts';
import { writtenOnce } from './written-once.ts';

/** What the article table says; `publicUrl` is not kept but derived from the publication's path. */
export type ArticleState = Omit<ArticleRecord, 'publicUrl'>;

const rowsOf = writtenOnce((db, ids: readonly Id[]) =>
  db.selectFrom('articles').selectAll().where('id', 'in', ids),
);
const sidesOf = writtenOnce((db, ids: readonly Id[]) =>
  db.selectFrom('sides').selectAll().where('article', 'in', ids).orderBy('position'),
);

export async function findArticles(db: Db, ids: readonly Id[]): Promise<ArticleState[]> {
  if (ids.length === 0) return [];
  return assembled(await rowsOf(db, ids), await sidesOf(db, ids));
}

/** Every article, or those of one sector: those whose ids end in its two hexadecimal digits. */
export async function listStandings(db: Db, sector?: number): Promise<ArticleState[]> {
  const end = sector === undefined ? '%' : `%${sector.toString(16).padStart(2, '0')}`;
  const rows = await db.selectFrom('articles').selectAll().where('id', 'like', end).execute();
  const sides = await db
    .selectFrom('sides')
    .selectAll()
    .where('article', 'like', end)
    .orderBy('position')
    .execute();
  return assembled(rows, sides);
}

function assembled(
  rows: readonly Tables['articles'][],
  sides: readonly Tables['sides'][],
): ArticleState[] {
  const byArticle = Map.groupBy(sides, ({ article }) => article);
  return rows.map((row) => ({
    id: row.id,
    desk: row.desk,
    createdBy: row.created_by,
    createdAt: row.created_at,
    updatedAt: row.updated_at,
    state: WorkflowState.parse(row.state),
    head: row.head,
    sides: (byArticle.get(row.id) ?? []).map(({ revision }) => revision),
    approvedRevision: row.approved_revision,
    publishedRevision: row.published_revision,
    live: row.live === 1,
    scheduledAt: row.scheduled_at,
    publishedAt: row.published_at,
    binned: row.binned === 1,
  }));
}

export async function findArticle(db: Db, id: Id): Promise<ArticleState | null> {
  return (await findArticles(db, [id]))[0] ?? null;
}

/** Stores the article as given, with its side revisions. */
export async function saveArticle({ db, at, touch }: Unit, article: ArticleState): Promise<void> {
  const changing = {
    desk: article.desk,
    updated_at: at,
    state: article.state,
    head: article.head,
    approved_revision: article.approvedRevision,
    published_revision: article.publishedRevision,
    live: Number(article.live),
    scheduled_at: article.scheduledAt,
    published_at: article.publishedAt,
    binned: Number(article.binned),
  };
  const { id, createdBy, createdAt } = article;
  await db
    .insertInto('articles')
    .values({ id, created_by: createdBy, created_at: createdAt, ...changing })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(changing))
    .execute();
  touch('article', id);
}

export async function saveSides({ db }: Unit, article: Id, sides: readonly Hash[]): Promise<void> {
  await db.deleteFrom('sides').where('article', '=', article).execute();
  if (sides.length > 0)
    await db
      .insertInto('sides')
      .values(sides.map((revision, position) => ({ article, revision, position })))
      .execute();
}

const pathsOf = writtenOnce((db, ids: readonly Id[]) =>
  db.selectFrom('publications').select(['article', 'path']).where('article', 'in', ids),
);

/** The records as they travel, with the address where readers find each. */
export async function articleRecords(db: Db, ids: readonly Id[]): Promise<ArticleRecord[]> {
  const articles = await findArticles(db, ids);
  if (articles.length === 0) return [];
  const newsroom = await findNewsroom(db);
  const paths = await pathsOf(db, ids);
  return articles.map((article) => {
    const path = paths.find((row) => row.article === article.id)?.path;
    return {
      ...article,
      publicUrl: path === undefined ? null : `${newsroom?.siteUrl ?? ''}${encodeURI(path)}`,
    };
  });
}

export async function saveEvent({ db, touch }: Unit, event: WorkflowEvent): Promise<void> {
  await db
    .insertInto('events')
    .values({ id: event.id, article: event.article, data: JSON.stringify(event) })
    .execute();
  touch('event', event.id);
}

const eventIn = readingOnce(WorkflowEvent);

/** Who counts as having started the article: whom its first revision names as its author, and who sent that. */
export async function startersOf(db: Db, article: Id): Promise<Id[]> {
  const rows = await db
    .selectFrom('events')
    .select('data')
    .where('article', '=', article)
    .execute();
  const created = rows
    .map(({ data }) => eventIn(data))
    .find(({ transition }) => transition === 'create');
  const first = created?.revision ? await findRevision(db, created.revision) : null;
  return [created?.by, first?.envelope.author].filter((id) => id != null);
}

/** Articles whose scheduled time has come, oldest first. */
export async function dueArticles(db: Db, at: string): Promise<Id[]> {
  const rows = await db
    .selectFrom('articles')
    .select('id')
    .where('state', '=', 'scheduled')
    .where('scheduled_at', '<=', at)
    .orderBy('scheduled_at')
    .execute();
  return rows.map(({ id }) => id);
}

/** When the first scheduled article after a moment is due; null when none is. */
export async function nextDue(db: Db, after: string): Promise<string | null> {
  const row = await db
    .selectFrom('articles')
    .select(({ fn }) => fn.min('scheduled_at').as('at'))
    .where('state', '=', 'scheduled')
    .where('scheduled_at', '>', after)
    .executeTakeFirst();
  return row?.at ?? null;
}

/** Every article as one line of a list. */
export async function listArticles(
  db: Db,
): Promise<{ id: Id; state: string; head: Hash | null }[]> {
  return db
    .selectFrom('articles')
    .select(['id', 'state', 'head'])
    .orderBy('updated_at', 'desc')
    .execute();
}
