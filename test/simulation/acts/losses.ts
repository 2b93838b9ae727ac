import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { findDevice, revokeDevice } from '../../../src-server/store/index.ts';
import type { Client } from '../world/client.ts';
import type { Dice } from '../world/dice.ts';
import { readImage } from '../world/disk.ts';
import { clientTemplate } from '../world/template.ts';
import { admit, type World } from '../world/world.ts';
import { reachable } from '../world/held.ts';

/** The administrator signs a computer out. */
export async function revoke(world: World, client: Client): Promise<void> {
  const { token } = client;
  if (token === null || !world.server.up) return;
  const { store } = world.server.context();
  const id = client.device;
  if (!(await findDevice(store.db, id))) return;
  await store.write((unit) => revokeDevice(unit, id));
  for (const other of world.clients)
    if (other.device === id && other.token) world.watch.revoked(other.token);
}

/**
 * What stood on this disk alone is gone with it; the checker does not ask for it. A server that went back may have left
 * here the last copy of what others wrote, or with others the last of what was written here.
 */
export async function loseUnsent(world: World, client: Client): Promise<void> {
  if (!world.server.up) await world.server.start();
  const others = world.clients.filter((one) => one !== client);
  world.ledger.loseDisk(reachable(world, world.clients), reachable(world, others));
  client.losses += 1;
}

/**
 * A computer is lost with everything on it. Its person gets another one; or the same one, put back to what it was on its
 * first day, which comes back under the numbers that it counted then.
 */
export async function loseComputer(world: World, client: Client, dice: Dice): Promise<void> {
  if (!client.core) return;
  await loseUnsent(world, client);
  const template = await clientTemplate(world.folder, client.index);
  client.kill(readImage(join(template, 'stet.db')));
  await world.schedule.pass(0);
  for (const folder of ['assets', 'vault', 'backups'])
    rmSync(join(client.dir, folder), { recursive: true, force: true });
  client.token = null;
  client.reading = null;
  await client.open();
  if (dice.chance(0.6)) renewed(client);
  await admit(world, client);
}

function renewed({ core }: Client): void {
  core?.store.renewDevice();
}
