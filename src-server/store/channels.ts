import { z } from 'zod';
import { Id } from '#shared/article';
import { ChannelKind } from '#shared/api';
import type { Unit } from './unit.ts';
import type { Db, Tables } from './tables.ts';

/** A CMS that articles go to beside the newsroom's own site. `secret` is sealed; null `desks` means every desk. */
export interface Channel {
  id: Id;
  kind: ChannelKind;
  name: string;
  address: string;
  /** The account that the secret belongs to; empty where the secret says it. */
  account: string;
  secret: string;
  desks: Id[] | null;
  position: number;
  /** Attempts that failed one after the other, when the next is due, and what was in the way. */
  attempts: number;
  retryAt: string | null;
  problem: string;
}

function toChannel(row: Tables['channels']): Channel {
  const { id, name, address, account, secret, position, attempts, problem } = row;
  return {
    id,
    name,
    address,
    account,
    secret,
    position,
    attempts,
    problem,
    kind: ChannelKind.parse(row.kind),
    desks: row.desks === null ? null : z.array(Id).parse(JSON.parse(row.desks)),
    retryAt: row.retry_at,
  };
}

export async function listChannels(db: Db): Promise<Channel[]> {
  const rows = await db.selectFrom('channels').selectAll().orderBy('position').execute();
  return rows.map(toChannel);
}

export async function addChannel(
  { db, at }: Unit,
  channel: Omit<Channel, 'position' | 'attempts' | 'retryAt' | 'problem'>,
): Promise<void> {
  const { id, kind, name, address, account, secret, desks } = channel;
  const last = await db
    .selectFrom('channels')
    .select(({ fn }) => fn.max('position').as('position'))
    .executeTakeFirst();
  await db
    .insertInto('channels')
    .values({
      id,
      kind,
      name,
      address,
      account,
      secret,
      desks: desks && JSON.stringify(desks),
      position: (last?.position ?? 0) + 1,
      added_at: at,
      attempts: 0,
      retry_at: null,
      problem: '',
    })
    .execute();
}

/** Forgets a channel and how far articles have come there. What stands there stays. */
export async function removeChannel({ db }: Unit, id: Id): Promise<void> {
  await db.deleteFrom('deliveries').where('channel', '=', id).execute();
  await db.deleteFrom('channels').where('id', '=', id).execute();
}

export async function saveChannelSecret({ db }: Unit, id: Id, secret: string): Promise<void> {
  await db.updateTable('channels').set({ secret }).where('id', '=', id).execute();
}

/** Lets everything be tried at once that waits for a channel, or was refused there. */
export async function retryChannel({ db, at }: Unit, id: Id): Promise<void> {
  await db
    .updateTable('channels')
    .set({ retry_at: null, attempts: 0, problem: '' })
    .where('id', '=', id)
    .execute();
  await db
    .updateTable('deliveries')
    .set({ standing: 'waiting', next_at: at, attempts: 0 })
    .where('channel', '=', id)
    .where('standing', 'in', ['waiting', 'refused'])
    .execute();
}

/** Notes how the last attempt to reach a channel went; an empty problem for well. */
export async function noteReached(
  db: Db,
  id: Id,
  { attempts, retryAt, problem }: Pick<Channel, 'attempts' | 'retryAt' | 'problem'>,
): Promise<void> {
  await db
    .updateTable('channels')
    .set({ attempts, retry_at: retryAt, problem })
    .where('id', '=', id)
    .execute();
}
