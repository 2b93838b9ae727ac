import type { Hash } from '#shared/article';
import type { Channel, Delivery, DeliveryChange, Unit } from '../store/index.ts';
import { keepRemoteVersion, saveDelivery } from '../store/index.ts';
import type { ServerContext } from '../context.ts';
import type { Connector, RemotePost, Written } from '../connectors/index.ts';

/** One try to bring one article to one channel: what it needs, and the row as it stood when the turn was taken. */
export interface Attempt {
  context: Pick<ServerContext, 'store' | 'assets'>;
  connector: Connector;
  channel: Channel;
  delivery: Delivery;
}

/** Another process has taken the turn: it knows better what stands there. */
export class Overtaken extends Error {
  constructor() {
    super('Another process has taken this delivery over.');
    this.name = 'Overtaken';
  }
}

/** What was read back after the last write that came through, and what had been written. */
export interface Baseline {
  /** Null where nothing of Stet’s was ever read back. */
  found: RemotePost | null;
  written: Written | null;
  /** What somebody made of it, taken into the article as a revision: only what descends from that is written over it. */
  takenIn?: { found: RemotePost; within: Hash };
}

export function baselineOf({ baseline }: Delivery): Baseline | null {
  return baseline === null ? null : (JSON.parse(baseline) as Baseline);
}

/** What was read there last, or taken into the article since. */
export function knownOf(delivery: Delivery): RemotePost | null {
  const baseline = baselineOf(delivery);
  return baseline?.takenIn?.found ?? baseline?.found ?? null;
}

export function sentOf({ sent }: Delivery): Written | null {
  return sent === null ? null : (JSON.parse(sent) as Written);
}

/**
 * What an earlier write sent, once it stands there: by its words, or by its terms where the words are those that stood there
 * before it, too.
 */
export function arrivedOf({ connector, delivery }: Attempt, found: RemotePost): Written | null {
  const sent = sentOf(delivery);
  if (!sent || !connector.isSame(found, sent)) return null;
  const before = knownOf(delivery);
  const isNews = before !== null && !connector.isSame(before, sent);
  const replaced = baselineOf(delivery)?.written ?? null;
  return isNews || connector.hasTerms(found, sent, replaced) ? sent : null;
}

/** Stores how far it has come, before the next step is taken. Throws {@link Overtaken}. */
export async function reach(
  { context: { store }, delivery }: Attempt,
  change: DeliveryChange | ((unit: Unit) => Promise<DeliveryChange>),
): Promise<void> {
  const kept = await store.write(async (unit) => {
    const set = typeof change === 'function' ? await change(unit) : change;
    if (!(await saveDelivery(unit, delivery, set))) return false;
    // What the window says of the article changes with its standing and with a first failure, not with every step.
    const isNews = set.standing !== undefined || set.step === 'done' || set.attempts === 1;
    if (isNews) unit.touch('article', delivery.article);
    return true;
  });
  if (!kept) throw new Overtaken();
}

/** Stops before something that somebody made there, and keeps it. */
export function stopAtChange(attempt: Attempt, found: RemotePost, problem: string): Promise<void> {
  return reach(attempt, async (unit) => ({
    standing: 'changed',
    theirs: await keepRemoteVersion(unit, attempt.delivery, found),
    problem,
    nextAt: null,
  }));
}

/** What is told of a post that is gone for good, in the place of what stands there. */
export function goneFor(delivery: Delivery): RemotePost {
  return {
    id: delivery.remote ?? '',
    url: '',
    slug: '',
    status: 'deleted',
    live: false,
    updatedAt: '',
    title: '',
    excerpt: '',
    body: '',
    terms: {},
    whole: true,
  };
}
