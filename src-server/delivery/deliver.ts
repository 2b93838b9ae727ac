import { backoffMs } from '#shared/api';
import type { ServerContext } from '../context.ts';
import { ConnectorError, openConnector, type Connector } from '../connectors/index.ts';
import {
  listChannels,
  noteReached,
  takeTurn,
  waitingDeliveries,
  waitingTimes,
  type Channel,
  type Delivery,
} from '../store/index.ts';
import { Overtaken, reach, type Attempt } from './attempt.ts';
import { bring } from './bring.ts';
import { takeDownThere } from './take-down.ts';

/** The longest that is waited, whatever a CMS asks for: also a clock that was set wrong must not stop it for longer. */
const LONGEST_WAIT_MS = 3_600_000;
/** How soon to look again at what another process is at. */
const LOOK_AGAIN_MS = 5000;
/** How often to say that this process is still at it: shorter than the database's patience. */
const HEARTBEAT_MS = 4000;
/** So many failures one after the other are the channel's, not those of the articles. */
const CHANNEL_FAILURES = 2;

const OWN_FAILURE = 'The publishing server failed with an error of its own. Its log says more.';

type Context = Pick<
  ServerContext,
  'store' | 'assets' | 'secrets' | 'exchange' | 'clock' | 'random'
>;

/** How long until a moment; nothing for one so far ahead that a clock must have been set back since. */
function untilMs(at: string | null, now: number): number {
  if (at === null) return 0;
  const left = Date.parse(at) - now;
  return left > LONGEST_WAIT_MS ? 0 : Math.max(0, left);
}

function connectorFor({ secrets, exchange, clock }: Context, channel: Channel): Connector {
  const secret = secrets.open(channel.secret);
  if (secret === null)
    throw new ConnectorError(
      'denied',
      `The server cannot read the secret of ${channel.name}. Give it again: channel secret.`,
    );
  return openConnector({ ...channel, secret }, exchange, clock);
}

/** Carries one delivery as far as it will go. Gives the failure that kept it, if one did. */
async function attemptOne(
  context: Context,
  connector: Connector,
  channel: Channel,
  due: Delivery,
): Promise<ConnectorError | null> {
  const delivery = await context.store.write((unit) => takeTurn(unit, due));
  if (!delivery) return null;
  const attempt: Attempt = { context, connector, channel, delivery };
  try {
    await (delivery.wanted === null ? takeDownThere(attempt) : bring(attempt, delivery.wanted));
    return null;
  } catch (error) {
    if (error instanceof Overtaken) return null;
    if (!(error instanceof ConnectorError)) {
      await note(context, attempt, new ConnectorError('later', OWN_FAILURE));
      throw error;
    }
    await note(context, attempt, error);
    return error.kind === 'refused' ? null : error;
  }
}

/** Says of an article why it is not there, and when it is tried again. */
async function note(
  { clock, random }: Context,
  attempt: Attempt,
  { kind, message, waitMs }: ConnectorError,
): Promise<void> {
  const attempts = attempt.delivery.attempts + 1;
  const wait = Math.min(LONGEST_WAIT_MS, Math.max(backoffMs(attempts, random), waitMs ?? 0));
  await reach(attempt, {
    problem: message,
    attempts,
    ...(kind === 'refused'
      ? { standing: 'refused', nextAt: null }
      : { nextAt: new Date(clock() + wait).toISOString() }),
  }).catch((error: unknown) => {
    if (!(error instanceof Overtaken)) throw error;
  });
}

/** Whether a failure says that no other article will get there now either. */
function isOfChannel({ kind, waitMs }: ConnectorError): boolean {
  return kind === 'denied' || kind === 'unreachable' || waitMs !== null;
}

/**
 * One article after the other. Gives what is wrong with the channel, if anything is; what went wrong in this server itself
 * is added to `failed` and holds up no other article.
 */
async function deliverEach(
  context: Context,
  channel: Channel,
  due: readonly Delivery[],
  failed: unknown[],
): Promise<ConnectorError | null> {
  let failures = 0;
  try {
    const connector = connectorFor(context, channel);
    for (const delivery of due) {
      const failure = await attemptOne(context, connector, channel, delivery).catch(
        (error: unknown) => {
          failed.push(error);
          return null;
        },
      );
      failures = failure ? failures + 1 : 0;
      if (failure && (isOfChannel(failure) || failures === CHANNEL_FAILURES)) return failure;
    }
    return null;
  } catch (error) {
    if (error instanceof ConnectorError) return error;
    throw error;
  }
}

/** Everything that is due in one channel; what failed before comes last, so that it holds up nothing else. */
async function deliverTo(context: Context, channel: Channel): Promise<void> {
  const { store, clock } = context;
  const now = clock();
  if (untilMs(channel.retryAt, now) > 0) return;
  const due = (await waitingDeliveries(store.db, channel.id))
    .filter(({ nextAt }) => untilMs(nextAt, now) === 0)
    .sort((a, b) => a.attempts - b.attempts);
  if (due.length === 0) return;
  const failed: unknown[] = [];
  const trouble = await deliverEach(context, channel, due, failed);
  if (trouble || channel.attempts > 0) await noteChannel(context, channel, trouble);
  if (failed.length > 0) throw failed[0];
}

/** Notes that a channel was reached, or why not and when it is tried again. */
async function noteChannel(
  { store, clock, random }: Context,
  channel: Channel,
  trouble: ConnectorError | null,
): Promise<void> {
  const attempts = trouble ? channel.attempts + 1 : 0;
  const wait = Math.min(
    LONGEST_WAIT_MS,
    Math.max(backoffMs(attempts, random), trouble?.waitMs ?? 0),
  );
  const retryAt = trouble ? new Date(clock() + wait).toISOString() : null;
  await store.write((unit) =>
    noteReached(unit.db, channel.id, { attempts, retryAt, problem: trouble?.message ?? '' }),
  );
}

/** How long until something is due in any channel; null when nothing waits. */
async function nextLookMs({ store, clock }: Context): Promise<number | null> {
  const channels = await listChannels(store.db);
  const now = clock();
  const waits: number[] = [];
  for (const { id, retryAt } of channels) {
    for (const next of await waitingTimes(store.db, id))
      waits.push(Math.max(untilMs(next, now), untilMs(retryAt, now)));
  }
  return waits.length === 0 ? null : Math.min(...waits);
}

/**
 * Brings everything that is due to its channels, all channels at once. Gives how long until the next look; null when nothing
 * waits. A channel that fails holds up no other: what went wrong first is thrown once all have had their turn.
 */
export async function deliverDue(context: Context): Promise<number | null> {
  const { store } = context;
  const wait = await nextLookMs(context);
  if (wait !== 0) return wait;
  const channels = await listChannels(store.db);
  const done = await store.alone('delivery', async (stillHere) => {
    const beat = setInterval(() => void stillHere().catch(() => undefined), HEARTBEAT_MS);
    beat.unref();
    try {
      return await Promise.allSettled(channels.map((channel) => deliverTo(context, channel)));
    } finally {
      clearInterval(beat);
    }
  });
  if (done === null) return LOOK_AGAIN_MS;
  for (const result of done) if (result.status === 'rejected') throw result.reason;
  return nextLookMs(context);
}
