import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ADMIN, CAST } from '../../src-server/sample/cast.ts';
import { isAlive, withFileLock } from '../../src-main/host-common/sample-newsroom/file-lock.ts';
import {
  createSampleNewsroom,
  type SharedSampleNewsroom,
} from '../../src-main/host-common/sample-newsroom/index.ts';
import { createReferences } from '../../src-main/host-common/sample-newsroom/references.ts';

const root = resolve(import.meta.dirname, '../..');
const peopleFile = join(root, 'resources/sample-newsroom/people.json');
const launch = { command: process.execPath, args: [join(root, 'src-server/cli.ts')] };

let data: string;
let folder: string;
let newsroom: SharedSampleNewsroom;

beforeEach(async () => {
  data = await mkdtemp(join(tmpdir(), 'stet-sample-'));
  folder = join(data, 'sample');
  newsroom = createSampleNewsroom({ folder, peopleFile, launch });
});

afterEach(async () => {
  await rm(join(folder, 'users'), { recursive: true, force: true });
  await newsroom.release();
  await rm(data, { recursive: true });
});

const serverPid = async () =>
  (JSON.parse(await readFile(join(folder, 'server.json'), 'utf8')) as { pid: number }).pid;
const healthOf = async (url: string) => (await fetch(`${url}/v1/health`)).status;

/** Another Stet that uses the same server: any process that lives. */
async function anotherStet(): Promise<void> {
  await mkdir(join(folder, 'users'), { recursive: true });
  await writeFile(join(folder, 'users', String(process.ppid)), '');
}

test('two profiles that start at once share one server, and the last to leave stops it', async () => {
  const second = createSampleNewsroom({ folder, peopleFile, launch });
  expect(await newsroom.running()).toBe(false);
  const [one, two] = await Promise.all([newsroom.start(), second.start()]);
  expect(one).toEqual(two);
  expect(await healthOf(one.url)).toBe(200);
  expect(newsroom.people().every(({ password }) => password !== '')).toBe(true);

  const pid = await serverPid();
  await anotherStet();
  await newsroom.release();
  expect(isAlive(pid)).toBe(true);
  await rm(join(folder, 'users'), { recursive: true });
  await newsroom.release();
  expect(isAlive(pid)).toBe(false);
  expect(existsSync(join(folder, 'server.json'))).toBe(false);
}, 120_000);

test('a server that was stopped comes back at the same address, where the profiles look for it', async () => {
  const { url } = await newsroom.start();
  await newsroom.stop();
  expect(await newsroom.running()).toBe(false);
  await expect(fetch(url)).rejects.toThrow();
  expect(await newsroom.start()).toEqual({ url });
  expect(await newsroom.running()).toBe(true);
}, 120_000);

test('a server.json left by a crash is not taken for a server', async () => {
  await mkdir(folder, { recursive: true });
  const left = { pid: process.pid, url: 'http://127.0.0.1:9' };
  await writeFile(join(folder, 'server.json'), JSON.stringify(left));
  expect(await newsroom.running()).toBe(false);
  await newsroom.stop();
  expect(isAlive(process.pid)).toBe(true);
});

test('a server that cannot start says so in a sentence, with what it said last', async () => {
  const broken = createSampleNewsroom({
    folder,
    peopleFile,
    launch: {
      command: process.execPath,
      args: ['-e', 'console.error("No room."); process.exit(1)'],
    },
  });
  await expect(broken.start()).rejects.toMatchObject({
    code: 'server',
    message: expect.stringMatching(/articles are safe.* It said: No room\.$/) as string,
  });
});

test('without its people the sample newsroom is not offered, and says why', () => {
  const missing = createSampleNewsroom({ folder, peopleFile: join(data, 'none.json'), launch });
  expect(missing.available()).toEqual({
    available: false,
    why: 'This copy of Stet came without the sample newsroom.',
  });
  expect(newsroom.available()).toEqual({ available: true, why: '' });
});

test('the people offered are those the server has accounts for', () => {
  const accounts = [...CAST, ADMIN].filter(({ login }) => login !== null);
  const named = (people: readonly { login: string | null; name: string }[]) =>
    people.map(({ login, name }) => `${login ?? ''} ${name}`).toSorted();
  expect(named(newsroom.people())).toEqual(named(accounts));
  for (const { login, title } of newsroom.people())
    expect(title).toBe(
      CAST.find((part) => part.login === login)?.role?.replace('-', ' ') ?? 'newsroom admin',
    );
});

test('a reference of a process that is gone does not count', async () => {
  const references = createReferences(join(folder, 'users'), process.pid);
  await references.add();
  await writeFile(join(folder, 'users', '999999999'), '');
  expect(await references.others()).toBe(0);
  expect(existsSync(join(folder, 'users', '999999999'))).toBe(false);
  expect(existsSync(join(folder, 'users', String(process.pid)))).toBe(true);
});

test('only one holds a lock at a time, and a dead holder’s lock is broken', async () => {
  const lock = join(data, 'lock');
  await writeFile(lock, '999999999');
  let inside = 0;
  const most: number[] = [];
  const work = () =>
    withFileLock(lock, async () => {
      most.push((inside += 1));
      await readFile(lock);
      inside -= 1;
    });
  await Promise.all(Array.from({ length: 12 }, work));
  expect(most).toEqual(Array.from({ length: 12 }, () => 1));
  expect(existsSync(lock)).toBe(false);
});
