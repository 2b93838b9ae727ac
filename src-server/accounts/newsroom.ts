import { defaultDeskProfile, newId, slugOf, type DeskProfile, type Id } from '#shared/article';
import type { Desk, Newsroom, Person } from '#shared/api';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import {
  findDesk,
  findPerson,
  listDesks,
  listPeople,
  revokeDevicesOf,
  saveDesk,
  saveNewsroom,
  savePerson,
  touchInboxOf,
  type Unit,
} from '../store/index.ts';
import { checkName, checkSite, type Partially } from './checks.ts';
import { theNewsroom } from './sign-in.ts';

function defined<T extends object>(change: Partially<T>): Partial<T> {
  return Object.fromEntries(
    Object.entries(change).filter(([, value]) => value !== undefined),
  ) as Partial<T>;
}

/** Changes a person's name, roles or standing. Someone deactivated is signed out everywhere at once. */
export async function changePerson(
  { store }: ServerContext,
  by: Id | null,
  id: Id,
  change: Partially<Pick<Person, 'name' | 'affiliation' | 'admin' | 'memberships' | 'active'>>,
): Promise<Person> {
  return store.write(async (unit) => {
    const before = await findPerson(unit.db, id);
    if (!before) throw new ServerError('not-found', 'This person is not in the newsroom.');
    const person: Person = { ...before, ...defined(change) };
    person.name = checkName('A person', person.name);
    await requireDesks(unit, person);
    await savePerson(unit, person);
    const admins = (await listPeople(unit.db)).filter(
      ({ admin, active, login }) => admin && active && login,
    );
    if (before.admin && admins.length === 0)
      throw new ServerError(
        'last-admin',
        'The newsroom needs one admin at least. Make someone else admin first.',
      );
    if (!person.active) await revokeDevicesOf(unit, id);
    // Messages that came in earlier travel to the new member of their desk.
    for (const { desk } of person.memberships)
      if (!before.memberships.some((membership) => membership.desk === desk))
        await touchInboxOf(unit, desk);
    await unit.audit({
      actor: by,
      action: 'person.change',
      subject: id,
      detail: {
        changed: Object.keys(defined(change)).sort().join(' '),
        admin: person.admin,
        active: person.active,
      },
    });
    return person;
  });
}

/** Refuses roles on desks that are not there, and two roles on one desk. */
export async function requireDesks(
  unit: Unit,
  { memberships }: Pick<Person, 'memberships'>,
): Promise<void> {
  const desks = new Set((await listDesks(unit.db)).map(({ id }) => id));
  if (memberships.some(({ desk }) => !desks.has(desk)))
    throw new ServerError('unknown-desk', 'A role names a desk that this newsroom does not have.');
  if (new Set(memberships.map(({ desk }) => desk)).size !== memberships.length)
    throw new ServerError('malformed', 'A person has one role on a desk.');
}

/** Creates a desk or changes its name and profile. Its slug is made once and stays. */
export async function putDesk(
  { store }: ServerContext,
  by: Id | null,
  id: Id,
  wish: { name: string; profile: DeskProfile },
): Promise<Desk> {
  const name = checkName('A desk', wish.name);
  const { profile } = wish;
  return store.write(async (unit) => {
    const known = await findDesk(unit.db, id);
    const desk: Desk = { id, name, profile, slug: known?.slug ?? (await freeSlug(unit, name)) };
    await saveDesk(unit, desk);
    await unit.audit({
      actor: by,
      action: known ? 'desk.change' : 'desk.create',
      subject: id,
      detail: { name },
    });
    return desk;
  });
}

async function freeSlug(unit: Unit, name: string): Promise<string> {
  const taken = new Set((await listDesks(unit.db)).map(({ slug }) => slug));
  const stem = slugOf(name) || 'desk';
  let slug = stem;
  for (let number = 2; taken.has(slug); number += 1) slug = `${stem}-${number}`;
  return slug;
}

/** Adds a desk by name, as the command line does. */
export function addDesk(context: ServerContext, name: string): Promise<Desk> {
  const id = newId(context.clock, context.random);
  return putDesk(context, null, id, { name, profile: defaultDeskProfile() });
}

/** Changes the newsroom's name, sections and site settings. */
export async function changeNewsroom(
  { store }: ServerContext,
  by: Id | null,
  change: Partially<Omit<Newsroom, 'id'>>,
): Promise<Newsroom> {
  checkSite(change);
  return store.write(async (unit) => {
    const newsroom: Newsroom = { ...(await theNewsroom(unit.db)), ...defined(change) };
    newsroom.siteUrl = newsroom.siteUrl.replace(/\/+$/, '');
    await saveNewsroom(unit, newsroom);
    await unit.audit({
      actor: by,
      action: 'newsroom.change',
      subject: newsroom.id,
      detail: { changed: Object.keys(defined(change)).sort().join(' ') },
    });
    return newsroom;
  });
}
