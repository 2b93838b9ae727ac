import type { Id } from '#shared/article';
import type { Person } from '#shared/api';
import { DeskRole } from '#shared/workflow';
import type { Unit } from './unit.ts';
import type { Db, Tables } from './tables.ts';
import { writtenOnce } from './written-once.ts';

type Row = Tables['people'];

const membershipsOf = writtenOnce((db, people: readonly Id[]) =>
  db.selectFrom('memberships').selectAll().where('person', 'in', people).orderBy('position'),
);

async function withMemberships(db: Db, rows: readonly Row[]): Promise<Person[]> {
  if (rows.length === 0) return [];
  const memberships = await membershipsOf(
    db,
    rows.map(({ id }) => id),
  );
  return rows.map((row) =>
    personOf(
      row,
      memberships.filter(({ person }) => person === row.id),
    ),
  );
}

function personOf(
  { id, login, name, affiliation, admin, active }: Omit<Row, 'password_hash'>,
  memberships: readonly { desk: string; role: string }[],
): Person {
  return {
    id,
    login,
    name,
    affiliation,
    admin: admin === 1,
    active: active === 1,
    memberships: memberships.map(({ desk, role }) => ({ desk, role: DeskRole.parse(role) })),
  };
}

const allPeople = writtenOnce((db) => db.selectFrom('people').selectAll().orderBy('id'));
const somePeople = writtenOnce((db, ids: readonly Id[]) =>
  db.selectFrom('people').selectAll().where('id', 'in', ids).orderBy('id'),
);

export async function listPeople(db: Db, ids?: readonly Id[]): Promise<Person[]> {
  return withMemberships(db, ids ? await somePeople(db, ids) : await allPeople(db));
}

export async function findPerson(db: Db, id: Id): Promise<Person | null> {
  return (await listPeople(db, [id]))[0] ?? null;
}

const holderOf = writtenOnce((db, tokenHash: string) =>
  db
    .selectFrom('devices')
    .innerJoin('people', 'people.id', 'devices.person')
    .leftJoin('memberships', 'memberships.person', 'people.id')
    .select(['devices.id as device', 'devices.last_seen_at as seenAt'])
    .select(['people.id as id', 'login', 'people.name as name', 'affiliation', 'admin', 'active'])
    .select(['desk', 'role'])
    .where('token_hash', '=', tokenHash)
    .orderBy('position'),
);

/** Who holds a token and on which device, in one look: every request begins with it. Null for a token that nobody holds. */
export async function findHolder(
  db: Db,
  tokenHash: string,
): Promise<{ person: Person; device: Id; seenAt: string } | null> {
  const rows = await holderOf(db, tokenHash);
  const [row] = rows;
  if (!row) return null;
  const memberships = rows.flatMap(({ desk, role }) => (desk && role ? [{ desk, role }] : []));
  return { person: personOf(row, memberships), device: row.device, seenAt: row.seenAt };
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
