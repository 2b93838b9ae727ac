import type { Place } from '#shared/api';
import { canonicalJson, type Id } from '#shared/article';
import type { Client } from '../world/client.ts';
import { lookAt } from '../world/disk.ts';
import { settled } from '../world/schedule.ts';
import type { World } from '../world/world.ts';

/** Longer than a server remembers who fell silent, and takes to say so. */
const FORGOTTEN_MS = 125_000;
const BACK_WITHIN_MS = 10_000;

/**
 * Everybody goes somewhere, and all who are listening see it, for as long as they stay. Then one goes on to the next
 * paragraph, one leaves, and the line of another is cut until nobody shows them any more.
 */
export async function checkWhereabouts(world: World): Promise<void> {
  const { clients, server, whereabouts } = world;
  const articles = lookAt(server.file, (db) =>
    db.prepare<[], Id>('SELECT id FROM articles ORDER BY id').pluck().all(),
  );
  if (!whereabouts || articles.length === 0) return;
  const places = new Map<Client, Place>();
  const go = (client: Client, place: Place | null): void => {
    if (place) places.set(client, place);
    else places.delete(client);
    whereabouts.moved(client, place);
    client.core?.engine.move(place);
  };
  // Whoever came back last has yet to listen, and may be remembered as the device that they were before.
  await hear(world, FORGOTTEN_MS);
  // Two copies of one profile are one computer until one of them sends something.
  const listening = new Map(
    clients.filter(({ line }) => line.listening).map((one) => [one.core?.store.deviceId, one]),
  );
  const seen = new Set(listening.values());
  for (const client of clients) if (!seen.has(client)) go(client, null);
  await hear(world, 1000);
  for (const client of seen) {
    const article = articles[client.index % articles.length]!;
    go(client, { article, block: client.index % 2 === 0 ? null : `block-${client.index}` });
  }
  await hear(world, 1000);
  allShow(world, places);
  const [leaving, lost, going] = [...places.keys()];
  if (!leaving || !lost) return;
  if (going) go(going, { ...places.get(going)!, block: 'block-next' });
  await hear(world, 1000);
  allShow(world, places);
  const place = places.get(lost)!;
  go(leaving, null);
  await hear(world, 1000);
  allShow(world, places, leaving);
  places.delete(lost);
  lost.line.online = false;
  lost.line.cut();
  await hear(world, FORGOTTEN_MS);
  allShow(world, places, leaving);
  if (lost.colleagues.length > 0)
    world.broken(11, `Client ${lost.index} shows others, and has no line to the server.`);
  lost.line.online = true;
  lost.core?.engine.now();
  await hear(world, BACK_WITHIN_MS);
  if (lost.line.listening) places.set(lost, place);
  allShow(world, places, leaving);
}

/** What a server tells all who listen takes it many turns, in which no time passes. */
const TURNS = 300;

async function hear({ schedule }: World, ms: number): Promise<void> {
  await schedule.pass(ms);
  for (let turn = 0; turn < TURNS; turn += 1) await settled();
  await schedule.pass(1000);
}

/** Whether everybody who is somewhere, and one who is nowhere, sees all the others. */
function allShow(
  { broken }: World,
  places: ReadonlyMap<Client, Place>,
  more: Client | null = null,
): void {
  for (const client of [...places.keys(), ...(more ? [more] : [])]) {
    if (!client.line.listening) continue;
    const others = [...places].filter(([other]) => other !== client);
    const wanted = others.map(([{ who }, place]) => canonicalJson({ person: who.id, ...place }));
    const shown = client.colleagues.map((one) => canonicalJson(one));
    if (wanted.toSorted().join() !== shown.toSorted().join())
      broken(
        11,
        `Client ${client.index} shows ${shown.join()}, and the others are at ${wanted.join()}.`,
      );
  }
}
