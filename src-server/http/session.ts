import type { FastifyRequest } from 'fastify';
import type { Id } from '#shared/article';
import type { Person } from '#shared/api';
import { can, type Action, type Scope } from '#shared/workflow';
import { hashSecret } from '../accounts/index.ts';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { findDeviceByToken, findPerson, markSeen } from '../store/index.ts';

/** Who is calling, from which device. */
export interface Session {
  person: Person;
  device: Id;
}

const SEEN_EVERY_MS = 60_000;

/** The session behind a request's token. Throws `signed-out` for none, an unknown or a revoked one. */
export async function openSession(
  { store, clock }: Pick<ServerContext, 'store' | 'clock'>,
  request: FastifyRequest,
): Promise<Session> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
  const device = token === undefined ? null : await findDeviceByToken(store.db, hashSecret(token));
  const person = device && (await findPerson(store.db, device.person));
  if (!device || !person?.active)
    throw new ServerError(
      'signed-out',
      'This device is signed out. Sign in again; nothing is lost.',
    );
  if (clock() - Date.parse(device.last_seen_at) > SEEN_EVERY_MS)
    await markSeen(store.db, device.id, new Date(clock()).toISOString());
  return { person, device: device.id };
}

/** Throws `forbidden` unless the table of permissions lets this person do it. */
export function requirePermission(session: Session, action: Action, scope?: Scope): void {
  if (!can(session.person, action, scope))
    throw new ServerError('forbidden', 'Your role in this newsroom does not allow this.');
}
