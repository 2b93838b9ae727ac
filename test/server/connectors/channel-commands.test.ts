import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { runCommandLine } from '../../../src-server/commands/index.ts';
import type { ServedCms } from '../../helpers/cms/cms.ts';
import { ghostKit, wordPressKit } from './kits.ts';
import type { CmsAccess } from './publishing-house.ts';

let folder: string;
let data: string;
let served: ServedCms;
let access: CmsAccess;
let printed: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-channels-'));
  data = join(folder, 'newsroom');
  printed = [];
  ({ served, access } = await wordPressKit().open());
  process.env.STET_ADMIN_PASSWORD = 'a password for tests';
  await run('init', '--name', 'The Gazette', '--site-url', 'https://news.example.org');
});
afterEach(async () => {
  delete process.env.STET_ADMIN_PASSWORD;
  delete process.env.STET_CHANNEL_SECRET;
  await served.close();
  await rm(folder, { recursive: true, force: true });
});

async function run(...args: string[]): Promise<number> {
  const line = (text: string): void => void printed.push(text);
  return runCommandLine(['node', 'server', ...args, '--data', data], { print: line, fail: line });
}

const add = (...more: string[]): Promise<number> =>
  run('channel', 'add', 'wordpress', served.url, '--account', 'stet', ...more);

it('connects what lets Stet in, lists it, tests it and forgets it, and never shows the secret', async () => {
  process.env.STET_CHANNEL_SECRET = access.secret;
  expect(await add('--desk', 'News Desk')).toBe(0);
  expect(printed.at(-1)).toBe(
    'WordPress is connected. What is published from now on goes there too.',
  );
  expect(await run('channel', 'list')).toBe(0);
  expect(printed.at(-1)).toMatch(/^WordPress {2}WordPress {2}http:\S+ {2}News Desk {2}0 waiting/);
  expect(await run('channel', 'test', 'wordpress')).toBe(0);
  expect(printed.at(-1)).toContain('lets stet publish.');
  expect(await add()).toBe(1);
  expect(printed.at(-1)).toContain('Give this one another --name.');
  expect(await run('audit')).toBe(0);
  expect(await run('channel', 'remove', 'WordPress')).toBe(0);
  expect(await run('channel', 'list')).toBe(0);
  expect(printed.at(-1)).toContain('No CMS is connected.');
  expect(printed.join('\n')).not.toContain(access.secret);
});

it('keeps the secret unreadable in the database and its backup, and takes the key along when that is put back', async () => {
  process.env.STET_CHANNEL_SECRET = access.secret;
  await add();
  const backup = join(folder, 'backup');
  expect(await run('backup', backup)).toBe(0);
  for (const name of ['newsroom/server.db', 'newsroom/server.db-wal', 'backup/server.db']) {
    const bytes = await readFile(join(folder, name)).catch(() => Buffer.alloc(0));
    expect(bytes.includes(Buffer.from(access.secret))).toBe(false);
  }
  expect(await readdir(backup)).not.toContain('channels.key');
  expect(await run('restore', backup)).toBe(0);
  expect(await run('channel', 'test', 'WordPress')).toBe(0);
  await rm(join(data, 'channels.key'));
  expect(await run('channel', 'test', 'WordPress')).toBe(1);
  expect(printed.at(-1)).toContain('Give it again: channel secret.');
  expect(await run('channel', 'secret', 'WordPress')).toBe(0);
  expect(await run('channel', 'test', 'WordPress')).toBe(0);
});

it('connects nothing that does not let Stet in, and sends no secret over an open line', async () => {
  process.env.STET_CHANNEL_SECRET = 'wrong';
  expect(await add()).toBe(1);
  expect(printed.at(-1)).toContain('You are not currently logged in.');
  expect(await run('channel', 'add', 'ghost', 'http://blog.example.org')).toBe(1);
  expect(printed.at(-1)).toContain('must begin with https://');
  expect(await run('channel', 'add', 'ghost', served.url)).toBe(1);
  expect(printed.at(-1)).toContain('This is no Admin API key.');
  const ghost = await ghostKit().open();
  process.env.STET_CHANNEL_SECRET = ghost.access.secret;
  expect(await run('channel', 'add', 'ghost', ghost.served.url, '--desk', 'Nobody')).toBe(1);
  expect(printed.at(-1)).toContain('There is no desk “Nobody”.');
  expect(await run('channel', 'add', 'ghost', ghost.served.url)).toBe(0);
  await ghost.served.close();
});
