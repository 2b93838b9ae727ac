import type { ServerContext } from '../../context.ts';
import {
  acceptInvitation,
  changeNewsroom,
  changePassword,
  changePerson,
  invite,
  putDesk,
  signIn,
  theNewsroom,
} from '../../accounts/index.ts';
import { ServerError } from '../../errors.ts';
import { auditBefore, findDesk, findDevice, listDevices, revokeDevice } from '../../store/index.ts';
import { can } from '#shared/workflow';
import type { Handlers } from '../adapter.ts';
import { requirePermission } from '../session.ts';

type Names =
  | 'signIn'
  | 'acceptInvitation'
  | 'invite'
  | 'me'
  | 'changePassword'
  | 'devices'
  | 'revokeDevice'
  | 'putDesk'
  | 'patchPerson'
  | 'patchNewsroom'
  | 'audit';

/** Signing in, people, desks, the newsroom and its audit log. */
export function accountRoutes(context: ServerContext): Pick<Handlers, Names> {
  const { store } = context;
  return {
    signIn: ({ body }) => signIn(context, body),
    acceptInvitation: ({ body }) => acceptInvitation(context, body),
    invite: async ({ session, body }) => {
      requirePermission(session, 'person.invite');
      return invite(context, session.person.id, body);
    },
    me: async ({ session }) => ({ person: session.person, newsroom: await theNewsroom(store.db) }),
    changePassword: ({ session, body }) => {
      const { inside, device, person } = session;
      return changePassword(context, { ...body, inside, device, login: person.login ?? '' });
    },
    devices: async ({ session }) => ({
      devices: (await listDevices(store.db, session.person.id)).map((device) => ({
        id: device.id,
        name: device.name,
        createdAt: device.created_at,
        lastSeenAt: device.last_seen_at,
        current: device.id === session.device,
      })),
    }),
    revokeDevice: async ({ session, params }) => {
      const device = await findDevice(store.db, params.id);
      const mine = device?.person === session.person.id;
      if (!device || (!mine && !can(session.person, 'person.change')))
        throw new ServerError('not-found', 'This device is not one of yours.');
      await store.write(async (unit) => {
        await revokeDevice(unit, params.id);
        await unit.audit({ actor: session.person.id, action: 'device.revoke', subject: params.id });
      });
    },
    putDesk: async ({ session, params, body }) => {
      // A new desk has no chief yet: only an admin makes one.
      const known = await findDesk(store.db, params.id);
      requirePermission(session, known ? 'desk.configure' : 'newsroom.configure', {
        desk: params.id,
      });
      return putDesk(context, session.person.id, params.id, body);
    },
    patchPerson: async ({ session, params, body }) => {
      requirePermission(session, 'person.change');
      return changePerson(context, session.person.id, params.id, body);
    },
    patchNewsroom: async ({ session, body }) => {
      requirePermission(session, 'newsroom.configure');
      return changeNewsroom(context, session.person.id, body);
    },
    audit: async ({ session, query }) => {
      requirePermission(session, 'audit.read');
      return { entries: await auditBefore(store.db, query) };
    },
  };
}
