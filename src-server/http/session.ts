import type { FastifyRequest } from 'fastify';
import type { Id } from '#shared/article';
import type { Person } from '#shared/api';
import { can, type Action, type Scope } from '#shared/workflow';
import { hashSecret } from '../accounts/index.ts';
import type { ServerContext } from '../context.ts';
import { ServerError } from '../errors.ts';
import { findHolder, markSeen, type Db } from '../store/index.ts';
import type { Caller } from '../sync/index.ts';

/** Who is calling, from which device. */
export interface Session {
  person: Person;
  device: Id;
  /**
   * The caller once more, as the transaction sees them in which something is read or done: a token revoked or a role
   * taken away since the request came counts from that moment.
   */
  inside: Caller;
}

const SEEN_EVERY_MS = 60_000;

/** The session behind a request's token. Throws `signed-out` for none, an unknown or a revoked one. */
export async function openSession(
  { store, clock }: Pick<ServerContext, 'store' | 'clock'>,
  request: FastifyRequest,
): Promise<Session> {
  const token = /^Bearer ([\w-]{20,100})$/.exec(request.headers.authorization ?? '')?.[1];
  const tokenHash = token === undefined ? null : hashSecret(token);
  const look = async (db: Db): Promise<{ person: Person; device: Id; seenAt: string }> => {
    const holder = tokenHash === null ? null : await findHolder(db, tokenHash);
    if (!holder?.person.active)
      throw new ServerError(
        'signed-out',
        'This device is signed out. Sign in again; nothing is lost.',
      );
    return holder;
  };
  const { person, device, seenAt } = await look(store.db);
  if (clock() - Date.parse(seenAt) > SEEN_EVERY_MS)
    await markSeen(store.db, device, new Date(clock()).toISOString());
  return { person, device, inside: async (db) => (await look(db)).person };
}

/** Throws `forbidden` unless the table of permissions lets this person do it. */
export function requirePermission(session: Session, action: Action, scope?: Scope): void {
  if (!can(session.person, action, scope))
    throw new ServerError('forbidden', 'Your role in this newsroom does not allow this.');
}
