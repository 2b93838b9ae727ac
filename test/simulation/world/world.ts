import { cpSync, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { StoredRevision } from '#shared/api';
import type { Id } from '#shared/article';
import { NOON } from '../../helpers/clock-and-random.ts';
import { Broken, type Invariant, type Violation } from '../checks/invariants.ts';
import { createLedger, type Ledger } from '../checks/ledger.ts';
import { publishOnTime } from '../checks/on-time.ts';
import { isPaused } from '../checks/pauses.ts';
import { watchAnswers } from '../checks/answers-watch.ts';
import { watchAwaited } from '../checks/awaited-watch.ts';
import { watchIndex } from '../checks/index-watch.ts';
import { watchTold } from '../checks/told-watch.ts';
import { watchVault } from '../checks/vault-watch.ts';
import { createWatch, type Watch } from '../checks/watch.ts';
import { createCms, hasCms, type CmsWorld } from './cms.ts';
import { createClient, type Client } from './client.ts';
import { diceOf, type Dice } from './dice.ts';
import type { DiskImage } from './disk.ts';
import { createNetwork, FINE, type Network, type Weather } from './network.ts';
import { MOST_CLIENTS, SEATS, signIn } from './newsroom.ts';
import { createSchedule, type Schedule } from './schedule.ts';
import { openServer, type SimServer } from './server.ts';
import { clientTemplate, serverTemplate } from './template.ts';
import { createWhereabouts, type Whereabouts } from './whereabouts.ts';
import { createWords, type Words } from './words.ts';

/** In which newsrooms people are told who is where: in all it would only take longer. */
const tellsPlaces = (seed: number): boolean => seed % 3 === 1;

/** One run: clients, server, network and time, and what is known of them from outside. */
export interface World {
  readonly seed: number;
  readonly schedule: Schedule;
  readonly server: SimServer;
  readonly network: Network;
  readonly clients: readonly Client[];
  /** The CMSs that the server publishes to, in newsrooms that have them. */
  readonly cms: CmsWorld | null;
  readonly words: Words;
  readonly ledger: Ledger;
  readonly watch: Watch;
  /** Where people are, in newsrooms in which the others are told. */
  whereabouts: Whereabouts | null;
  /** Articles in the order in which they were started. */
  readonly articles: Id[];
  /** How wrong the server’s clock is. */
  serverClockOff: number;
  /** How long everyone has slept: clocks went on, and nothing else. */
  slept: number;
  /** A copy of the server’s disk that somebody may put back. */
  backup: DiskImage | null;
  readonly weather: Weather;
  /** Where templates and runs have their files. */
  readonly folder: string;
  /** Revisions of a later schema that the server holds. */
  readonly future: StoredRevision[];
  /** Says that a promise is broken. The first one counts. */
  broken(invariant: Invariant, what: string): void;
  violation(): Violation | null;
  step: number;
  close(): Promise<void>;
}

export interface WorldOptions {
  seed: number;
  folder: string;
  clients?: number | undefined;
}

const CALM: Weather = { ...FINE, wake: 0.25, breakUpload: 0.3 };
const WEATHERS: Weather[] = [
  CALM,
  CALM,
  { ...CALM, dropRequest: 0.05, dropResponse: 0.05, duplicate: 0.05, slow: 0.05, busy: 0.02 },
  {
    dropRequest: 0.15,
    dropResponse: 0.2,
    duplicate: 0.2,
    slow: 0.2,
    nonsense: 0.03,
    busy: 0.04,
    breakUpload: 0.6,
    wake: 0.2,
  },
];

export function clientsOf(seed: number): number {
  return diceOf(seed, 1).between(3, MOST_CLIENTS);
}

export async function createWorld({ seed, folder, ...options }: WorldOptions): Promise<World> {
  const dice: Dice = diceOf(seed, 2);
  const dir = join(folder, `seed-${seed}`);
  rmSync(dir, { recursive: true, force: true });
  mkdirSync(dir, { recursive: true });
  const schedule = createSchedule();
  let violation: Violation | null = null;

  const broken = (invariant: Invariant, what: string): void => {
    violation ??= { invariant, what, step: world.step };
  };
  const wallClock = (): number => NOON + Math.floor(schedule.now()) + world.slept;
  cpSync(await serverTemplate(folder), join(dir, 'server'), { recursive: true });
  const port = hasCms(seed)
    ? createCms({ seed, schedule, broken, clock: () => wallClock() + world.serverClockOff })
    : null;
  const server = await openServer({
    dir: join(dir, 'server'),
    clock: () => wallClock() + world.serverClockOff,
    dice: diceOf(seed, 3),
    schedule,
    exchange: port?.exchange,
    onError: (error) => broken(15, `The server failed: ${describe(error)}`),
  });
  const watch = createWatch(broken, server.file, () => wallClock() + world.serverClockOff);
  const network = createNetwork({
    schedule,
    dice: diceOf(seed, 4),
    server: () => server,
    onImpatience: (line, { path }) =>
      broken(16, `Client ${line} asked for ${path} although it had been asked for patience.`),
    tap: (line, request, response) => watch.saw(world.clients[line]!, request, response),
    onPresence: (line, token, here) => watch.sawPresence(world.clients[line]!, token, here),
    onAsked: (line, { path }) => {
      const core = world.clients[line]?.core;
      if (core && isPaused(core))
        broken(11, `Client ${line} asked for ${path} although its person had paused syncing.`);
    },
  });

  const clients: Client[] = [];
  const count = options.clients ?? clientsOf(seed);
  for (let index = 0; index < count; index += 1) {
    const clientDir = join(dir, `client-${index}`);
    cpSync(await clientTemplate(folder, index), clientDir, { recursive: true });
    clients.push(
      createClient({
        index,
        who: SEATS[index]!,
        dir: clientDir,
        line: network.line(index),
        schedule,
        dice: diceOf(seed, 10 + index),
        wallClock,
        opened: (store) => {
          const { id } = SEATS[index]!;
          watchVault(store, id, (what) => broken(9, `Client ${index}: ${what}`));
          watchAnswers(store, (what) => broken(1, `Client ${index}: ${what}`));
          watchIndex(store, (what) => broken(13, `Client ${index}: ${what}`));
          return {
            told: watchTold(store, id, (what) => broken(11, `Client ${index}: ${what}`)),
            awaited: watchAwaited(store, id, () => schedule.now()),
          };
        },
        onFailure: (what, error) =>
          broken(15, `On client ${index}: ${what} ${error === undefined ? '' : describe(error)}`),
      }),
    );
  }
  const world: World = {
    seed,
    schedule,
    server,
    network,
    clients,
    cms: port?.attach(server) ?? null,
    words: createWords(),
    ledger: createLedger(),
    watch,
    whereabouts: null,
    articles: [],
    serverClockOff: 0,
    slept: 0,
    backup: null,
    weather: dice.pick(WEATHERS),
    folder,
    future: [],
    broken,
    violation: () => violation,
    step: 0,
    async close() {
      for (const client of clients) if (client.core) client.kill();
      await schedule.pass(0);
      await server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
  if (tellsPlaces(seed)) world.whereabouts = createWhereabouts(world);
  network.weather = world.weather;
  await world.cms?.connect();
  const lookForDue = (): void => {
    schedule.after(5000, lookForDue);
    void publishOnTime(server, broken);
  };
  lookForDue();
  for (const client of clients) {
    await client.open();
    await admit(world, client);
  }
  return world;
}

/** Lets the person sign in on this computer, as they would with their password. */
export async function admit(world: World, client: Client): Promise<void> {
  if (!world.server.up || !client.core) return;
  const { deviceId } = client.core.store;
  const token = await signIn(world.server.context(), client.who, deviceId);
  world.watch.signedIn(token, client.who.id);
  client.signIn(token);
}

export function describe(error: unknown): string {
  if (error instanceof Broken) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}
