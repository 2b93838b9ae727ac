import { spawn } from 'node:child_process';
import { mkdir, open, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { ROUTES } from '#shared/api';
import { StetError } from '#shared/contract';
import { isAlive } from './file-lock.ts';

/** What the server writes to `server.json` in its folder when it is ready. */
const ServerFile = z.object({ pid: z.number().int().positive(), url: z.url() });
export type ServerFile = z.infer<typeof ServerFile>;

/** How to run the publishing server with arguments of its own: `sample --data DIR --port N`. */
export interface ServerLaunch {
  command: string;
  args: readonly string[];
}

const START_MS = 90_000;
const STOP_MS = 10_000;

/** The server that `server.json` names, if it answers as a publishing server. */
export async function findServer(folder: string): Promise<ServerFile | null> {
  const server = await readServerFile(folder);
  return server && (await isHealthy(server.url)) ? server : null;
}

/** The port on which the server was last: profiles remember its address, so it should come back to the same one. */
export async function lastPort(folder: string): Promise<number> {
  const text = await readFile(join(folder, 'port'), 'utf8').catch(() => '');
  const port = Number(text);
  return Number.isInteger(port) && port > 0 && port <= 65_535 ? port : 0;
}

/** Starts the server as a process that outlives this one, and waits until it answers. Null when it ended at once. */
export async function startServer(
  folder: string,
  { command, args }: ServerLaunch,
  port: number,
): Promise<ServerFile | null> {
  await mkdir(folder, { recursive: true });
  await rm(join(folder, 'server.json'), { force: true });
  const log = await open(join(folder, 'server.log'), 'w', 0o600);
  const child = spawn(command, [...args, 'sample', '--data', folder, '--port', String(port)], {
    detached: true,
    stdio: ['ignore', log.fd, log.fd],
    windowsHide: true,
  });
  const life = { ended: false };
  const end = () => void (life.ended = true);
  child.once('exit', end).once('error', end);
  child.unref();
  await log.close();
  const deadline = performance.now() + START_MS;
  while (!life.ended && performance.now() < deadline) {
    const server = await findServer(folder);
    if (server) return server;
    await wait(100);
  }
  if (!life.ended) child.kill();
  return null;
}

/** Asks the server to end and waits until it has. */
export async function stopServer(folder: string, { pid }: ServerFile): Promise<void> {
  signal(pid, 'SIGTERM');
  if (!(await hasEnded(pid))) signal(pid, 'SIGKILL');
  if (!(await hasEnded(pid))) throw new Error(`The sample server, process ${pid}, does not end.`);
  await rm(join(folder, 'server.json'), { force: true });
}

/** Why the server did not start, with the last thing it said. */
export async function startFailure(folder: string): Promise<StetError> {
  const log = await readFile(join(folder, 'server.log'), 'utf8').catch(() => '');
  const last = log.trim().split('\n').at(-1)?.slice(0, 300) ?? '';
  return new StetError(
    'server',
    `The sample newsroom’s server did not start. Your articles are safe on this computer; try again.${last && ` It said: ${last}`}`,
  );
}

async function readServerFile(folder: string): Promise<ServerFile | null> {
  try {
    return ServerFile.parse(JSON.parse(await readFile(join(folder, 'server.json'), 'utf8')));
  } catch {
    return null;
  }
}

async function isHealthy(url: string): Promise<boolean> {
  try {
    const answer = await fetch(new URL(ROUTES.health.path, url), {
      signal: AbortSignal.timeout(3000),
    });
    return answer.ok && ROUTES.health.response.safeParse(await answer.json()).success;
  } catch {
    return false;
  }
}

async function hasEnded(pid: number): Promise<boolean> {
  const deadline = performance.now() + STOP_MS;
  while (isAlive(pid)) {
    if (performance.now() > deadline) return false;
    await wait(50);
  }
  return true;
}

function signal(pid: number, name: 'SIGTERM' | 'SIGKILL'): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
