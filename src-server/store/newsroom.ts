import { readingOnce, type DeskProfile, type Id } from '#shared/article';
import { Desk, Newsroom } from '#shared/api';
import type { Unit } from './unit.ts';
import type { Db } from './tables.ts';
import { writtenOnce } from './written-once.ts';

const newsroomIn = readingOnce(Newsroom);
const newsrooms = writtenOnce((db) => db.selectFrom('newsroom').select('data'));

export async function findNewsroom(db: Db): Promise<Newsroom | null> {
  const [row] = await newsrooms(db);
  return row ? newsroomIn(row.data) : null;
}

export async function saveNewsroom({ db, touch }: Unit, newsroom: Newsroom): Promise<void> {
  const data = JSON.stringify(newsroom);
  await db
    .insertInto('newsroom')
    .values({ id: newsroom.id, data })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ data }))
    .execute();
  touch('newsroom', newsroom.id);
}

function toDesk(row: { id: string; name: string; slug: string; profile: string }): Desk {
  return Desk.parse({ ...row, profile: JSON.parse(row.profile) as unknown });
}

export async function listDesks(db: Db, ids?: readonly Id[]): Promise<Desk[]> {
  let query = db.selectFrom('desks').selectAll().orderBy('id');
  if (ids) query = query.where('id', 'in', ids);
  return (await query.execute()).map(toDesk);
}

const deskRows = writtenOnce((db, id: Id) =>
  db.selectFrom('desks').selectAll().where('id', '=', id),
);

export async function findDesk(db: Db, id: Id): Promise<Desk | null> {
  const [row] = await deskRows(db, id);
  return row ? toDesk(row) : null;
}

export async function saveDesk(
  { db, touch }: Unit,
  desk: { id: Id; name: string; slug: string; profile: DeskProfile },
): Promise<void> {
  const { id, name, slug } = desk;
  const profile = JSON.stringify(desk.profile);
  await db
    .insertInto('desks')
    .values({ id, name, slug, profile })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ name, profile }))
    .execute();
  touch('desk', id);
}
