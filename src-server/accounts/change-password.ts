import type { Id } from '#shared/article';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import type { Caller } from '../sync/index.ts';
import { findByLogin, listDevices, revokeDevice, savePassword } from '../store/index.ts';
import { checkPassword, hashPassword } from './secrets.ts';

interface Changing {
  inside: Caller;
  device: Id;
  login: string;
  current: string;
  password: string;
}

/**
 * Gives the person a new password of their own choice. Their other devices are signed out, for whoever knew the old
 * password may sit at one of them; gives how many that were.
 */
export async function changePassword(
  { store }: ServerContext,
  { inside, device, login, current, password }: Changing,
): Promise<{ devices: number }> {
  const before = await findByLogin(store.db, login);
  if (!(await checkPassword(before?.passwordHash ?? null, current))) throw notTheirs();
  const passwordHash = await hashPassword(password);
  return store.write(async (unit) => {
    const person = await inside(unit.db);
    // Changed meanwhile, by the person elsewhere or by whoever gave them another: what was checked counts no more.
    const now = await findByLogin(unit.db, login);
    if (now?.person.id !== person.id || now.passwordHash !== before?.passwordHash)
      throw notTheirs();
    await savePassword(unit, person.id, passwordHash);
    const others = (await listDevices(unit.db, person.id)).filter(({ id }) => id !== device);
    for (const { id } of others) await revokeDevice(unit, id);
    await unit.audit({
      actor: person.id,
      action: 'person.change-password',
      subject: person.id,
      detail: { devices: others.length },
    });
    return { devices: others.length };
  });
}

function notTheirs(): ServerError {
  return new ServerError(
    'not-the-password',
    'This is not your present password. Nothing was changed; try again.',
  );
}
