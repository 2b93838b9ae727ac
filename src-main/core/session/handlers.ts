import { safeLink } from '#shared/article';
import { StetError, type Emit, type Handlers } from '#shared/contract';
import type { Ports } from '../ports.ts';
import type { Store } from '../store/index.ts';
import { asStetError } from './errors.ts';
import type { Session } from './session.ts';
import type { StatusKeeper } from './status.ts';

type Names =
  | 'app.status'
  | 'app.openExternal'
  | 'setup.samplePeople'
  | 'setup.sample'
  | 'setup.connect'
  | 'setup.accept'
  | 'session.signIn'
  | 'session.signOut'
  | 'session.changePassword'
  | 'sample.server'
  | 'people.invite'
  | 'desks.save';

const OPENABLE = /^(https?|mailto):/;

/** The calls about this computer's place in a newsroom. Besides fetching a page, only these wait for the network. */
export function sessionHandlers(parts: {
  store: Store;
  ports: Ports;
  session: Session;
  status: StatusKeeper;
  emit: Emit;
}): Pick<Handlers, Names> {
  const { store, ports, session, status, emit } = parts;
  const done = async (work: () => Promise<void>): Promise<Record<string, never>> => {
    await asStetError(work);
    return {};
  };
  return {
    'app.status': () => status.read(),
    'app.openExternal': async ({ url }) => {
      const safe = safeLink(url);
      if (safe === null || !OPENABLE.test(safe))
        throw new StetError('refused', 'Stet opens web and mail addresses only.');
      await ports.openExternal(safe);
      return {};
    },
    'setup.samplePeople': () => session.samplePeople(),
    'setup.sample': ({ login }) => done(() => session.playSample(login)),
    'setup.connect': ({ url, login, password }) =>
      done(() => session.connect(url, login, password)),
    'setup.accept': ({ url, code, login, password }) =>
      done(() => session.accept(url, code, login, password)),
    'session.signIn': ({ password }) => done(() => session.signIn(password)),
    'session.signOut': () => done(() => session.signOut()),
    'session.changePassword': (input) =>
      asStetError(async () => {
        if (session.sample())
          throw new StetError('refused', 'In the sample newsroom nobody needs a password.');
        const server = await session.server();
        return server.call('changePassword', { body: input });
      }),
    'sample.server': ({ running }) => done(() => session.runSample(running)),
    'people.invite': ({ name, desk, role }) =>
      asStetError(async () => {
        const server = await session.server();
        return server.call('invite', { body: { name, memberships: [{ desk, role }] } });
      }),
    'desks.save': ({ desk: id, name, profile }) =>
      done(async () => {
        const server = await session.server();
        const desk = await server.call('putDesk', { params: { id }, body: { name, profile } });
        store.people.putDesk(desk);
        emit('lists', {});
      }),
  };
}
