import type { Id } from '#shared/article';
import type { Newsroom, Person, SignInResponse } from '#shared/api';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import {
  findByLogin,
  findDevice,
  findNewsroom,
  saveDevice,
  type Db,
  type Unit,
} from '../store/index.ts';
import { checkPassword, newSecret } from './secrets.ts';

export interface DeviceClaim {
  id: Id;
  name: string;
}

export async function theNewsroom(db: Db): Promise<Newsroom> {
  const newsroom = await findNewsroom(db);
  if (!newsroom)
    throw new ServerError(
      'unavailable',
      'This server has no newsroom yet. Its administrator creates one with the init command.',
    );
  return newsroom;
}

/** Exchanges login and password for a token of this device. */
export async function signIn(
  context: ServerContext,
  { login, password, device }: { login: string; password: string; device: DeviceClaim },
): Promise<SignInResponse> {
  const found = await findByLogin(context.store.db, login);
  const right = await checkPassword(found?.passwordHash ?? null, password);
  if (!found || !right) throw wrongPassword();
  return context.store.write(async (unit) => {
    // Checking takes a while, in which others may give the person another password, or deactivate them.
    const now = await findByLogin(unit.db, login);
    if (!now?.person.active || now.passwordHash !== found.passwordHash) throw wrongPassword();
    return admitDevice(context, unit, now.person, device);
  });
}

function wrongPassword(): ServerError {
  return new ServerError(
    'wrong-password',
    'Login and password do not match. Check both and try again.',
  );
}

/** Gives a device of this person a new token, inside a write transaction. */
export async function admitDevice(
  context: ServerContext,
  unit: Unit,
  person: Person,
  device: DeviceClaim,
): Promise<SignInResponse> {
  const known = await findDevice(unit.db, device.id);
  if (known && known.person !== person.id)
    throw new ServerError(
      'device-taken',
      'This device is signed in as someone else. Use a profile of your own on this computer.',
    );
  const { secret, hash } = newSecret(context.random);
  await saveDevice(unit, { ...device, person: person.id, tokenHash: hash });
  await unit.audit({
    actor: person.id,
    action: 'device.sign-in',
    subject: device.id,
    detail: { name: device.name },
  });
  return { token: secret, person, newsroom: await theNewsroom(unit.db) };
}
