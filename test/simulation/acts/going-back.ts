import { PROTOCOL_HEADER } from '#shared/api';
import { changePerson } from '../../../src-server/accounts/newsroom.ts';
import { heldTokens, revokeAllBut } from '../../../src-server/store/index.ts';
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
 * Who puts a server’s disk back: `command` is `stet-server restore`, which begins a new epoch before the first device is
 * served; by hand nobody says so, and the server has to find it out.
 */
export type Restoring = 'command' | 'by-hand';

/**
 * The server’s disk goes back to an earlier state. What was planned for the server must not kill it in between. Then its
 * administrator signs out who was signed out, and gives everybody the roles they had.
 */
export async function goBack(world: World, image: DiskImage, by: Restoring): Promise<void> {
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
  const { store } = server.context();
  if (by === 'command') await store.newEpoch(held);
  else await store.write((unit) => revokeAllBut(unit, held));
  watch.serverWentBack();
  await cms?.connect();
  ledger.loseDisk(before, reachable(world, world.clients));
  for (const { id } of PEOPLE) {
    const memberships = [...watch.memberships(id)];
    await changePerson(server.context(), null, id, { memberships });
  }
}
