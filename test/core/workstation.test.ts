import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CallName, EventData, EventName, Input, Output } from '#shared/contract';
import type { Ports, Workstation } from '../../src-main/core/ports.ts';
import { openWorkstation } from '../../src-main/core/workstation.ts';
import { paragraph } from '../helpers/articles.ts';
import { startHostileServer } from './server-client/hostile-server.ts';
import { openNewsroom, PASSWORD, type TestNewsroom } from './sync/newsroom.ts';

interface Desk {
  workstation: Workstation;
  call<K extends CallName>(name: K, input: Input<K>): Promise<Output<K>>;
  status(): Promise<Output<'app.status'>>;
  heard: [EventName, unknown][];
  opened: string[];
  /** Closes and opens again, as after a restart of Stet. */
  restart(): Promise<Desk>;
}

let newsroom: TestNewsroom;
let root: string;
let open: Workstation[];

beforeEach(async () => {
  newsroom = await openNewsroom();
  root = await mkdtemp(join(tmpdir(), 'stet-workstation-'));
  open = [];
});
afterEach(async () => {
  for (const workstation of open) await workstation.close();
  await newsroom.remove();
  await rm(root, { recursive: true, force: true });
});

interface Host {
  secrets?: Map<string, string>;
  keeps?: 'stored' | 'session-only';
  /** The sample newsroom's server, one for all profiles, and its address where that is another than the newsroom's. */
  sample?: { running: boolean; url?: string };
}

async function openDesk(profile: string, host: Host = {}): Promise<Desk> {
  const { keeps = 'stored' } = host;
  const secrets = host.secrets ?? new Map<string, string>();
  const opened: string[] = [];
  const sample: NonNullable<Host['sample']> = host.sample ?? { running: false };
  const people = [newsroom.rim, newsroom.slot].map(({ login, name }) => ({
    login: login ?? '',
    name,
    title: 'copy editor',
    desk: 'News Desk',
    password: PASSWORD,
  }));
  const ports: Ports = {
    clock: Date.now,
    random: (length) => new Uint8Array(randomBytes(length)),
    secrets: {
      get: async (key) => secrets.get(key) ?? null,
      set: async (key, value) => (secrets.set(key, value), keeps),
      delete: async (key) => void secrets.delete(key),
    },
    sampleNewsroom: {
      available: () => ({ available: true, why: '' }),
      people: () => people,
      start: async () => ((sample.running = true), { url: sample.url ?? newsroom.url }),
      stop: async () => void (sample.running = false),
      running: async () => sample.running,
    },
    openExternal: async (url) => void opened.push(url),
    log: () => undefined,
  };
  const workstation = await openWorkstation({
    dataDir: join(root, profile),
    profile,
    deviceName: profile,
    ports,
  });
  open.push(workstation);
  const heard: Desk['heard'] = [];
  workstation.on(
    <K extends EventName>(name: K, data: EventData<K>) => void heard.push([name, data]),
  );
  const desk: Desk = {
    workstation,
    heard,
    opened,
    async call<K extends CallName>(name: K, input: Input<K>) {
      const reply = await workstation.dispatch(name, input);
      if (!reply.ok) throw new Error(`${reply.error.code}: ${reply.error.message}`);
      return reply.value as Output<K>;
    },
    status: () => desk.call('app.status', {}),
    async restart() {
      await workstation.close();
      return openDesk(profile, {
        keeps,
        secrets: keeps === 'stored' ? secrets : new Map<string, string>(),
      });
    },
  };
  return desk;
}

const online = (desk: Desk) =>
  expect
    .poll(async () => {
      const { sync } = await desk.status();
      return [sync.state, sync.waiting];
    })
    .toEqual(['online', 0]);

async function write(desk: Desk, words: string): Promise<string> {
  const { article } = await desk.call('article.create', { headline: 'Bridge reopens' });
  const { generation } = await desk.call('article.open', { article });
  const block = paragraph(words);
  await desk.call('article.edit', {
    article,
    generation,
    fields: { section: 'News Room' },
    blocks: [block],
    placed: [{ id: block.$.id, after: null }],
  });
  return article;
}

describe('the core as a host sees it', () => {
  it('takes an article from one person’s draft to another’s approval and the public site', async () => {
    const rim = await openDesk('rim');
    const slot = await openDesk('slot');
    expect((await rim.status()).stage).toBe('setup');
    await rim.call('setup.sample', { login: 'rim' });
    await slot.call('setup.connect', { url: newsroom.url, login: 'slot', password: PASSWORD });
    await online(rim);

    const article = await write(rim, 'The Mill Bridge reopened on Sunday.');
    await rim.call('article.transition', { article, transition: 'submit' });
    await online(rim);

    const review = { kind: 'desk', desk: newsroom.desk.id, state: 'in-review' } as const;
    await expect
      .poll(async () => (await slot.call('articles.list', { queue: review })).total)
      .toBe(1);
    await slot.call('article.transition', { article, transition: 'approve' });
    await slot.call('article.transition', { article, transition: 'publish' });
    await online(slot);
    await expect
      .poll(async () => (await slot.call('article.open', { article })).record.state)
      .toBe('published');
    const { record } = await slot.call('article.open', { article });
    expect(await (await fetch(record.publicUrl!)).text()).toContain(
      'The Mill Bridge reopened on Sunday.',
    );

    await expect
      .poll(async () => (await rim.call('article.open', { article })).record.live)
      .toBe(true);
    const status = await rim.status();
    expect(status).toMatchObject({
      stage: 'ready',
      sample: { running: true },
      person: { login: 'rim' },
    });
    expect(status.saved.failing).toBeNull();
    expect(status.sync).toMatchObject({ state: 'online', waiting: 0, parked: 0, message: null });
    expect(rim.heard.some(([name]) => name === 'status')).toBe(true);
    expect(
      rim.heard.some(
        ([name, data]) => name === 'article' && (data as { article: string }).article === article,
      ),
    ).toBe(true);
  });

  it('says what a person can do when the server they name cannot take them in', async () => {
    const rim = await openDesk('rim');
    const broken = await startHostileServer((_, answer) => answer.writeHead(500).end());
    const there = { url: broken.url, login: 'rim', password: PASSWORD };
    const connect = () => rim.call('setup.connect', there);
    await expect(connect).rejects.toThrow(
      'The publishing server has a problem of its own. Nothing has changed. Try again in a while, or tell your newsroom admin.',
    );
    await broken.stop();
    await expect(connect).rejects.toThrow(
      'Nobody answers at the publishing server’s address. Nothing has changed. Check the address and the network, then try again.',
    );
    expect((await rim.status()).stage).toBe('setup');
  });

  it('counts an article that is being written among what has yet to go', async () => {
    const rim = await openDesk('rim');
    await rim.call('setup.connect', { url: newsroom.url, login: 'rim', password: PASSWORD });
    await expect.poll(async () => (await rim.status()).sync).toMatchObject({ state: 'online' });
    const { article } = await rim.call('article.create', { desk: null, headline: 'Ferry late' });
    await expect
      .poll(async () => (await rim.status()).sync)
      .toMatchObject({ state: 'online', waiting: 0, editing: 0 });
    await rim.call('article.edit', { article, generation: 1, fields: { headline: 'Ferry later' } });
    expect((await rim.status()).sync).toMatchObject({ editing: 1 });
    await expect
      .poll(async () => (await rim.status()).sync, { timeout: 10_000 })
      .toMatchObject({ waiting: 0, editing: 0 });
  });

  it('tells that saving fails of the disk alone, not of an article that is no longer there', async () => {
    const rim = await openDesk('rim');
    await rim.call('setup.connect', { url: newsroom.url, login: 'rim', password: PASSWORD });
    await write(rim, 'Saved.');
    await expect(
      rim.call('article.edit', {
        article: newsroom.rim.id,
        generation: 1,
        fields: { headline: 'Nowhere' },
      }),
    ).rejects.toThrow('This article is no longer on this computer. What you have just typed');
    expect((await rim.status()).saved.failing).toBe(null);
  });

  it('seals what was being typed when it is closed, and has it after a restart', async () => {
    const rim = await openDesk('rim');
    await rim.call('setup.connect', { url: newsroom.url, login: 'rim', password: PASSWORD });
    const article = await write(rim, 'Half a sen');
    const again = await rim.restart();
    const copy = await again.call('article.open', { article });
    expect(copy.dirty).toBe(false);
    expect(JSON.stringify(copy.body)).toContain('Half a sen');
    await online(again);
  });

  it('asks for the password after a restart where the host keeps none, and works meanwhile', async () => {
    const first = await openDesk('rim', { keeps: 'session-only' });
    await first.call('setup.connect', { url: newsroom.url, login: 'rim', password: PASSWORD });
    await online(first);
    const again = await first.restart();
    expect((await again.status()).sync).toMatchObject({ state: 'signed-out' });
    expect((await again.status()).sync.message).toContain('password');
    const article = await write(again, 'Written without a password.');
    await again.call('article.seal', { article });
    expect((await again.status()).sync.waiting).toBeGreaterThan(0);
    await expect(again.call('session.signIn', { password: 'not the password' })).rejects.toThrow(
      'forbidden: ',
    );
    await again.call('session.signIn', { password: PASSWORD });
    await online(again);
  });

  it('signs in to the sample newsroom by itself after a restart', async () => {
    const first = await openDesk('rim', { keeps: 'session-only' });
    await first.call('setup.sample', { login: 'rim' });
    await online(first);
    const again = await first.restart();
    await online(again);
    await again.call('sample.server', { running: false });
    expect((await again.status()).sample).toEqual({ running: false });
  });

  it('knows that the sample server runs when another profile started it while syncing was paused', async () => {
    const sample = { running: false };
    const rim = await openDesk('rim', { sample });
    await rim.call('setup.sample', { login: 'rim' });
    await online(rim);
    await rim.call('sync.pause', { paused: true });
    await rim.call('sample.server', { running: false });
    expect((await rim.status()).sample).toEqual({ running: false });
    sample.running = true;
    await rim.call('sync.pause', { paused: false });
    await online(rim);
    expect((await rim.status()).sample).toEqual({ running: true });
  });

  it('finds the sample server that it had stopped, and that another profile started at another address', async () => {
    const sample: Host['sample'] = {
      running: false,
      url: newsroom.url.replace('127.0.0.1', 'localhost'),
    };
    const rim = await openDesk('rim', { sample, keeps: 'session-only' });
    await rim.call('setup.sample', { login: 'rim' });
    await online(rim);
    await rim.call('sample.server', { running: false });
    await rim.workstation.close();
    Object.assign(sample, { running: true, url: newsroom.url });
    const again = await openDesk('rim', { sample, keeps: 'session-only' });
    await online(again);
    expect((await again.status()).serverUrl).toBe(newsroom.url);
  });

  it('signs in to the sample newsroom again without a password, which nobody was told', async () => {
    const rim = await openDesk('rim');
    await rim.call('setup.sample', { login: 'rim' });
    await online(rim);
    await rim.call('session.signOut', {});
    expect((await rim.status()).sync.state).toBe('signed-out');
    await rim.call('session.signIn', { password: '' });
    await online(rim);
  });

  it('says who there is when somebody unknown wants into the sample newsroom', async () => {
    const rim = await openDesk('rim');
    await expect(rim.call('setup.sample', { login: 'nobody' })).rejects.toThrow(
      /Nobody in the sample newsroom is called nobody\. There are: .*rim/,
    );
  });

  it('keeps a profile to one person, so that no work goes out in another’s name', async () => {
    const rim = await openDesk('rim');
    await rim.call('setup.connect', { url: newsroom.url, login: 'rim', password: PASSWORD });
    await write(rim, 'Not sent yet.');
    const other = { url: newsroom.url, login: 'slot', password: PASSWORD };
    await expect(rim.call('setup.connect', other)).rejects.toThrow(
      'This profile belongs to Rim Haddad.',
    );
    await expect(rim.call('setup.sample', { login: 'slot' })).rejects.toThrow(
      'This profile belongs to',
    );
    expect((await rim.status()).person?.login).toBe('rim');
  });

  it('signs out with everything kept, and in again', async () => {
    const rim = await openDesk('rim');
    await rim.call('setup.connect', { url: newsroom.url, login: 'rim', password: PASSWORD });
    await online(rim);
    await rim.call('session.signOut', {});
    expect((await rim.status()).sync.state).toBe('signed-out');
    const article = await write(rim, 'Written while signed out.');
    await rim.call('article.seal', { article });
    await expect(
      rim.call('people.invite', { name: 'New', desk: newsroom.desk.id, role: 'copy-editor' }),
    ).rejects.toThrow('offline: ');
    await rim.call('session.signIn', { password: PASSWORD });
    await online(rim);
  });

  it('changes one’s password, stays signed in, and signs the other computer out with its work kept', async () => {
    const rim = await openDesk('rim');
    const away = await openDesk('away');
    for (const desk of [rim, away])
      await desk.call('setup.connect', { url: newsroom.url, login: 'rim', password: PASSWORD });
    await online(rim);
    await online(away);
    const password = 'another of ten letters';
    await expect(
      rim.call('session.changePassword', { current: 'a guess', password }),
    ).rejects.toThrow('This is not your present password.');
    expect(await rim.call('session.changePassword', { current: PASSWORD, password })).toEqual({
      devices: 1,
    });
    const article = await write(away, 'Written where the token is gone.');
    await away.call('sync.now', {});
    await expect.poll(async () => (await away.status()).sync.state).toBe('signed-out');
    expect((await away.call('article.open', { article })).body).toHaveLength(1);
    await rim.call('sync.now', {});
    await online(rim);
    await away.call('session.signIn', { password });
    await online(away);
  });

  it.each([
    ['not an address', 'bad-input'],
    ['http://127.0.0.1:9', 'offline'],
  ])('says what is wrong with the server “%s”', async (url, code) => {
    const rim = await openDesk('rim');
    await expect(
      rim.call('setup.connect', { url, login: 'rim', password: PASSWORD }),
    ).rejects.toThrow(new RegExp(`^${code}: [A-Z].*[.]$`));
    expect((await rim.status()).stage).toBe('setup');
  });

  it('saves a desk’s profile only where the role allows it', async () => {
    const rim = await openDesk('rim');
    const slot = await openDesk('slot');
    await rim.call('setup.connect', { url: newsroom.url, login: 'rim', password: PASSWORD });
    await slot.call('setup.connect', { url: newsroom.url, login: 'slot', password: PASSWORD });
    const wish = {
      desk: newsroom.desk.id,
      name: 'News Desk',
      profile: { ...newsroom.desk.profile, headlineLimit: 50 },
    };
    await expect(rim.call('desks.save', wish)).rejects.toThrow('forbidden: ');
    await slot.call('desks.save', wish);
    await expect
      .poll(async () => (await rim.call('people.list', {})).desks[0]?.profile.headlineLimit)
      .toBe(50);
  });

  it('opens web and mail addresses outside, and nothing else', async () => {
    const rim = await openDesk('rim');
    await rim.call('app.openExternal', { url: 'https://valley.example/a b' });
    await rim.call('app.openExternal', { url: 'mailto:desk@valley.example' });
    for (const url of [
      'javascript:alert(1)',
      'file:///etc/passwd',
      'tel:+123',
      'java\nscript:x',
      'nothing',
    ])
      await expect(rim.call('app.openExternal', { url })).rejects.toThrow('refused: ');
    expect(rim.opened).toEqual(['https://valley.example/ab', 'mailto:desk@valley.example']);
  });

  it('asks for a newsroom before anything is written', async () => {
    const rim = await openDesk('rim');
    await expect(rim.call('article.create', {})).rejects.toThrow(
      'refused: Choose a newsroom first.',
    );
  });
});
