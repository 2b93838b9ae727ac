import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SampleNewsroom } from '../../core/ports.ts';
import { withFileLock } from './file-lock.ts';
import { samplePeople } from './people.ts';
import { createReferences } from './references.ts';
import {
  findServer,
  lastPort,
  startFailure,
  startServer,
  stopServer,
  type ServerFile,
  type ServerLaunch,
} from './server-process.ts';

export type { ServerLaunch } from './server-process.ts';

export interface SampleNewsroomOptions {
  /** Shared by all profiles: the server's data, `server.json`, who uses it. */
  folder: string;
  /** `people.json` of the sample newsroom. */
  peopleFile: string;
  launch: ServerLaunch;
}

export interface SharedSampleNewsroom extends SampleNewsroom {
  /** Called when Stet closes: the last to leave stops the server. */
  release(): Promise<void>;
}

/** One sample server for all profiles on this computer, started by the first that needs it. */
export function createSampleNewsroom(options: SampleNewsroomOptions): SharedSampleNewsroom {
  const { folder, launch, peopleFile } = options;
  const references = createReferences(join(folder, 'users'), process.pid);
  const alone = <T>(work: () => Promise<T>) => withFileLock(join(folder, 'lock'), work);
  return {
    available: () =>
      existsSync(peopleFile)
        ? { available: true, why: '' }
        : { available: false, why: 'This copy of Stet came without the sample newsroom.' },
    people: () => samplePeople(peopleFile, folder),
    start: () =>
      alone(async () => {
        await references.add();
        const server = (await findServer(folder)) ?? (await startOnItsPort(folder, launch));
        return { url: server.url };
      }),
    stop: () =>
      alone(async () => {
        const server = await findServer(folder);
        if (server) await stopServer(folder, server);
      }),
    async running() {
      const server = await findServer(folder);
      if (server) await references.add();
      return server !== null;
    },
    release: () =>
      alone(async () => {
        await references.remove();
        if ((await references.others()) > 0) return;
        const server = await findServer(folder);
        if (server) await stopServer(folder, server);
      }),
  };
}

async function startOnItsPort(folder: string, launch: ServerLaunch): Promise<ServerFile> {
  const port = await lastPort(folder);
  // Another program may have taken the port since; then any other will do.
  const server =
    (await startServer(folder, launch, port)) ??
    (port === 0 ? null : await startServer(folder, launch, 0));
  if (!server) throw await startFailure(folder);
  await writeFile(join(folder, 'port'), new URL(server.url).port);
  return server;
}
