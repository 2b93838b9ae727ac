import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { placeOf } from '#shared/api';
import { runCommandLine } from '../../src-server/commands/index.ts';
import { createServer } from '../../src-server/index.ts';
import { openStore, StoreError, verifyAudit } from '../../src-server/store/index.ts';
import { anId } from '../helpers/articles.ts';
import {
  chiefOn,
  contentFor,
  editorOn,
  publishArticle,
  startNewsroom,
  type TestClient,
  type TestNewsroom,
} from '../helpers/server.ts';

/** Runs a command as the terminal would; gives what it printed. */
async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const out: string[] = [];
  const err: string[] = [];
  const code = await runCommandLine(['node', 'server', ...args], {
    print: (line) => out.push(line),
    fail: (line) => err.push(line),
  });
  return { code, out: out.join('\n'), err: err.join('\n') };
}

describe('what is stored', () => {
  let newsroom: TestNewsroom;
  let editor: TestClient;
  let chief: TestClient;
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stet-durability-'));
    newsroom = await startNewsroom();
    editor = await newsroom.join('Editor', editorOn(newsroom.newsDesk));
    chief = await newsroom.join('Chief', chiefOn(newsroom.newsDesk));
  });
  afterAll(async () => {
    await newsroom.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('is all there after a restart', async () => {
    const { path } = await publishArticle(newsroom, editor, chief);
    const page = (await newsroom.fetch(path)).text;
    const before = await chief.changes();
    await newsroom.restart();
    const after = await chief.changes();
    expect(after).toEqual({ ...before, cursor: after.cursor });
    const { epoch, seq } = placeOf(before.cursor);
    expect(placeOf(after.cursor)).toMatchObject({ epoch, seq });
    expect((await newsroom.fetch(path)).text).toBe(page);
    expect(await editor.write(anId(), contentFor(newsroom.newsDesk))).toMatchObject({
      outcome: 'accepted',
      seq: 3,
    });
  });

  it('is written through to the disk: WAL and FULL', async () => {
    const { sql } = await import('kysely');
    const { db } = newsroom.server.context.store;
    const { rows } = await sql<{ synchronous: number }>`pragma synchronous`.execute(db);
    expect(rows[0]?.synchronous).toBe(2);
    const mode = await sql<{ journal_mode: string }>`pragma journal_mode`.execute(db);
    expect(mode.rows[0]?.journal_mode).toBe('wal');
  });

  it('comes back from a backup in a new epoch, and the device’s lost work can be offered again', async () => {
    const backup = join(folder, 'backup');
    const kept = anId();
    const { hash } = await editor.write(kept, contentFor(newsroom.newsDesk));
    expect(await run('backup', backup, '--data', newsroom.dataDir)).toMatchObject({ code: 0 });
    expect((await run('backup', backup, '--data', newsroom.dataDir)).err).toContain(
      'holds a backup already',
    );
    const lost = await editor.write(kept, contentFor(newsroom.newsDesk, { body: ['Lost.'] }), [
      hash,
    ]);
    const { cursor } = await editor.changes();

    await newsroom.server.close();
    const restored = await run('restore', backup, '--data', newsroom.dataDir);
    expect(restored).toMatchObject({ code: 0 });
    const aside = /kept in (.*)\./.exec(restored.out)![1]!;
    newsroom.server = await createServer(newsroom.options);
    newsroom.url = await newsroom.server.listen();

    const after = await editor.changes(cursor);
    expect(after.reset).toBe(true);
    expect(placeOf(after.cursor).epoch).not.toBe(placeOf(cursor).epoch);
    const find = (changes: typeof after.changes) =>
      changes.find(({ kind, data }) => kind === 'article' && data.id === kept)?.data;
    expect(find(after.changes)).toMatchObject({ head: hash });
    // Another profile of the same person brings the revision back.
    const again = await newsroom.join('Editor again', editorOn(newsroom.newsDesk));
    const offered = await again.write(kept, contentFor(newsroom.newsDesk, { body: ['Lost.'] }), [
      hash,
    ]);
    expect(offered).toMatchObject({ outcome: 'accepted' });
    expect(lost.outcome).toBe('accepted');
    await rm(aside, { recursive: true });
  });

  it('is restored with everybody signed out who was so since the backup', async () => {
    const backup = join(folder, 'before-signing-out');
    const lost = await newsroom.join('Lost laptop', editorOn(newsroom.newsDesk));
    expect(await run('backup', backup, '--data', newsroom.dataDir)).toMatchObject({ code: 0 });
    await lost.request('DELETE', `/v1/devices/${lost.device}`);
    expect((await lost.request('GET', '/v1/me')).status).toBe(401);
    const statuses = async (): Promise<number[]> => {
      newsroom.server = await createServer(newsroom.options);
      newsroom.url = await newsroom.server.listen();
      const [first, second] = await Promise.all(
        [lost, editor].map((client) => client.request('GET', '/v1/me')),
      );
      return [first!.status, second!.status];
    };

    await newsroom.server.close();
    const restored = await run('restore', backup, '--data', newsroom.dataDir);
    expect(restored.out).toContain('One device was signed out');
    expect(restored.out).toContain('Accounts, roles and passwords are those of the backup');
    expect(await statuses()).toEqual([401, 200]);

    // With nothing to compare with, every token may be one that was revoked.
    await newsroom.server.close();
    expect((await run('new-epoch', '--data', newsroom.dataDir)).out).toContain('signed out');
    expect(await statuses()).toEqual([401, 401]);
    editor = await newsroom.join('Editor after it', editorOn(newsroom.newsDesk));
    chief = await newsroom.join('Chief after it', chiefOn(newsroom.newsDesk));
    await rm(/kept in (.*)\./.exec(restored.out)![1]!, { recursive: true });
  });

  it('shows when the audit log was changed behind its back', async () => {
    expect((await run('audit-verify', '--data', newsroom.dataDir)).out).toContain('whole');
    const copy = join(folder, 'tampered');
    const backup = join(folder, 'for-tampering');
    await run('backup', backup, '--data', newsroom.dataDir);
    await cp(backup, copy, { recursive: true });
    const database = new Database(join(copy, 'server.db'));
    database.exec("drop trigger audit_no_update; update audit set detail = '{}' where n = 3");
    database.close();
    const { code, err } = await run('audit-verify', '--data', copy);
    expect({ code, err }).toMatchObject({
      code: 1,
      err: expect.stringContaining('entry 3') as unknown,
    });
    const store = await openStore({ dataDir: newsroom.dataDir });
    expect((await verifyAudit(store.db)).brokenAt).toBeNull();
    await store.close();
  });

  it('is left alone by a build that is too old for it', async () => {
    const newer = join(folder, 'newer');
    await (await openStore({ dataDir: newer })).close();
    const database = new Database(join(newer, 'server.db'));
    database.exec('insert into schema_version values (999)');
    database.close();
    await expect(openStore({ dataDir: newer })).rejects.toThrow(/newer version of Stet/);
  });

  it('is not taken for a database when it is garbage', async () => {
    const garbage = join(folder, 'garbage');
    await (await openStore({ dataDir: garbage })).close();
    await writeFile(join(garbage, 'server.db'), 'no database at all '.repeat(500));
    await expect(openStore({ dataDir: garbage })).rejects.toThrow(StoreError);
    expect(await readFile(join(garbage, 'server.db'), 'utf8')).toContain('no database at all');
  });
});

describe('the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stet-command-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('creates a newsroom, invites people and lists what there is', async () => {
    const data = join(folder, 'newsroom');
    const made = await run(
      'init',
      '--name',
      'The Gazette',
      '--site-url',
      'https://gazette.example/',
      '--section',
      'Town',
      '--desk',
      'City Desk',
      '--data',
      data,
    );
    expect(made).toMatchObject({ code: 0, err: '' });
    const password = /shown only now: (\S+)/.exec(made.out)![1]!;
    expect((await run('list', 'desks', '--data', data)).out).toContain('City Desk');
    const invited = await run('invite', 'Ann Lee', '--chief', 'city desk', '--data', data);
    expect(invited.out).toContain('https://gazette.example/-/invitation#');
    expect(await run('invite', 'Ann Lee', '--chief', 'No Desk', '--data', data)).toMatchObject({
      code: 1,
      err: 'There is no desk “No Desk”. There are: City Desk.',
    });
    expect((await run('invite', 'Ann Lee', '--data', data)).code).toBe(1);
    expect((await run('add-desk', 'Sports', '--data', data)).code).toBe(0);
    await run('invite', 'Bea', '--editor', 'Sports', '--chief', 'City Desk', '--data', data);
    const database = new Database(join(data, 'server.db'), { readonly: true });
    const { memberships } = database
      .prepare<[string], { memberships: string }>(
        'select memberships from invitations where name = ?',
      )
      .get('Bea')!;
    database.close();
    expect((JSON.parse(memberships) as { role: string }[]).map(({ role }) => role)).toEqual([
      'copy-editor',
      'desk-chief',
    ]);
    expect((await run('list', 'people', '--data', data)).out).toContain('newsroom admin');
    const server = await createServer({ dataDir: data });
    const url = await server.listen();
    const device = { id: anId(), name: 'Laptop' };
    const response = await fetch(`${url}/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ login: 'admin', password, device }),
    });
    expect(response.status).toBe(200);
    const { token } = (await response.json()) as { token: string };
    expect((await run('list', 'devices', '--data', data)).out).toContain(device.id);
    expect((await run('revoke-device', device.id, '--data', data)).out).toContain('signed out');
    const me = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(me.status).toBe(401);
    await server.close();
  });

  it('shows the audit log, and gives whoever forgot their password a new one', async () => {
    const data = join(folder, 'audited');
    const init = ['init', '--name', 'X', '--site-url', 'https://x.example', '--desk', 'City Desk'];
    const made = await run(...init, '--data', data);
    const first = /shown only now: (\S+)/.exec(made.out)![1]!;
    const reset = await run('reset-password', 'Admin', '--data', data);
    expect(reset).toMatchObject({ code: 0, err: '' });
    const second = /shown only now: (\S+)/.exec(reset.out)![1]!;
    expect(await run('reset-password', 'nobody', '--data', data)).toMatchObject({
      code: 1,
      err: 'Nobody has the login nobody. “list people” shows them.',
    });
    const server = await createServer({ dataDir: data });
    const url = await server.listen();
    const device = { id: anId(), name: 'Laptop' };
    const signIn = (password: string) =>
      fetch(`${url}/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login: 'admin', password, device }),
      });
    expect((await signIn(first)).status).toBe(401);
    const { token } = (await (await signIn(second)).json()) as { token: string };
    const asked = await fetch(`${url}/v1/audit?limit=2`, {
      headers: { authorization: `Bearer ${token}` },
    });
    const { entries } = (await asked.json()) as { entries: { action: string; n: number }[] };
    expect(entries.map(({ action }) => action)).toEqual([
      'device.sign-in',
      'person.reset-password',
    ]);
    expect((await run('reset-password', 'admin', '--data', data)).code).toBe(0);
    const me = await fetch(`${url}/v1/me`, { headers: { authorization: `Bearer ${token}` } });
    expect(me.status).toBe(401);
    await server.close();
    const log = (await run('audit', '--last', '3', '--data', data)).out.split('\n');
    expect(log).toHaveLength(3);
    expect(log[1]).toMatch(/admin +device\.sign-in/);
    expect(log[2]).toMatch(/server +person\.reset-password +admin/);
    expect(log.join()).not.toContain(second);
    expect((await run('audit', '--last', '0', '--data', data)).err).toContain('1 to 1000000');
  });

  it('serves a newsroom once, and takes the number of a killed server for no server', async () => {
    const data = join(folder, 'served');
    const init = ['init', '--name', 'X', '--site-url', 'https://x.example'];
    expect((await run(...init, '--data', data)).code).toBe(0);
    const backup = join(folder, 'served-backup');
    await run('backup', backup, '--data', data);
    const server = await createServer({ dataDir: data });
    const url = await server.listen();
    // This process lives on, as another program does that got the number of a killed server.
    await writeFile(join(data, 'server.json'), JSON.stringify({ pid: process.pid, url }));
    expect(await run('serve', '--port', '0', '--data', data)).toMatchObject({
      code: 1,
      err: expect.stringContaining(`served already, at ${url}`) as unknown,
    });
    expect((await run('restore', backup, '--data', data)).err).toContain('Stop it first');
    await server.close();
    expect(await run('restore', backup, '--data', data)).toMatchObject({ code: 0, err: '' });
  });

  it('takes no name that would stop the sync of every device', async () => {
    const data = join(folder, 'names');
    const init = (...args: string[]) =>
      run('init', '--site-url', 'https://x.example', ...args, '--data', data);
    const refused = (sentence: string) => ({
      code: 1,
      err: expect.stringContaining(sentence) as unknown,
    });
    expect(await init('--name', ' ')).toMatchObject(refused('The newsroom needs a name'));
    expect(await init('--name', 'X', '--desk', '')).toMatchObject(refused('A desk needs a name'));
    expect(await init('--name', 'X', '--section', ' ')).toMatchObject(
      refused('A section needs a name'),
    );
    expect(await init('--name', 'X', '--section', '***')).toMatchObject(
      refused('a letter or a digit'),
    );
    expect(await init('--name', 'X', '--admin-name', '')).toMatchObject(
      refused('The admin needs a name'),
    );
    expect(await init('--name', 'X', '--language', '%%')).toMatchObject(
      refused('not a language tag'),
    );
    expect((await init('--name', 'X', '--desk', 'City Desk')).code).toBe(0);
    expect(await run('add-desk', '', '--data', data)).toMatchObject(refused('A desk needs a name'));
    expect(await run('add-desk', 'x'.repeat(201), '--data', data)).toMatchObject(
      refused('of 1 to 200 characters'),
    );
    expect(await run('invite', ' ', '--admin', '--data', data)).toMatchObject(
      refused('The person needs a name'),
    );
    expect(
      await run('invite', 'Ann', '--chief', 'City Desk', '--editor', 'city-desk', '--data', data),
    ).toMatchObject(refused('one role on a desk'));
    expect((await run('list', 'desks', '--data', data)).out.split('\n')).toHaveLength(1);
  });

  it.each([
    [['list', 'desks'], 'There is no newsroom'],
    [['serve'], 'There is no newsroom'],
    [['backup', '/nowhere/at/all'], 'There is no newsroom'],
    [['restore', '/nowhere/at/all'], 'There is no backup'],
    [['list', 'secrets'], 'Allowed choices'],
    [['serve', '--port', '70000'], 'A port is a number'],
    [['frobnicate'], 'unknown command'],
    [['init', '--name', 'X', '--site-url', 'gopher://x'], 'http:// or https://'],
    [
      ['init', '--name', 'X', '--site-url', 'https://x.example', '--time-zone', 'Nowhere'],
      'not a time zone',
    ],
  ])('says in one sentence what is wrong with %j', async (args, sentence) => {
    const { code, err } = await run(...args, '--data', join(folder, 'nothing-here'));
    expect(code).toBe(1);
    expect(err).toContain(sentence);
    expect(err).not.toMatch(/\n\s+at /);
  });
});
