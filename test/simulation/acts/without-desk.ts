import { PROTOCOL_HEADER } from '#shared/api';
import type { Id } from '#shared/article';
import type { Client } from '../world/client.ts';
import type { Dice } from '../world/dice.ts';
import { lookAt } from '../world/disk.ts';
import { giveRoles } from '../world/roles.ts';
import type { World } from '../world/world.ts';

/** Nobody hears of what is new later than this. */
const HEARS_WITHIN_MS = 150_000;

/** Asks the server for all that there is, as the person at this computer. */
async function pry({ server, watch }: World, client: Client): Promise<void> {
  const articles = lookAt(server.file, (db) =>
    db.prepare<[], Id>('SELECT id FROM articles').pluck().all(),
  );
  const sectors = new Set(articles.map((article) => Number.parseInt(article.slice(-2), 16)));
  const headers = { authorization: `Bearer ${client.token ?? ''}`, [PROTOCOL_HEADER]: '1' };
  for (const path of [
    '/v1/changes?limit=500',
    '/v1/digest',
    ...[...sectors].map((sector) => `/v1/digest/${sector}`),
    ...articles.map((article) => `/v1/articles/${article}`),
  ]) {
    const request = { method: 'GET', path, headers, body: null };
    watch.saw(client, request, await server.handle(request));
  }
}

/**
 * Somebody asks for everything, and then for what is left of it when they work on no desk any more. `closed` is called once
 * their computer has heard of that; then they get their desks back.
 */
export async function goWithoutDesk(world: World, dice: Dice, closed: () => void): Promise<void> {
  const client = dice.pick(world.clients);
  const { id, memberships } = client.who;
  await pry(world, client);
  await giveRoles(world, id, []);
  await pry(world, client);
  await world.schedule.pass(HEARS_WITHIN_MS);
  closed();
  await giveRoles(world, id, memberships);
  await pry(world, client);
}
