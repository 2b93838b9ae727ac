import type { Person } from '#shared/api';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { findByLogin, revokeDevicesOf, savePassword } from '../store/index.ts';
import { hashPassword } from './secrets.ts';

/** Gives a person a new password. Their devices are signed out: whoever knew the old one may have used it. */
export async function resetPassword(
  { store }: ServerContext,
  login: string,
  password: string,
): Promise<Person> {
  const passwordHash = await hashPassword(password);
  return store.write(async (unit) => {
    const found = await findByLogin(unit.db, login);
    if (!found)
      throw new ServerError(
        'not-found',
        `Nobody has the login ${login}. “list people” shows them.`,
      );
    const { person } = found;
    await savePassword(unit, person.id, passwordHash);
    await revokeDevicesOf(unit, person.id);
    await unit.audit({ actor: null, action: 'person.reset-password', subject: person.id });
    return person;
  });
}
