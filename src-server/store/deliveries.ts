import { canonicalJson, sha256Hex, type Hash, type Id } from '#shared/article';
import { DeliveryStanding } from '#shared/api';
import { listChannels } from './channels.ts';
import type { Unit } from './unit.ts';
import type { Db, Tables } from './tables.ts';
import { writtenOnce } from './written-once.ts';

/**
 * How far the way of an article to a channel has come: nothing made there yet; its draft there is known by its id;
 * `sent` is being written to it; what stands there was read back and compared.
 */
export type DeliveryStep = 'intent' | 'drafted' | 'writing' | 'done';

/** What is to stand in a channel of an article, and what is known of what stands there. */
export interface Delivery {
  article: Id;
  channel: Id;
  /** The revision that is to stand there; null when the article is to be taken down. */
  wanted: Hash | null;
  wantedAt: string;
  step: DeliveryStep;
  standing: DeliveryStanding;
  /** The post's id and address there. */
  remote: string | null;
  url: string | null;
  live: boolean;
  /** The revision that was delivered last, and when. */
  delivered: Hash | null;
  deliveredAt: string | null;
  /** What was last read back, what is being or was last written, and which version of a person's hand was found. */
  baseline: string | null;
  sent: string | null;
  theirs: Hash | null;
  problem: string;
  attempts: number;
  nextAt: string | null;
  /** Counts who is at it: what a process writes that was overtaken is not taken. */
  turn: number;
}

function toDelivery(row: Tables['deliveries']): Delivery {
  const { article, channel, wanted, remote, url, delivered, baseline, sent, theirs } = row;
  return {
    article,
    channel,
    wanted,
    remote,
    url,
    delivered,
    baseline,
    sent,
    theirs,
    wantedAt: row.wanted_at,
    step: row.step as DeliveryStep,
    standing: DeliveryStanding.parse(row.standing),
    live: row.live === 1,
    deliveredAt: row.delivered_at,
    problem: row.problem,
    attempts: row.attempts,
    nextAt: row.next_at,
    turn: row.turn,
  };
}

/**
 * Asks every channel of the article's desk for a revision, or, with null, every channel that knows the article to take it
 * down. Part of the transaction that publishes, so that neither ever stands without the other.
 */
export async function wantDelivered(
  { db, at }: Unit,
  { id: article, desk }: { id: Id; desk: Id | null },
  wanted: Hash | null,
): Promise<void> {
  const asked = {
    wanted,
    wanted_at: at,
    standing: 'waiting',
    problem: '',
    attempts: 0,
    next_at: at,
  };
  // Whatever channel knows it is told, also when the article belongs to another desk by now.
  await db.updateTable('deliveries').set(asked).where('article', '=', article).execute();
  if (wanted === null) return;
  for (const channel of await listChannels(db)) {
    if (channel.desks && (desk === null || !channel.desks.includes(desk))) continue;
    await db
      .insertInto('deliveries')
      .values({
        article,
        channel: channel.id,
        step: 'intent',
        live: 0,
        turn: 0,
        ...asked,
        remote: null,
        url: null,
        delivered: null,
        delivered_at: null,
        baseline: null,
        sent: null,
        theirs: null,
      })
      .onConflict((conflict) => conflict.columns(['article', 'channel']).doNothing())
      .execute();
  }
}

export async function deliveriesOf(db: Db, article: Id): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('article', '=', article)
    .execute();
  return rows.map(toDelivery);
}

export async function findDelivery(db: Db, article: Id, channel: Id): Promise<Delivery | null> {
  const found = await deliveriesOf(db, article);
  return found.find((delivery) => delivery.channel === channel) ?? null;
}

/** What waits for a channel, in the order in which it was asked for. */
export async function waitingDeliveries(db: Db, channel: Id): Promise<Delivery[]> {
  const rows = await db
    .selectFrom('deliveries')
    .selectAll()
    .where('channel', '=', channel)
    .where('standing', '=', 'waiting')
    .orderBy('wanted_at')
    .orderBy('article')
    .execute();
  return rows.map(toDelivery);
}

const timesOf = writtenOnce((db, channel: Id, standing: DeliveryStanding) =>
  db
    .selectFrom('deliveries')
    .select('next_at')
    .distinct()
    .where('channel', '=', channel)
    .where('standing', '=', standing),
);

/** When each of what waits for a channel is to be tried next. */
export async function waitingTimes(db: Db, channel: Id): Promise<(string | null)[]> {
  const rows = await timesOf(db, channel, 'waiting');
  return rows.map((row) => row.next_at);
}

/** Begins an attempt; whoever was at it before is overtaken. Null when there is nothing to do any more. */
export async function takeTurn(
  { db }: Unit,
  { article, channel }: Pick<Delivery, 'article' | 'channel'>,
): Promise<Delivery | null> {
  const row = await db
    .updateTable('deliveries')
    .set(({ eb }) => ({ turn: eb('turn', '+', 1) }))
    .where('article', '=', article)
    .where('channel', '=', channel)
    .where('standing', '=', 'waiting')
    .returningAll()
    .executeTakeFirst();
  return row ? toDelivery(row) : null;
}

export type DeliveryChange = Partial<
  Omit<Delivery, 'article' | 'channel' | 'wanted' | 'wantedAt' | 'turn'>
>;

/** Stores how far it has come. False, with nothing stored, when another has taken the turn meanwhile. */
export async function saveDelivery(
  { db }: Unit,
  { article, channel, turn }: Pick<Delivery, 'article' | 'channel' | 'turn'>,
  { live, nextAt, deliveredAt, ...same }: DeliveryChange,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('deliveries')
    .set({
      ...same,
      ...(live !== undefined && { live: Number(live) }),
      ...(nextAt !== undefined && { next_at: nextAt }),
      ...(deliveredAt !== undefined && { delivered_at: deliveredAt }),
    })
    .where('article', '=', article)
    .where('channel', '=', channel)
    .where('turn', '=', turn)
    .executeTakeFirst();
  return numUpdatedRows > 0n;
}

/** Changes a delivery as a person decides; who may be at it is overtaken. */
export async function decideDelivery(
  unit: Unit,
  { article, channel }: Pick<Delivery, 'article' | 'channel'>,
  change: DeliveryChange,
): Promise<void> {
  const { turn } = await unit.db
    .updateTable('deliveries')
    .set(({ eb }) => ({ turn: eb('turn', '+', 1) }))
    .where('article', '=', article)
    .where('channel', '=', channel)
    .returning('turn')
    .executeTakeFirstOrThrow();
  await saveDelivery(unit, { article, channel, turn }, { problem: '', attempts: 0, ...change });
  unit.touch('article', article);
}

/** Puts a delivery that stopped on its way again, whatever its channel was waiting for. */
export async function askAgain(
  unit: Unit,
  delivery: Pick<Delivery, 'article' | 'channel'>,
  change: DeliveryChange,
): Promise<void> {
  await decideDelivery(unit, delivery, { standing: 'waiting', nextAt: unit.at, ...change });
  const { channel } = delivery;
  await unit.db.updateTable('channels').set({ retry_at: null }).where('id', '=', channel).execute();
}

/**
 * A backup knows nothing of what was delivered after it was made: what it holds as published may have been withdrawn since,
 * and the other way round. So everything is looked at once more, and put there or taken from readers where it has to be.
 */
export async function deliverAgain({ db, at }: Unit): Promise<void> {
  await db
    .updateTable('deliveries')
    .set({ standing: 'waiting', attempts: 0, next_at: at })
    .where('standing', '=', 'done')
    .execute();
}

/** Keeps a version that somebody made in the CMS itself, for good; gives the name to find it by. */
export async function keepRemoteVersion(
  { db, at }: Unit,
  { article, channel }: Pick<Delivery, 'article' | 'channel'>,
  data: unknown,
): Promise<Hash> {
  const text = canonicalJson(data);
  const id = sha256Hex(canonicalJson({ article, channel, text }));
  await db
    .insertInto('remote_versions')
    .values({ id, article, channel, seen_at: at, data: text })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .execute();
  return id;
}

export async function findRemoteVersion(db: Db, id: Hash): Promise<string | null> {
  const row = await db
    .selectFrom('remote_versions')
    .select('data')
    .where('id', '=', id)
    .executeTakeFirst();
  return row?.data ?? null;
}
