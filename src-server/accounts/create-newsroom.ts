import { newId, slugOf } from '#shared/article';
import type { Desk, Newsroom, Person } from '#shared/api';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { findNewsroom, saveNewsroom, savePerson } from '../store/index.ts';
import { checkName, checkSite } from './checks.ts';
import { addDesk } from './newsroom.ts';
import { hashPassword } from './secrets.ts';

export interface NewNewsroom {
  name: string;
  siteUrl: string;
  sections: string[];
  desks: string[];
  timeZone?: string | undefined;
  language?: string | undefined;
  admin: { login: string; name: string; password: string };
}

/** Creates the newsroom of an empty server: its site, desks and first admin. */
export async function createNewsroom(
  context: ServerContext,
  wish: NewNewsroom,
): Promise<{ newsroom: Newsroom; desks: Desk[]; admin: Person }> {
  if (await findNewsroom(context.store.db))
    throw new ServerError(
      'malformed',
      'This server has a newsroom already. Use another data folder for a new one.',
    );
  const makeId = (): string => newId(context.clock, context.random);
  const newsroom: Newsroom = {
    id: makeId(),
    name: checkName('The newsroom', wish.name),
    siteUrl: wish.siteUrl.replace(/\/+$/, ''),
    language: wish.language ?? 'en',
    timeZone: wish.timeZone ?? 'UTC',
    sections: wish.sections.map((name) => ({ name: name.trim(), slug: slugOf(name) })),
    donationsUrl: '',
  };
  checkSite(newsroom);
  const deskNames = wish.desks.map((name) => checkName('A desk', name));
  const admin: Person = {
    id: makeId(),
    login: wish.admin.login.toLowerCase(),
    name: checkName('The admin', wish.admin.name),
    affiliation: '',
    admin: true,
    memberships: [],
    active: true,
  };
  const passwordHash = await hashPassword(wish.admin.password);
  await context.store.write(async (unit) => {
    await saveNewsroom(unit, newsroom);
    await savePerson(unit, admin, passwordHash);
    await unit.audit({
      actor: null,
      action: 'newsroom.create',
      subject: newsroom.id,
      detail: { name: newsroom.name },
    });
  });
  const desks: Desk[] = [];
  for (const name of deskNames) desks.push(await addDesk(context, name));
  return { newsroom, desks, admin };
}
