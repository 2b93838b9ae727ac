import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCommandLine } from '../../src-server/commands/index.ts';
import { createServer, openContext, type Server } from '../../src-server/index.ts';
import { ensureSample, moveSampleTo } from '../../src-server/sample/index.ts';
import { readSources } from '../../src-server/sample/seed.ts';
import { anId } from '../helpers/articles.ts';

describe('the sample newsroom', () => {
  let folder: string;
  let server: Server;
  let url: string;
  let people: Awaited<ReturnType<typeof ensureSample>>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'stet-sample-'));
    people = await ensureSample({ openContext }, folder);
    server = await createServer({ dataDir: folder });
    url = await server.listen();
  }, 60_000);
  afterAll(async () => {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('leads every article to the state that its source asks for', async () => {
    const sources = await readSources();
    expect(sources.length).toBeGreaterThanOrEqual(40);
    const rows = await server.context.store.db.selectFrom('articles').select('state').execute();
    const count = (states: readonly { state: string }[], state: string) =>
      states.filter((one) => one.state === state).length;
    for (const state of [
      'draft',
      'in-review',
      'sent-back',
      'approved',
      'scheduled',
      'published',
      'withdrawn',
    ]) {
      expect(count(sources, state)).toBeGreaterThan(0);
      expect([state, count(rows, state)]).toEqual([state, count(sources, state)]);
    }
  });

  it('lets everyone in its list sign in, and keeps the list to its owner', async () => {
    expect(people.map(({ login }) => login)).toEqual([
      'admin',
      'jonah',
      'rim',
      'lindqvist',
      'ferreira',
      'haidari',
      'slot',
    ]);
    for (const { login, password, name } of people) {
      const response = await fetch(`${url}/v1/sign-in`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ login, password, device: { id: anId(), name: 'A test' } }),
      });
      expect(await response.json()).toMatchObject({ person: { name, login } });
    }
    const file = join(folder, 'sample.json');
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual({ people });
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('is made once and found again', async () => {
    expect(await ensureSample({ openContext }, folder)).toEqual(people);
  });

  it('gives the public site a picture and articles in three languages', async () => {
    const home = await (await fetch(url)).text();
    expect(home).toContain('/-/images/');
    const feed = await (await fetch(`${url}/atom.xml`)).text();
    expect(feed).toContain('السد');
    expect(feed).toContain('بەنداو');
  });

  it('is the sample still after a backup of it was restored', async () => {
    const [data, backup] = ['data', 'backup'].map((name) => join(folder, name));
    const print = (): void => undefined;
    const made = await ensureSample({ openContext }, data!);
    const changed = await openContext({ dataDir: data! });
    await moveSampleTo(changed, 'http://127.0.0.1:40000');
    await changed.store.close();
    for (const command of ['backup', 'restore'])
      expect(
        await runCommandLine(['node', 'server', command, backup!, '--data', data!], {
          print,
          fail: (line) => expect(line).toBe(''),
        }),
      ).toBe(0);
    expect(await ensureSample({ openContext }, data!)).toEqual(made);
  }, 60_000);
});
