import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Person, Present } from '#shared/api';
import type { Clock, Content, Id } from '#shared/article';
import { createArticles } from '../../../src-main/core/articles/index.ts';
import { createServerClient } from '../../../src-main/core/server-client/index.ts';
import { openStore, type Store } from '../../../src-main/core/store/index.ts';
import {
  createSyncEngine,
  remoteOver,
  type SyncEngine,
} from '../../../src-main/core/sync/index.ts';
import type { AwaitedWatch } from '../checks/awaited-watch.ts';
import type { ToldWatch } from '../checks/told-watch.ts';
import type { Dice } from './dice.ts';
import { clearFault, isInjected, planFault, readImage, writeImage } from './disk.ts';
import type { DiskFault, DiskImage } from './disk.ts';
import type { Line } from './network.ts';
import type { Schedule } from './schedule.ts';

/** The core at work: the real store, the real operations on articles, the real sync engine. */
export interface Core {
  store: Store;
  engine: SyncEngine;
  articles: ReturnType<typeof createArticles>;
  /** What its windows were told. */
  told: ToldWatch;
  /** What it does about articles that the server lost. */
  awaited: AwaitedWatch;
}

/** What a window shows of an article: edits are made on this, whatever happened to the working copy since. */
export interface View {
  generation: number;
  content: Content;
  readOnly: boolean;
  /** As it stood before what its person did last. */
  before?: Content;
}

/** One computer with the person who sits at it. */
export interface Client {
  readonly index: number;
  readonly who: Person;
  readonly dir: string;
  readonly file: string;
  readonly line: Line;
  readonly clock: Clock;
  /** How wrong the clock on its wall is, in milliseconds. */
  clockOff: number;
  token: string | null;
  /** By which the server knows this computer. */
  device: Id;
  /** Null while Stet is not running. */
  core: Core | null;
  readonly views: Map<Id, View>;
  /** The article in the window. */
  reading: Id | null;
  /** Who else is where, as its window shows it. */
  colleagues: readonly Present[];
  /** How often its disk has lost what it held. */
  losses: number;
  /** Its disk was damaged, and Stet has yet to find out. */
  injured: boolean;
  open(): Promise<void>;
  close(): Promise<void>;
  /** Ends Stet as a power cut would. `image` is what the disk then holds; else what it holds now. */
  kill(image?: DiskImage): void;
  /** Lets the disk fail after so many writes; a killing fault ends Stet there. */
  plan(fault: DiskFault, commitsOnly?: boolean): void;
  repairDisk(): void;
  signIn(token: string): void;
}

export interface ClientOptions {
  index: number;
  who: Person;
  dir: string;
  line: Line;
  schedule: Schedule;
  dice: Dice;
  wallClock: () => number;
  /** Sees a store before anything is done with it; gives who looks at what is made of it. */
  opened: (store: Store) => Pick<Core, 'told' | 'awaited'>;
  /** Something that must not happen inside the core. */
  onFailure: (what: string, error: unknown) => void;
}

const PICTURE = { mime: 'image/png', width: 2, height: 2 } as const;

export function createClient(options: ClientOptions): Client {
  const { index, who, dir, line, schedule, dice, wallClock, opened, onFailure } = options;
  const file = join(dir, 'stet.db');
  /** Numbers each run of Stet, so that nothing of an earlier one reaches into a later. */
  let life = 0;
  let left: DiskImage | null = null;

  const failure = (what: string, error: unknown): void => {
    if (!client.injured && !isInjected(error)) onFailure(what, error);
  };

  const start = async (): Promise<Core> => {
    const mine = (life += 1);
    const alive = (): boolean => life === mine;
    const after = (ms: number, work: () => void): (() => void) =>
      schedule.after(ms, () => {
        if (!alive()) return;
        try {
          work();
        } catch (error) {
          failure('A timer failed.', error);
        }
      });
    const clock = client.clock;
    const store = await openStore({
      dir,
      clock,
      random: dice.bytes,
      log(level, message, error) {
        if (level === 'error' && alive()) failure(message, error);
      },
    });
    // Files that are read in another thread arrive when they like; here nothing may.
    store.assets.read = (hash) => {
      const asset = store.assets.get(hash);
      const bytes = asset && readFileSync(join(dir, 'assets', hash));
      return Promise.resolve(bytes && { bytes, mime: asset.mime });
    };
    const { told, awaited } = opened(store);
    const stale = (changed: readonly Id[]): void => {
      for (const article of changed) client.views.delete(article);
    };
    const engine = createSyncEngine({
      store,
      clock,
      random: dice.bytes,
      timers: { now: () => schedule.now(), after },
      log(level, message, error) {
        if (level === 'error' && alive()) failure(message, error);
      },
      inspectImage: () => PICTURE,
      by: () => ({ author: who.id, device: store.deviceId }),
      events: {
        ...told.events,
        notice(...said) {
          told.events.notice(...said);
          awaited.notice(...said);
        },
        standing: () => undefined,
        // A window hears of it a moment later: what is typed until then is typed on the old text.
        working(changed) {
          told.events.working(changed);
          schedule.after(dice.between(0, 8000), () => stale(changed));
        },
        present: (here) => {
          if (alive()) client.colleagues = here;
        },
        unauthorised: () => {
          client.token = null;
        },
      },
    });
    const articles = createArticles({
      store,
      emit: told.emit,
      person: () => store.people.person(who.id) ?? who,
      clock,
      random: dice.bytes,
      wake: () => engine.nudge(),
      statusChanged: () => undefined,
      serverUrl: () => 'http://stet.test',
      later: after,
    });
    return {
      store,
      engine,
      articles: { ...articles, handlers: told.over(articles.handlers) },
      told,
      awaited,
    };
  };

  const connect = ({ engine }: Core): void => {
    const { token } = client;
    line.beginAnew();
    if (token === null) return;
    const server = createServerClient({
      url: 'http://stet.test',
      token,
      clock: client.clock,
      fetch: line.fetch,
    });
    engine.connect({
      ...remoteOver(() => Promise.resolve(server)),
      events: (wake, cancel, present = () => undefined) =>
        line.listen(token, { wake, present }, cancel),
    });
  };

  const client: Client = {
    index,
    who,
    dir,
    file,
    line,
    clock: () => wallClock() + client.clockOff,
    clockOff: 0,
    token: null,
    device: '',
    core: null,
    views: new Map(),
    reading: null,
    colleagues: [],
    losses: 0,
    injured: false,
    async open() {
      if (client.core) return;
      if (left) writeImage(file, left);
      left = null;
      client.colleagues = [];
      client.core = await start();
      client.device = client.core.store.deviceId;
      client.core.articles.resume();
      connect(client.core);
    },
    async close() {
      if (!client.core) return;
      const { articles, engine, store } = client.core;
      client.core = null;
      client.views.clear();
      try {
        articles.sealAll();
      } catch (error) {
        if (!isInjected(error)) throw error;
      }
      articles.close();
      await engine.close();
      life += 1;
      client.repairDisk();
      store.close();
    },
    kill(image = readImage(file)) {
      if (!client.core) return;
      const { articles, engine, store } = client.core;
      life += 1;
      left = image;
      client.core = null;
      client.views.clear();
      client.repairDisk();
      // Not in the middle of a statement that is still under way; nothing of it reaches the disk any more.
      schedule.after(0, () => {
        articles.close();
        void engine.close();
        store.close();
      });
    },
    plan(fault, commitsOnly = false) {
      planFault(
        file,
        fault,
        () => {
          if (fault.kind === 'kill-before' || fault.kind === 'kill-behind') client.kill();
        },
        commitsOnly,
      );
    },
    repairDisk: () => clearFault(file),
    signIn(token) {
      client.token = token;
      if (!client.core) return;
      client.device = client.core.store.deviceId;
      connect(client.core);
    },
  };
  return client;
}
