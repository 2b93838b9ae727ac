import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Desk, Person } from '#shared/api';
import { createNewsroom, hashPassword } from '../../src-server/accounts/index.ts';
import { openContext } from '../../src-server/index.ts';
import { openStore, savePerson, type Store } from '../../src-server/store/index.ts';
import { anId } from '../helpers/articles.ts';
import { startPostgres, type TestPostgres } from '../helpers/postgres.ts';
import { startChild, type Child } from './child.ts';

export type EngineName = 'sqlite' | 'postgres';
export const PASSWORD = 'a password for durability';

const CLI = resolve(import.meta.dirname, '../../src-server/cli.ts');

/** One process that serves the newsroom, always at the same address. */
export interface ServerProcess {
  url: string;
  up: () => boolean;
  start: () => Promise<void>;
  kill: () => Promise<void>;
}

/** A newsroom in a folder of its own, the processes that serve it, and people on one desk. */
export interface Newsroom {
  engine: EngineName;
  folder: string;
  dataDir: string;
  desk: Desk;
  people: { login: string; person: Person }[];
  servers: ServerProcess[];
  postgres: TestPostgres | null;
  /** The database as it is, beside the servers. */
  openStore: () => Promise<Store>;
  close: () => Promise<void>;
}

async function freePort(): Promise<number> {
  return new Promise((settle, fail) => {
    const server = createServer();
    server.on('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => settle(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

function serverProcess(dataDir: string, databaseUrl: string, port: number): ServerProcess {
  let child: Child | null = null;
  return {
    url: `http://127.0.0.1:${port}`,
    up: () => child !== null && !child.ended(),
    start: async () => {
      child = await startChild([CLI, 'serve', '--data', dataDir, '--port', String(port)], {
        env: { DATABASE_URL: databaseUrl },
        ready: /is served at/,
      });
    },
    kill: async () => {
      await child?.kill();
      child = null;
    },
  };
}

/** Sets a newsroom up and starts its servers: one on SQLite, two on one PostgreSQL. */
export async function openNewsroom(
  engine: EngineName,
  logins: readonly string[],
): Promise<Newsroom> {
  const folder = await mkdtemp(join(tmpdir(), `stet-durability-${engine}-`));
  const dataDir = join(folder, 'server');
  const postgres = engine === 'postgres' ? await startPostgres({ durable: true }) : null;
  const databaseUrl = (await postgres?.createDatabase()) ?? '';
  const location = { dataDir, databaseUrl: databaseUrl === '' ? undefined : databaseUrl };
  const ports = await Promise.all((engine === 'postgres' ? [1, 2] : [1]).map(freePort));
  const servers = ports.map((port) => serverProcess(dataDir, databaseUrl, port));

  const context = await openContext({ ...location });
  const { desks } = await createNewsroom(context, {
    name: 'The Valley Post',
    siteUrl: servers[0]?.url ?? '',
    sections: ['News Room'],
    desks: ['News Desk'],
    admin: { login: 'admin', name: 'Ada Min', password: PASSWORD },
  });
  const desk = desks[0];
  if (!desk) throw new Error('The newsroom has no desk.');
  const hash = await hashPassword(PASSWORD);
  const people = logins.map((login) => {
    const role = login.startsWith('chief') ? ('desk-chief' as const) : ('copy-editor' as const);
    const memberships = [{ desk: desk.id, role }];
    const about = { name: login, affiliation: '', admin: false, active: true };
    return { login, person: { id: anId(), login, memberships, ...about } };
  });
  await context.store.write(async (unit) => {
    for (const { person } of people) await savePerson(unit, person, hash);
  });
  await context.store.close();
  await Promise.all(servers.map((server) => server.start()));
  return {
    engine,
    folder,
    dataDir,
    desk,
    people,
    servers,
    postgres,
    openStore: () => openStore(location),
    close: async () => {
      await Promise.all(servers.map((server) => server.kill()));
      await postgres?.stop();
      await rm(folder, { recursive: true, force: true, maxRetries: 10 });
    },
  };
}
