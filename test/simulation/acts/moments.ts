import type { Id } from '#shared/article';
import type { Membership } from '#shared/workflow';
import type { Client, Core } from '../world/client.ts';
import { lookAt } from '../world/disk.ts';
import { FINE } from '../world/network.ts';
import { giveRoles } from '../world/roles.ts';
import { admit, type World } from '../world/world.ts';

/** Nobody who is within reach hears of their roles later than this. */
const ROLES_WITHIN_MS = 150_000;

/** Lets time pass until something has happened, or as much as is given. Gives whether it has. */
export async function passUntil(
  { schedule }: World,
  happened: () => boolean,
  mostMs = 2500,
): Promise<boolean> {
  const end = schedule.now() + mostMs;
  while (!happened()) if (!(await schedule.next(end - schedule.now()))) return happened();
  return true;
}

/** Lets something happen on a day on which the network does what it is to do. */
export async function onGoodLines(world: World, happen: () => Promise<void>): Promise<void> {
  const { network, weather } = world;
  network.weather = { ...FINE, wake: 1 };
  try {
    await happen();
  } finally {
    network.weather = weather;
  }
}

/** Whether the server has answered an operation, whoever has heard of it. */
export function isAnswered({ server }: World, operation: Id): boolean {
  return lookAt(
    server.file,
    (db) => db.prepare('SELECT 1 FROM answers WHERE op = ?').get(operation) !== undefined,
  );
}

/** What waits in the outbox, oldest first. */
export function waitingIn({ store }: Core): Id[] {
  return store.outbox.entries().flatMap(({ op, state }) => (state === 'waiting' ? [op.id] : []));
}

/** Whether Stet on this computer is still the one that a person began with: it may have been killed meanwhile. */
export function goesOn(client: Client, core: Core | null): boolean {
  return client.core !== null && client.core === core;
}

export function leaveReach({ line }: Client): void {
  line.online = false;
  line.cut();
}

/** Back within reach, and signed in if somebody had signed this computer out. */
export async function comeInReach(world: World, client: Client): Promise<void> {
  client.line.online = true;
  if (client.token === null || client.core?.engine.standing().state === 'signed-out')
    await admit(world, client);
  client.core?.engine.now();
}

/** Somebody is given these roles, and their computer hears of it. Gives whether it has. */
export async function takeUpRoles(
  world: World,
  client: Client,
  memberships: readonly Membership[],
): Promise<boolean> {
  const { id } = client.who;
  await giveRoles(world, id, memberships);
  await comeInReach(world, client);
  const wanted = JSON.stringify(memberships);
  return passUntil(
    world,
    () => JSON.stringify(client.core?.store.people.person(id)?.memberships) === wanted,
    ROLES_WITHIN_MS,
  );
}
