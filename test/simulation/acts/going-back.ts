import { PROTOCOL_HEADER } from '#shared/api';
import { changePerson } from '../../../src-server/accounts/newsroom.ts';
import { heldTokens } from '../../../src-server/store/index.ts';
import type { Client } from '../world/client.ts';
import { clearFault, readApart, type DiskImage } from '../world/disk.ts';
import { reachable } from '../world/held.ts';
import { PEOPLE } from '../world/newsroom.ts';
import type { World } from '../world/world.ts';

/** Asks for the newest as whoever holds this token. */
export async function tryToken(
  { server, watch }: World,
  client: Client,
  token: string,
): Promise<void> {
  if (!server.up) return;
  const headers = { authorization: `Bearer ${token}`, [PROTOCOL_HEADER]: '1' };
  const request = { method: 'GET', path: '/v1/changes?limit=5', headers, body: null };
  watch.saw(client, request, await server.handle(request));
}

/**
 * The server’s disk goes back to an earlier state. As with `stet-server restore`, the epoch is new before the first
 * device is served: what was planned for the server must not kill it in between. Then its administrator gives everybody
 * the roles they had.
 */
export async function goBack(world: World, image: DiskImage): Promise<void> {
  const { server, watch, ledger, cms } = world;
  if (server.up) server.kill();
  server.disarm();
  clearFault(server.file);
  const before = reachable(world, world.clients);
  const held = readApart(server.image(), server.file, heldTokens);
  const put = async (): Promise<void> => {
    server.putBack(image);
    await server.start();
  };
  await (cms ? cms.goBack(put) : put());
  await server.context().store.newEpoch(held);
  watch.serverWentBack();
  await cms?.connect();
  ledger.loseDisk(before, reachable(world, world.clients));
  for (const { id } of PEOPLE) {
    const memberships = [...watch.memberships(id)];
    await changePerson(server.context(), null, id, { memberships });
  }
}
