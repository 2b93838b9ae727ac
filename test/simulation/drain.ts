import { changePerson } from '../../src-server/accounts/newsroom.ts';
import { awaitedArticles } from '../../src-main/core/sync/reoffer.ts';
import type { Client } from './world/client.ts';
import { PEOPLE } from './world/newsroom.ts';
import { FINE } from './world/network.ts';
import { admit, describe, type World } from './world/world.ts';

const MOST_ROUNDS = 14;
const QUIET_MS = 4000;
/** From then on the rounds grow longer: what one computer leaves undone another does after some minutes. */
const PATIENT_ROUNDS = 6;

/** What a server has lost comes back after some minutes; what nobody may or can send is what the checks judge. */
function awaits({ core }: Client): boolean {
  return core !== null && awaitedArticles(core.store).length > 0;
}

/** What keeps a client from being through: nothing when it is. */
function unfinished({ core, index }: Client, position: string): string | null {
  if (!core) return `client ${index} is not running`;
  const { state, message } = core.engine.standing();
  if (state !== 'online') return `client ${index} is ${state}: ${message ?? ''}`;
  const { waiting } = core.store.outbox.counts();
  if (waiting > 0) return `client ${index} has ${waiting} operations waiting`;
  const cursor = core.store.feed.cursor();
  if (cursor !== position) return `client ${index} stands at ${cursor ?? ''}, not at ${position}`;
  const apart = core.store.feed.needsMerge();
  if (apart.length > 0) return `client ${index} has yet to merge ${apart.join()}`;
  const beside = core.store.articles.withSides();
  return beside.length > 0 ? `client ${index} sees versions beside ${beside.join()}` : null;
}

/** Puts everything right, brings everyone together, and waits until nobody has anything left to say. */
export async function drain(world: World): Promise<void> {
  const { server, network, clients, schedule } = world;
  network.weather = FINE;
  server.disarm();
  if (!server.up) await server.start();
  server.demandProtocol(1);
  for (const { id, memberships } of PEOPLE) {
    await changePerson(server.context(), null, id, { memberships });
    world.watch.changedRole(id, memberships);
  }
  for (const client of clients) {
    client.line.online = true;
    client.repairDisk();
    try {
      await client.open();
    } catch (error) {
      world.broken(15, `Client ${client.index} cannot be opened: ${describe(error)}`);
      return;
    }
    client.core?.engine.pause(false);
  }
  let reasons: (string | null)[] = [];
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    for (const client of clients) {
      if (client.token === null || client.core?.engine.standing().state === 'signed-out')
        await admit(world, client);
      try {
        client.core?.articles.sealAll();
      } catch (error) {
        world.broken(15, `Client ${client.index} cannot seal: ${describe(error)}`);
        return;
      }
      client.core?.engine.now();
    }
    await schedule.pass(QUIET_MS * 2 ** Math.max(0, round - PATIENT_ROUNDS));
    const { epoch, seq } = await server.context().store.position();
    reasons = clients.map((client) => unfinished(client, `${epoch}:${seq}`));
    if (reasons.every((reason) => reason === null) && !clients.some(awaits)) return;
  }
  if (reasons.some((reason) => reason !== null))
    world.broken(12, `Still not through: ${reasons.filter(Boolean).join('; ')}.`);
}
