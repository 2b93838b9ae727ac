import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { randomBytes } from 'node:crypto';
import { newId } from '#shared/article';
import type { Desk, Person } from '#shared/api';
import type { DeskRole } from '#shared/workflow';
import { createNewsroom, hashPassword } from '../../../src-server/accounts/index.ts';
import { createServer, type Server } from '../../../src-server/index.ts';
import { savePerson } from '../../../src-server/store/index.ts';

export const PASSWORD = 'a password of ten letters';

/** A real publishing server on loopback with a desk, a copy editor (rim) and a desk chief (slot). */
export interface TestNewsroom {
  readonly url: string;
  readonly server: Server;
  desk: Desk;
  rim: Person;
  slot: Person;
  dir: string;
  stop(): Promise<void>;
  start(): Promise<void>;
  /** Keeps the server's data as it is now, for {@link restore}. */
  backUp(): Promise<void>;
  /** Stops the server, puts the kept data in place and starts it again, as an administrator would. */
  restore(): Promise<void>;
  /** Stops the server and removes its data. */
  remove(): Promise<void>;
}

export async function openNewsroom(
  options: { minimumProtocol?: number } = {},
): Promise<TestNewsroom> {
  const root = await mkdtemp(join(tmpdir(), 'stet-newsroom-'));
  const dir = join(root, 'data');
  const kept = join(root, 'kept');
  const open = (): Promise<Server> =>
    createServer({ dataDir: dir, limits: { signInsPerMinute: 1000 }, ...options });
  let server = await open();
  let running = true;
  let url = await server.listen();
  const port = Number(new URL(url).port);

  const { desks } = await createNewsroom(server.context, {
    name: 'The Valley Post',
    siteUrl: url,
    sections: ['News Room'],
    desks: ['News Desk'],
    admin: { login: 'admin', name: 'Ada Admin', password: PASSWORD },
  });
  const desk = desks[0]!;
  const passwordHash = await hashPassword(PASSWORD);
  const join_ = async (login: string, name: string, role: DeskRole): Promise<Person> => {
    const person: Person = {
      id: newId(Date.now, (length) => randomBytes(length)),
      login,
      name,
      affiliation: '',
      admin: false,
      memberships: [{ desk: desk.id, role }],
      active: true,
    };
    await server.context.store.write((unit) => savePerson(unit, person, passwordHash));
    return person;
  };
  const rim = await join_('rim', 'Rim Haddad', 'copy-editor');
  const slot = await join_('slot', 'Jonah Okafor', 'desk-chief');

  const newsroom: TestNewsroom = {
    get url() {
      return url;
    },
    get server() {
      return server;
    },
    desk,
    rim,
    slot,
    dir,
    async stop() {
      if (running) await server.close();
      running = false;
    },
    async start() {
      server = await open();
      url = await server.listen({ port });
      running = true;
    },
    async backUp() {
      await newsroom.stop();
      await rm(kept, { recursive: true, force: true });
      await cp(dir, kept, { recursive: true });
      await newsroom.start();
    },
    async restore() {
      await newsroom.stop();
      await rm(dir, { recursive: true });
      await cp(kept, dir, { recursive: true });
      await newsroom.start();
    },
    async remove() {
      await newsroom.stop();
      await rm(root, { recursive: true, force: true });
    },
  };
  return newsroom;
}
