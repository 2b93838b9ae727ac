import { newId } from '#shared/article';
import type { Person, SignInResponse } from '#shared/api';
import type { Membership } from '#shared/workflow';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import {
  findByLogin,
  findInvitation,
  saveInvitation,
  savePerson,
  useInvitation,
} from '../store/index.ts';
import { checkName } from './checks.ts';
import { requireDesks } from './newsroom.ts';
import { hashPassword, hashSecret, newSecret } from './secrets.ts';
import { admitDevice, theNewsroom, type DeviceClaim } from './sign-in.ts';

const INVITATION_DAYS = 7;

export interface NewInvitation {
  name: string;
  memberships: Membership[];
  admin: boolean;
}

/** Invites a person. The code is given once; only its hash is kept. `by` is null for the command line. */
export async function invite(
  context: ServerContext,
  by: Person['id'] | null,
  invitation: NewInvitation,
): Promise<{ code: string; url: string; expiresAt: string }> {
  const name = checkName('The person', invitation.name);
  const { secret, hash } = newSecret(context.random);
  const expiresAt = new Date(context.clock() + INVITATION_DAYS * 86_400_000).toISOString();
  const newsroom = await context.store.write(async (unit) => {
    await requireDesks(unit, invitation);
    await saveInvitation(unit, hash, { ...invitation, name, expiresAt });
    await unit.audit({
      actor: by,
      action: 'person.invite',
      subject: name,
      detail: { admin: invitation.admin, expiresAt },
    });
    return theNewsroom(unit.db);
  });
  return { code: secret, url: `${newsroom.siteUrl}/-/invitation#${secret}`, expiresAt };
}

/** Takes up an invitation: a person comes to be, with the login and password they chose, and their device signs in. */
export async function acceptInvitation(
  context: ServerContext,
  {
    code,
    login,
    password,
    device,
  }: { code: string; login: string; password: string; device: DeviceClaim },
): Promise<SignInResponse> {
  const passwordHash = await hashPassword(password);
  return context.store.write(async (unit) => {
    const codeHash = hashSecret(code);
    const invitation = await findInvitation(unit, codeHash);
    if (!invitation)
      throw new ServerError(
        'not-found',
        'This invitation is not known here. Check the code, or ask for a new one.',
      );
    if (invitation.used)
      throw new ServerError(
        'invitation-used',
        'This invitation has been used. Sign in, or ask for a new one.',
      );
    if (Date.parse(invitation.expiresAt) <= context.clock())
      throw new ServerError(
        'invitation-expired',
        'This invitation has expired. Ask for a new one.',
      );
    if (await findByLogin(unit.db, login))
      throw new ServerError(
        'login-taken',
        'Someone in this newsroom has this login already. Choose another.',
      );
    const person: Person = {
      id: newId(context.clock, context.random),
      login: login.toLowerCase(),
      name: invitation.name,
      affiliation: '',
      admin: invitation.admin,
      memberships: invitation.memberships,
      active: true,
    };
    await savePerson(unit, person, passwordHash);
    await useInvitation(unit, codeHash);
    await unit.audit({
      actor: person.id,
      action: 'person.join',
      subject: person.id,
      detail: { login: person.login },
    });
    return admitDevice(context, unit, person, device);
  });
}
