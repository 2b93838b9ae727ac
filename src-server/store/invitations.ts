import { z } from 'zod';
import { Membership } from '#shared/workflow';
import type { Unit } from './unit.ts';

export interface Invitation {
  name: string;
  memberships: Membership[];
  admin: boolean;
  expiresAt: string;
  used: boolean;
}

export async function saveInvitation(
  { db }: Unit,
  codeHash: string,
  invitation: Omit<Invitation, 'used'>,
): Promise<void> {
  await db
    .insertInto('invitations')
    .values({
      code_hash: codeHash,
      name: invitation.name,
      memberships: JSON.stringify(invitation.memberships),
      admin: Number(invitation.admin),
      expires_at: invitation.expiresAt,
      used_at: null,
    })
    .execute();
}

export async function findInvitation({ db }: Unit, codeHash: string): Promise<Invitation | null> {
  const query = db.selectFrom('invitations').selectAll().where('code_hash', '=', codeHash);
  const row = await query.executeTakeFirst();
  if (!row) return null;
  return {
    name: row.name,
    memberships: z.array(Membership).parse(JSON.parse(row.memberships)),
    admin: row.admin === 1,
    expiresAt: row.expires_at,
    used: row.used_at !== null,
  };
}

export async function useInvitation({ db, at }: Unit, codeHash: string): Promise<void> {
  await db
    .updateTable('invitations')
    .set({ used_at: at })
    .where('code_hash', '=', codeHash)
    .execute();
}
