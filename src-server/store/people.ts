import type { Id } from '#shared/article';
import type { Person } from '#shared/api';
import { DeskRole } from '#shared/workflow';
import type { Unit } from './unit.ts';
import type { Db, Tables } from './tables.ts';

type Row = Tables['people'];

async function withMemberships(db: Db, rows: readonly Row[]): Promise<Person[]> {
  if (rows.length === 0) return [];
  const memberships = await db
    .selectFrom('memberships')
    .selectAll()
    .where(
      'person',
      'in',
      rows.map(({ id }) => id),
    )
    .orderBy('position')
    .execute();
  return rows.map(({ id, login, name, affiliation, admin, active }) => ({
    id,
    login,
    name,
    affiliation,
    admin: admin === 1,
    active: active === 1,
    memberships: memberships
      .filter(({ person }) => person === id)
      .map(({ desk, role }) => ({ desk, role: DeskRole.parse(role) })),
  }));
}

export async function listPeople(db: Db, ids?: readonly Id[]): Promise<Person[]> {
  let query = db.selectFrom('people').selectAll().orderBy('id');
  if (ids) query = query.where('id', 'in', ids);
  return withMemberships(db, await query.execute());
}

export async function findPerson(db: Db, id: Id): Promise<Person | null> {
  return (await listPeople(db, [id]))[0] ?? null;
}

/** The person behind a login, with the password's hash for checking it. Logins do not care about case. */
export async function findByLogin(
  db: Db,
  login: string,
): Promise<{ person: Person; passwordHash: string | null } | null> {
  const row = await db
    .selectFrom('people')
    .selectAll()
    .where('login', '=', login.toLowerCase())
    .executeTakeFirst();
  const [person] = await withMemberships(db, row ? [row] : []);
  return row && person ? { person, passwordHash: row.password_hash } : null;
}

export async function savePassword({ db }: Unit, id: Id, passwordHash: string): Promise<void> {
  await db
    .updateTable('people')
    .set({ password_hash: passwordHash })
    .where('id', '=', id)
    .execute();
}

/** Creates a person or changes everything about them but login and password. */
export async function savePerson(
  { db, touch }: Unit,
  person: Person,
  passwordHash: string | null = null,
): Promise<void> {
  const { id, name, affiliation } = person;
  const standing = {
    name,
    affiliation,
    admin: Number(person.admin),
    active: Number(person.active),
  };
  await db
    .insertInto('people')
    .values({
      id,
      login: person.login?.toLowerCase() ?? null,
      password_hash: passwordHash,
      ...standing,
    })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(standing))
    .execute();
  await db.deleteFrom('memberships').where('person', '=', id).execute();
  if (person.memberships.length > 0)
    await db
      .insertInto('memberships')
      .values(
        person.memberships.map(({ desk, role }, position) => ({
          person: id,
          desk,
          role,
          position,
        })),
      )
      .execute();
  touch('person', id);
}
