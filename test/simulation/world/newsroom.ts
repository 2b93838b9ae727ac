import type { Desk, Newsroom, Person } from '#shared/api';
import { defaultDeskProfile, newId, type Id } from '#shared/article';
import type { DeskRole } from '#shared/workflow';
import { admitDevice } from '../../../src-server/accounts/sign-in.ts';
import type { ServerContext } from '../../../src-server/context.ts';
import { saveDesk, saveNewsroom, savePerson } from '../../../src-server/store/index.ts';
import { NOON } from '../../helpers/clock-and-random.ts';
import { diceOf } from './dice.ts';

const dice = diceOf(2026);
const anId = (): Id => newId(() => NOON, dice.bytes);

function desk(name: string, slug: string, ownApproval: boolean): Desk {
  return { id: anId(), name, slug, profile: { ...defaultDeskProfile(), ownApproval } };
}

/** The two desks of every run. On the second, people may approve what they started themselves. */
export const NEWS = desk('News Desk', 'news', false);
export const WORLD = desk('World Desk', 'world', true);
export const DESKS = [NEWS, WORLD];

function person(login: string, name: string, roles: [Desk, DeskRole][]): Person {
  return {
    id: anId(),
    login,
    name,
    affiliation: '',
    admin: false,
    memberships: roles.map(([{ id }, role]) => ({ desk: id, role })),
    active: true,
  };
}

export const PEOPLE = [
  person('mira', 'Mira Hassan', [[NEWS, 'copy-editor']]),
  person('jonah', 'Jonah Okafor', [[NEWS, 'desk-chief']]),
  person('tom', 'Tom Lind', [
    [NEWS, 'copy-editor'],
    [WORLD, 'copy-editor'],
  ]),
  person('ana', 'Ana Reyes', [
    [WORLD, 'desk-chief'],
    [NEWS, 'copy-editor'],
  ]),
  person('lea', 'Lea Moser', [[WORLD, 'copy-editor']]),
];

/** One computer each, in this order; the sixth is the first person's second computer. */
export const SEATS = [0, 1, 2, 3, 4, 0].map((index) => PEOPLE[index]!);
export const MOST_CLIENTS = SEATS.length;

export const NEWSROOM: Newsroom = {
  id: anId(),
  name: 'The Valley Post',
  siteUrl: 'http://stet.test',
  language: 'en',
  timeZone: 'UTC',
  sections: [{ name: 'News Room', slug: 'news-room' }],
  donationsUrl: '',
};

/** Writes newsroom, desks and people into an empty server. */
export async function furnish({ store }: ServerContext): Promise<void> {
  await store.write(async (unit) => {
    await saveNewsroom(unit, NEWSROOM);
    for (const each of DESKS) await saveDesk(unit, each);
    for (const each of PEOPLE) await savePerson(unit, each);
  });
}

/** Signs a computer in, as a right password would, without the time that checking one takes. */
export async function signIn(context: ServerContext, who: Person, device: Id): Promise<string> {
  const claim = { id: device, name: who.name };
  const { token } = await context.store.write((unit) => admitDevice(context, unit, who, claim));
  return token;
}
