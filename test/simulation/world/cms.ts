import { Readable } from 'node:stream';
import { newId, type Hash, type Id } from '#shared/article';
import type { ServerContext } from '../../../src-server/context.ts';
import {
  ConnectorError,
  type Exchange,
  type ExchangeRequest,
} from '../../../src-server/connectors/index.ts';
import { deliverDue } from '../../../src-server/delivery/index.ts';
import { addChannel, listChannels, retryChannel } from '../../../src-server/store/index.ts';
import { virtualGhost } from '../../helpers/cms/virtual-ghost.ts';
import { virtualWordPress } from '../../helpers/cms/virtual-wordpress.ts';
import type { VirtualCms } from '../../helpers/cms/cms.ts';
import { createLost, knownOf } from '../checks/cms-lost.ts';
import { watchCms, type CmsWatch } from '../checks/cms-watch.ts';
import { diceOf, type Dice } from './dice.ts';
import { isInjected, Killed, lookAt, readApart } from './disk.ts';
import type { Schedule } from './schedule.ts';
import type { SimServer } from './server.ts';

/** How a CMS answers just now, from 0 to 1 each. */
export interface CmsWeather {
  /** The request is lost; only its answer is; it fails; it is taken, and nothing is done. */
  lost: number;
  answerLost: number;
  fails: number;
  swallowed: number;
  down: boolean;
  /** It takes no article: what is to be written is turned down for good. */
  refuses: boolean;
}

export const FAIR: CmsWeather = {
  lost: 0,
  answerLost: 0,
  fails: 0,
  swallowed: 0,
  down: false,
  refuses: false,
};
const FOUL: CmsWeather = { ...FAIR, lost: 0.1, answerLost: 0.15, fails: 0.1, swallowed: 0.12 };

/** A CMS that the newsroom's server publishes to, and what is known of it from outside. */
export interface Site {
  kind: 'wordpress' | 'ghost';
  channel: Id;
  cms: VirtualCms;
  watch: CmsWatch;
  weather: CmsWeather;
  /** When each article was brought there last, as far as that was looked at. */
  brought: Map<Id, string>;
  /** Articles of a desk that it is not for. */
  notForIt: Set<Id>;
  /** From when until when it wants to be left alone, by the clock of the server, and the process that was told so. */
  rest: { from: number; until: number; told: ServerContext | undefined };
}

/** The CMSs of a run, and the server's worker that brings articles to them. */
export interface CmsWorld {
  sites: readonly Site[];
  /** Connects what the server does not know of: at the start, and after it lost its database. */
  connect(): Promise<void>;
  /** Puts everything right: who looks at what waits finds a CMS that answers. */
  putRight(): Promise<void>;
  /** How many deliveries wait. */
  waiting(): Promise<number>;
  /** The server’s disk is put back by `put`: what it knows of a CMS may be an older state from then on. */
  goBack(put: () => Promise<void>): Promise<void>;
  /** Whether the server, when it went back, lost what it knew of an article there, and has not read it back since. */
  hasLost(article: Id, channel: Id): boolean;
  /** Whether that was so at any time. */
  hadLost(article: Id, channel: Id): boolean;
}

export interface CmsOptions {
  seed: number;
  schedule: Schedule;
  clock: () => number;
  broken: (invariant: 5 | 15 | 16, what: string) => void;
}

const KEY = `${'6b0737a6'.repeat(3)}:${'f5feb7dd'.repeat(8)}`;
const LOGIN = { login: 'stet', password: 'abcd efgh', role: 'author' as const };
const LOOK_EVERY_MS = 2000;
const NO_REST: Site['rest'] = { from: 0, until: 0, told: undefined };
const REFUSED = { status: 400, headers: {}, body: JSON.stringify({ code: 'too_long' }) };
const PUBLISHED = 'SELECT live FROM publications WHERE article = ?';
const WITHDRAWALS = `SELECT count(*) FROM events WHERE article = ? AND json_extract(data, '$.transition') = 'withdraw'`;

/** Every fourth newsroom publishes to a WordPress and a Ghost as well. */
export function hasCms(seed: number): boolean {
  return seed % 4 === 3;
}

/** Whether the newsroom of a seed publishes more than others: with a CMS, so that there is something to bring there. */
export const publishesMuch = (seed: number): boolean => hasCms(seed) || seed % 4 === 1;

export interface CmsPort {
  exchange: Exchange;
  /** Ties it to the server, once that is there. */
  attach(server: SimServer): CmsWorld;
}

export function createCms({ seed, schedule, clock, broken }: CmsOptions): CmsPort {
  const dice = diceOf(seed, 30);
  const troubled = dice.chance(0.7);
  let server: SimServer | null = null;
  const numberOf = (sql: string, article: Id): number =>
    lookAt(server?.file ?? '', (db) => Number(db.prepare(sql).pluck().get(article)));
  const newsroom = {
    withdrawalsOf: (article: Id): number => numberOf(WITHDRAWALS, article),
    isPublished: (article: Id): boolean => numberOf(PUBLISHED, article) === 1,
  };
  const site = (kind: Site['kind'], cms: VirtualCms): Site => ({
    kind,
    channel: newId(() => 0, dice.bytes),
    cms,
    watch: watchCms(kind, cms, (what) => broken(5, what), newsroom),
    weather: troubled ? FOUL : FAIR,
    brought: new Map(),
    notForIt: new Set(),
    rest: NO_REST,
  });
  const addressOf = (kind: Site['kind']): string => `https://${kind}.test`;
  const sites = [
    site(
      'wordpress',
      virtualWordPress({ url: addressOf('wordpress'), account: LOGIN, now: clock }),
    ),
    site('ghost', virtualGhost({ url: addressOf('ghost'), key: KEY, now: clock })),
  ];
  /** What the server wrote down; a process that dies over an answer, or before it is there, knows of no patience. */
  const waitsUntil = (channel: Id): number =>
    lookAt(server?.file ?? '', (db) => {
      const sql = 'SELECT retry_at FROM channels WHERE id = ?';
      return Date.parse(db.prepare<[Id], string | null>(sql).pluck().get(channel) ?? '');
    });
  const lost = createLost();
  const knownNow = (file: string): ReturnType<typeof knownOf> => lookAt(file, knownOf);

  const exchange: Exchange = async (request) => {
    const [context, target] = [server?.context(), siteOf(sites, request)];
    const requireAlive = (): void => {
      if (!server?.up || server.context() !== context) throw new Killed();
    };
    requireAlive();
    const now = clock();
    const { from, until, told } = target.rest;
    if (now >= from && now < until && (told === context || waitsUntil(target.channel) > now))
      broken(16, `The server asked ${target.kind} although it had been asked for patience.`);
    const answer = answerOf(target, request, dice);
    await new Promise<void>((resolve) => schedule.after(dice.between(5, 400), resolve));
    requireAlive();
    const seconds = Number(answer?.headers['retry-after'] ?? 0);
    if (seconds > 0) target.rest = { from: now, until: now + seconds * 1000, told: context };
    if (answer === null)
      throw new ConnectorError('unreachable', `${target.kind} cannot be reached.`);
    return answer;
  };

  return {
    exchange,
    attach(attached) {
      server = attached;
      const contextNow = (): ServerContext => attached.context();
      const busy = new Set<ServerContext>();
      const deliver = async (): Promise<void> => {
        const context = contextNow();
        if (!attached.up || busy.has(context)) return;
        busy.add(context);
        try {
          await deliverDue({ ...context, assets: streaming(context.assets) });
        } catch (error) {
          // Whoever was killed over it finds its database closed.
          const isAlive = server?.up === true && server.context() === context;
          if (isAlive && !isInjected(error)) broken(15, `The delivery failed: ${String(error)}`);
        } finally {
          busy.delete(context);
        }
      };
      const look = (): void => {
        schedule.after(LOOK_EVERY_MS, look);
        void deliver();
      };
      look();
      return {
        sites,
        async connect() {
          const { store, secrets } = contextNow();
          const known = (await listChannels(store.db)).map(({ id }) => id);
          for (const { kind, channel } of sites.filter(({ channel: id }) => !known.includes(id)))
            await store.write((unit) =>
              addChannel(unit, {
                id: channel,
                kind,
                name: kind,
                address: addressOf(kind),
                desks: null,
                account: kind === 'wordpress' ? LOGIN.login : '',
                secret: secrets.seal(kind === 'wordpress' ? LOGIN.password : KEY),
              }),
            );
        },
        async putRight() {
          for (const one of sites) {
            one.weather = FAIR;
            beginAnew(one);
          }
          const { store } = contextNow();
          for (const { channel } of sites) await store.write((unit) => retryChannel(unit, channel));
        },
        async waiting() {
          const { store } = contextNow();
          const rows = await store.db
            .selectFrom('deliveries')
            .select('article')
            .where('standing', '=', 'waiting')
            .execute();
          return rows.length;
        },
        async goBack(put) {
          const { file } = attached;
          const before = readApart(attached.image(), file, knownNow);
          await put();
          const back = knownNow(file);
          lost.went(before, back);
          sites.forEach(beginAnew);
          for (const { watch, channel } of sites)
            watch.forgotHidden((article) => lost.mayTakeForOwn(article, channel, back));
        },
        hasLost: (article, channel) => lost.has(article, channel, knownNow(attached.file)),
        hadLost: (article, channel) => lost.had(article, channel),
      };
    },
  };
}

/** The server of a run holds its pictures in memory, and gives their bytes where a real one gives a stream. */
function streaming(assets: ServerContext['assets']): ServerContext['assets'] {
  const read = (hash: Hash): unknown => Readable.from([assets.read(hash)]);
  return { ...assets, read: read as ServerContext['assets']['read'] };
}

/** Whoever decides by hand, or forgot what it was asked for, need not wait. */
export function beginAnew(site: Site): void {
  site.rest = NO_REST;
}

function siteOf(sites: readonly Site[], { url }: ExchangeRequest): Site {
  const site = sites.find(({ kind }) => url.startsWith(`https://${kind}.test`));
  if (!site) throw new Error(`There is no CMS at ${url}.`);
  return site;
}

/** What comes back of a request; null for nothing. What it does is done at once, whether or not its answer arrives. */
function answerOf(
  site: Site,
  request: ExchangeRequest,
  dice: Dice,
): ReturnType<VirtualCms['answer']> | null {
  const { cms, watch, weather } = site;
  if (weather.down || dice.chance(weather.lost)) return null;
  if (dice.chance(weather.fails)) {
    const busy = dice.chance(0.5);
    const seconds = dice.between(1, 90);
    const headers: Record<string, string> = busy ? { 'retry-after': String(seconds) } : {};
    return { status: busy ? 503 : 500, headers, body: 'It is being looked after.' };
  }
  if (weather.refuses && !['GET', 'HEAD'].includes(request.method)) return REFUSED;
  const isUpdate = watch.idOf(request) !== null && request.method !== 'GET';
  if (isUpdate && dice.chance(weather.swallowed))
    return cms.answer({ method: 'GET', url: request.url, headers: request.headers });
  const before = new Map(cms.posts().map((post) => [post.id, post]));
  const answer = cms.answer(request);
  watch.saw(request, before);
  return dice.chance(weather.answerLost) ? null : answer;
}
