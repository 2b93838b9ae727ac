import type { Id } from '#shared/article';
import type { Client, Core } from '../world/client.ts';
import { lookAt } from '../world/disk.ts';
import { FINE } from '../world/network.ts';
import { admit, type World } from '../world/world.ts';

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
