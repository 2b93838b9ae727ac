import { pause } from '../checks/pauses.ts';
import type { Client } from '../world/client.ts';
import type { Dice } from '../world/dice.ts';
import { clearFault, isInjected } from '../world/disk.ts';
import type { World } from '../world/world.ts';
import { comeInReach } from './moments.ts';

/** Long enough to hear of what is new; and longer than a server asks anybody to wait. */
const HOURS = [1500, 1500, 130_000];

/** The administrator sees to it that the server runs and has room. */
async function repairServer({ server }: World): Promise<void> {
  server.disarm();
  clearFault(server.file);
  if (!server.up) await server.start();
  server.demandProtocol(1);
}

/** Somebody sits down at a computer on which everything is in order, and is in reach of the server. */
async function sitDown(world: World, client: Client): Promise<void> {
  client.repairDisk();
  try {
    await client.open();
  } catch (error) {
    if (!isInjected(error)) throw error;
  }
  if (client.core) pause(client.core, false);
  await comeInReach(world, client);
}

/** Somebody makes sure that they are at work, and reads what is new. */
export async function catchUp(world: World, client: Client): Promise<void> {
  await repairServer(world);
  await sitDown(world, client);
  await world.schedule.pass(600);
  client.views.clear();
}

/**
 * For a while everything is in order, and everybody hears of what the others did: most of what goes wrong goes wrong where
 * it was well before.
 */
export async function goodDay({ world, dice }: { world: World; dice: Dice }): Promise<void> {
  await repairServer(world);
  for (const client of world.clients) await sitDown(world, client);
  await world.schedule.pass(dice.pick(HOURS));
}
