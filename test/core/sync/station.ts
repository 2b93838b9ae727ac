import { mkdtemp, rm } from 'node:fs/promises';
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { blockText, newId, type Block, type Fields, type Hash, type Id } from '#shared/article';
import type { CommentEntry, OpAnswer } from '#shared/api';
import type { Transition } from '#shared/workflow';
import { createSession, type Session } from '../../../src-main/core/session/index.ts';
import { createServerClient } from '../../../src-main/core/server-client/index.ts';
import { openStore, type Store } from '../../../src-main/core/store/index.ts';
import {
  createSyncEngine,
  remoteOver,
  systemTimers,
  type Remote,
  type SyncEngine,
  type Timers,
} from '../../../src-main/core/sync/index.ts';
import { paragraph } from '../../helpers/articles.ts';
import { PASSWORD } from './newsroom.ts';
import { SILENCE } from './silence.ts';

/** One person's computer: a real store on disk, the session and the sync engine, without a window. */
export interface Station {
  dir: string;
  store: Store;
  engine: SyncEngine;
  session: Session;
  notices: string[];
  /** Those of them that stay until somebody has read them. */
  warnings: string[];
  /** Takes the computer off the network until the next {@link Station.sync}. */
  away(): Promise<void>;
  /** Tries now, and waits until everything that can be done is done. */
  sync(): Promise<void>;
  create(headline: string, ...paragraphs: string[]): Id;
  edit(article: Id, change: { fields?: Partial<Fields>; blocks?: Block[] }): void;
  seal(article: Id): Hash | null;
  /** Comments on the whole of an article, or answers what another said. */
  say(article: Id, text: string, to?: CommentEntry): CommentEntry;
  command(article: Id, transition: Transition, more?: { reason?: string }): void;
  texts(article: Id): string[];
  block(article: Id, index: number): Block;
  parked(): OpAnswer['message'][];
  close(): Promise<void>;
  /** Closes and opens again on the same folder. */
  reopen(): Promise<Station>;
  remove(): Promise<void>;
}

export interface StationOptions {
  url: string;
  login: string;
  desk: Id | null;
  dir?: string;
  timers?: Timers;
  /** False leaves the station as it was closed, signed in or not. */
  signIn?: boolean;
}

/** The server as the engine of a station asks it, for a test to step in between. Signs its device in anew. */
export async function remoteOf(url: string, login: string, { store }: Station): Promise<Remote> {
  const device = { id: store.deviceId, name: 'X' };
  const open = (token: string | null) => createServerClient({ url, token, clock: Date.now });
  const { token } = await open(null).call('signIn', {
    body: { login, password: PASSWORD, device },
  });
  const client = open(token);
  return remoteOver(() => Promise.resolve(client));
}

export async function openStation(options: StationOptions): Promise<Station> {
  const dir = options.dir ?? (await mkdtemp(join(tmpdir(), 'stet-station-')));
  const clock = Date.now;
  const random = (length: number): Uint8Array => new Uint8Array(randomBytes(length));
  const secrets = (secretsOf[dir] ??= new Map<string, string>());
  const notices: string[] = [];
  const warnings: string[] = [];
  const store = await openStore({ dir, clock, random, log: () => undefined });
  const engine = createSyncEngine({
    store,
    clock,
    // The longest wait each time: nothing is tried again between two lines of a test.
    random: (length) => new Uint8Array(length).fill(255),
    timers: options.timers ?? systemTimers(),
    log: (_, message, error) =>
      notices.push(`log: ${message} ${error instanceof Error ? (error.stack ?? '') : ''}`),
    inspectImage: (bytes) =>
      bytes[0] === 0x89 ? { mime: 'image/png', width: 1, height: 1 } : null,
    by: () => session.by(),
    events: {
      ...SILENCE,
      notice: (tone, text) => {
        notices.push(text);
        if (tone === 'warning') warnings.push(text);
      },
      unauthorised: () => session.tokenRefused(),
    },
  });
  const session: Session = createSession({
    store,
    engine,
    profile: 'test',
    deviceName: `${options.login}’s computer`,
    changed: () => undefined,
    ports: {
      clock,
      random,
      secrets: {
        get: async (key) => secrets.get(key) ?? null,
        set: async (key, value) => (secrets.set(key, value), 'stored'),
        delete: async (key) => void secrets.delete(key),
      },
      sampleNewsroom: {
        available: () => ({ available: false, why: 'Not in this test.' }),
        people: () => [],
        start: () => Promise.reject(new Error('Not in this test.')),
        stop: () => Promise.resolve(),
        running: () => Promise.resolve(false),
      },
      openExternal: () => Promise.resolve(),
      log: () => undefined,
    },
  });
  if (options.signIn ?? true) await session.connect(options.url, options.login, PASSWORD);
  else await session.resume();
  await engine.idle();

  const by = () => session.by()!;
  let open = true;
  const station: Station = {
    dir,
    store,
    engine,
    session,
    notices,
    warnings,
    async away() {
      engine.pause(true);
      await engine.idle();
    },
    async sync() {
      engine.pause(false);
      engine.now();
      await engine.idle();
    },
    create(headline, ...paragraphs) {
      const article = newId(clock, random);
      store.articles.create({
        id: article,
        desk: options.desk,
        createdBy: by().author,
        at: new Date().toISOString(),
      });
      const blocks = paragraphs.map((words) => paragraph(words));
      const placed = blocks.map(({ $ }, index) => ({
        id: $.id,
        after: blocks[index - 1]?.$.id ?? null,
      }));
      const byline = [{ id: 'byline01', name: 'Rim Haddad' }];
      const fields = { headline, desk: options.desk, section: 'News Room', byline };
      store.working.apply({
        article,
        generation: store.working.read(article)!.generation,
        fields,
        blocks,
        placed,
      });
      store.working.seal(article, by());
      return article;
    },
    edit(article, change) {
      store.working.apply({
        article,
        generation: store.working.read(article)!.generation,
        ...change,
      });
    },
    seal: (article) => store.working.seal(article, by()),
    say(article, text, to) {
      const [id, at, { author }] = [newId(clock, random), new Date().toISOString(), by()];
      const kind = to ? 'reply' : 'comment';
      const about = { thread: to?.thread ?? id, kind, anchor: null } as const;
      const entry: CommentEntry = { id, article, ...about, author, text, at };
      store.comments.put(entry);
      store.outbox.add({ kind: 'comment', entry }, author);
      return entry;
    },
    command(article, transition, more = {}) {
      store.working.seal(article, by());
      const record = store.articles.record(article)!;
      const revision = transition === 'publish' ? record.approvedRevision! : record.head!;
      store.outbox.add(
        { kind: 'transition', article, transition, revision, expectedState: record.state, ...more },
        by().author,
      );
    },
    texts: (article) => store.working.read(article)!.content.body.map(blockText),
    block: (article, index) => store.working.read(article)!.content.body[index]!,
    parked: () =>
      store.outbox
        .list()
        .filter(({ state }) => state === 'parked')
        .map(({ message }) => message),
    async close() {
      if (!open) return;
      open = false;
      await engine.close();
      store.close();
    },
    async reopen() {
      await station.close();
      return openStation({ ...options, dir, signIn: false });
    },
    async remove() {
      await station.close();
      await rm(dir, { recursive: true, force: true });
    },
  };
  return station;
}

/** What a system's keychain holds, per station. */
const secretsOf: Record<string, Map<string, string>> = {};
