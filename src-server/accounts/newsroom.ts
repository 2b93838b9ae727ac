import { defaultDeskProfile, newId, slugOf, type DeskProfile, type Id } from '#shared/article';
import type { Desk, Newsroom, Person } from '#shared/api';
import { RESERVED_SLUGS } from '../publishing/index.ts';
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
import { theNewsroom } from './sign-in.ts';

/** Fields that a request left out are absent or undefined; both mean "as it is". */
export type Partially<T> = { [K in keyof T]?: T[K] | undefined };

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

async function requireDesks(unit: Unit, { memberships }: Person): Promise<void> {
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
  { name, profile }: { name: string; profile: DeskProfile },
): Promise<Desk> {
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

/** Refuses site settings under which the public site could not work. */
export function checkSite({ sections, siteUrl, timeZone }: Partially<Omit<Newsroom, 'id'>>): void {
  const slugs = sections?.map(({ slug }) => slug) ?? [];
  const reserved = slugs.find((slug) => RESERVED_SLUGS.has(slug) || slug !== slugOf(slug));
  if (reserved !== undefined)
    throw new ServerError(
      'reserved-address',
      `A section cannot stand at /${reserved}. Choose another slug.`,
    );
  if (new Set(slugs).size !== slugs.length)
    throw new ServerError('reserved-address', 'Two sections cannot stand at the same address.');
  if (siteUrl !== undefined && !/^https?:$/.test(URL.parse(siteUrl)?.protocol ?? ''))
    throw new ServerError('malformed', 'The site’s address starts with http:// or https://.');
  if (timeZone !== undefined && !isTimeZone(timeZone))
    throw new ServerError(
      'malformed',
      `“${timeZone}” is not a time zone. Use a name such as Europe/Berlin.`,
    );
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
