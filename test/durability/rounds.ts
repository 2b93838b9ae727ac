import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { sql } from 'kysely';
import { cursorOf } from '#shared/api';
import type { Store } from '../../src-server/store/index.ts';
import { seededRandom } from '../helpers/clock-and-random.ts';
import {
  Broken,
  checkAnswers,
  checkCore,
  checkFeed,
  checkServer,
  checkTyped,
  pollerOver,
} from './checks.ts';
import { coreIn, type Core } from './core.ts';
import { emptyLedger, pour, sizes } from './ledger.ts';
import { loadOn, LOGINS } from './load.ts';
import { openNewsroom, PASSWORD, type EngineName, type Newsroom } from './newsroom.ts';

/** What a run came to. Times are in milliseconds. */
export interface Figures {
  engine: EngineName;
  rounds: number;
  kills: Record<string, number>;
  /** Requests and calls that waited for an answer at the moment of a kill. */
  cutShort: number;
  acknowledged: Record<string, number>;
  /** How late the latest scheduled article came, and that of the median. */
  latest: number;
  /** The same for the latest, not counting the time in which every server was down. */
  latestServed: number;
  median: number;
  took: number;
}

export interface RunOptions {
  engine: EngineName;
  rounds: number;
  seed: number;
  say: (line: string) => void;
  /** Asked before each round: true ends the run early, with the figures so far. */
  enough?: () => boolean;
}

const DRAIN_MS = 60_000;

/** Waits until something is so. */
async function until(what: string, check: () => Promise<boolean>): Promise<void> {
  const end = Date.now() + DRAIN_MS;
  while (!(await check())) {
    if (Date.now() > end) throw new Broken(`${what} within ${DRAIN_MS / 1000} s.`);
    await setTimeout(25);
  }
}

/** Also what has yet to come into the outbox: an article that was cut off before its first block is sealed by itself. */
async function drained(core: Core, store: Store): Promise<void> {
  await core.call('sync.now', {});
  await until('The core did not send and fetch everything', async () => {
    const { editing } = (await core.call('app.status', {})).sync;
    const { outbox, cursor } = await core.call('outbox.list', {});
    const end = cursorOf(await store.position());
    if (editing === 0 && outbox.length === 0 && cursor === end) return true;
    await core.call('sync.now', {});
    return false;
  });
}

/** PostgreSQL loses one of its own processes: it breaks every connection and recovers from its log. */
async function killBackend(store: Store): Promise<void> {
  const { rows } = await sql<{ pid: number }>`
    select pid from pg_stat_activity
    where application_name = 'stet' and pid <> pg_backend_pid()
    order by (state = 'active') desc, random() limit 1`.execute(store.db);
  if (rows[0]) process.kill(rows[0].pid, 'SIGKILL');
}

/** What may be killed: `all` is a power cut. */
const VICTIMS: Record<EngineName, readonly string[]> = {
  sqlite: ['server', 'server', 'core', 'core', 'all'],
  postgres: ['server', 'servers', 'core', 'core', 'all', 'database'],
};

async function killSome(
  victim: string,
  {
    newsroom,
    core,
    store,
    dice,
  }: { newsroom: Newsroom; core: Core; store: Store; dice: () => number },
): Promise<void> {
  const { servers } = newsroom;
  if (victim === 'database') return killBackend(store);
  const one = servers[dice() % servers.length];
  const doomed = victim === 'server' ? [one] : victim === 'core' ? [] : servers;
  await Promise.all([
    ...doomed.map((server) => server?.kill()),
    ...(victim === 'core' || victim === 'all' ? [core.kill()] : []),
  ]);
}

/** A time in which no server was there, from the kill until one served again. */
interface Outage {
  from: number;
  to: number;
}

/** How late each scheduled article came; throws when one is early, twice or not at all there. */
async function lateness(
  store: Store,
  scheduled: readonly { article: string; at: number }[],
  outages: readonly Outage[],
): Promise<{ late: number; served: number }[]> {
  await until('Not every scheduled article was published', async () => {
    const { count } = await store.db
      .selectFrom('articles')
      .select(({ fn }) => fn.countAll().as('count'))
      .where('state', '=', 'scheduled')
      .executeTakeFirstOrThrow();
    return Number(count) === 0;
  });
  const events = await store.db.selectFrom('events').select(['article', 'data']).execute();
  return scheduled.map(({ article, at }) => {
    const published = events
      .filter((event) => event.article === article)
      .map(({ data }) => JSON.parse(data) as { transition: string; at: string })
      .filter(({ transition }) => transition === 'publish');
    const [only] = published;
    if (!only || published.length > 1)
      throw new Broken(`Scheduled ${article} was published ${published.length} times.`);
    const late = Date.parse(only.at) - at;
    if (late < 0) throw new Broken(`Scheduled ${article} was published too early.`);
    const out = outages.map(({ from, to }) =>
      Math.max(0, Math.min(to, at + late) - Math.max(from, at)),
    );
    return { late, served: late - out.reduce((sum, missed) => sum + missed, 0) };
  });
}

/** Kills real processes under load, round after round, and checks each time that nothing acknowledged is lost. */
export async function runRounds({
  engine,
  rounds,
  seed,
  say,
  enough = () => false,
}: RunOptions): Promise<Figures> {
  const started = Date.now();
  const random = seededRandom(seed);
  const dice = (): number => new DataView(random(4).buffer).getUint32(0);
  const newsroom = await openNewsroom(engine, [...LOGINS, 'typist']);
  const core = coreIn(join(newsroom.folder, 'core'), 'The typist’s computer');
  let store: Store | null = null;
  try {
    store = await newsroom.openStore();
    await core.start();
    const url = newsroom.servers[0]?.url ?? '';
    await core.call('setup.connect', { url, login: 'typist', password: PASSWORD });
    const load = await loadOn(newsroom, [core]);
    const poller = pollerOver(load.reader);
    const all = emptyLedger();
    const kills: Record<string, number> = {};
    const outages: Outage[] = [];
    let cutShort = 0;
    let done = 0;

    await drained(core, store);
    for (let round = 1; round <= rounds && !enough(); round += 1) {
      load.begin();
      // Somewhere in the middle of things: the moment is the point, not the wait.
      await setTimeout(60 + (dice() % 340));
      const victims = VICTIMS[engine];
      const victim = victims[dice() % victims.length] ?? 'server';
      cutShort += load.inFlight();
      const from = Date.now();
      await killSome(victim, { newsroom, core, store, dice });
      const isOut = newsroom.servers.every(({ up }) => !up());
      kills[victim] = (kills[victim] ?? 0) + 1;
      const coreDied = victim === 'core' || victim === 'all';
      const back = newsroom.servers.filter(({ up }) => !up()).map((server) => server.start());
      await Promise.all([
        ...back,
        ...(isOut ? [Promise.any(back).then(() => outages.push({ from, to: Date.now() }))] : []),
        ...(coreDied ? [core.start()] : []),
      ]);
      if (coreDied) await checkTyped(core, load.ledger);
      await poller.pull();
      await load.pause();
      // What was cut off in the middle of typing is finished, as it is when the article is opened again.
      for (const article of new Set(load.ledger.blocks.map((block) => block.article)))
        await core.call('article.seal', { article });
      await drained(core, store);
      await checkAnswers(load.reader, load.ledger);
      await checkServer(newsroom, store, load.ledger);
      await checkFeed(store, poller);
      await drained(core, store);
      await checkCore(core, store);
      pour(load.ledger, all);
      done = round;
      if (round % 10 === 0) say(`${engine}: ${round} rounds, ${all.answers.length} answers kept`);
    }
    const times = await lateness(store, all.scheduled, outages);
    const late = times.map((time) => time.late).sort((a, b) => a - b);
    await drained(core, store);
    await checkServer(newsroom, store, all);
    await checkFeed(store, poller);
    return {
      engine,
      rounds: done,
      kills,
      cutShort,
      acknowledged: sizes(all),
      latest: late.at(-1) ?? 0,
      latestServed: Math.max(0, ...times.map(({ served }) => served)),
      median: late[Math.floor(late.length / 2)] ?? 0,
      took: Date.now() - started,
    };
  } finally {
    await core.kill();
    await store?.close();
    await newsroom.close();
  }
}
