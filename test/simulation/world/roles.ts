import type { Id } from '#shared/article';
import type { DeskRole, Membership } from '#shared/workflow';
import { changePerson } from '../../../src-server/accounts/newsroom.ts';
import { lookAt } from './disk.ts';
import type { World } from './world.ts';

const ROLES = 'SELECT desk, role FROM memberships WHERE person = ? ORDER BY position';

/**
 * The administrator gives somebody these roles, and no others, if the server can be reached. One that dies over it may
 * have done it all the same.
 */
export async function giveRoles(
  { server, watch }: World,
  person: Id,
  memberships: readonly Membership[],
): Promise<void> {
  if (!server.up) return;
  try {
    await changePerson(server.context(), null, person, { memberships: [...memberships] });
  } finally {
    const roles = lookAt(server.file, (db) =>
      db.prepare<[Id], { desk: Id; role: DeskRole }>(ROLES).all(person),
    );
    watch.changedRole(person, roles);
  }
}
