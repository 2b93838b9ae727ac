import type { Id } from '#shared/article';
import type { Unit } from './unit.ts';
import type { Db, Tables } from './tables.ts';

export type DeviceRow = Tables['devices'];

export async function findDevice(db: Db, id: Id): Promise<DeviceRow | null> {
  return (
    (await db.selectFrom('devices').selectAll().where('id', '=', id).executeTakeFirst()) ?? null
  );
}

/** Devices that still hold a token; of one person, or of everyone. */
export async function listDevices(db: Db, person?: Id): Promise<DeviceRow[]> {
  let query = db.selectFrom('devices').selectAll().where('token_hash', 'is not', null);
  if (person) query = query.where('person', '=', person);
  return query.orderBy('created_at').execute();
}

/** Gives a device its token; an earlier one stops working. */
export async function saveDevice(
  { db, at }: Unit,
  device: { id: Id; person: Id; name: string; tokenHash: string },
): Promise<void> {
  const current = { name: device.name, token_hash: device.tokenHash, last_seen_at: at };
  await db
    .insertInto('devices')
    .values({ id: device.id, person: device.person, created_at: at, ...current })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(current))
    .execute();
}

export async function markSeen(db: Db, id: Id, at: string): Promise<void> {
  await db.updateTable('devices').set({ last_seen_at: at }).where('id', '=', id).execute();
}

/** Revokes one device. The row stays: its numbers must never be used again by another. */
export async function revokeDevice({ db }: Unit, id: Id): Promise<void> {
  await db.updateTable('devices').set({ token_hash: null }).where('id', '=', id).execute();
}

/** Revokes every token whose hash is not among those. Gives how many that were. */
export async function revokeAllBut(unit: Unit, held: ReadonlySet<string>): Promise<number> {
  const devices = await listDevices(unit.db);
  const gone = devices.filter(({ token_hash }) => token_hash === null || !held.has(token_hash));
  for (const { id } of gone) await revokeDevice(unit, id);
  return gone.length;
}

export async function revokeDevicesOf({ db }: Unit, person: Id): Promise<void> {
  await db.updateTable('devices').set({ token_hash: null }).where('person', '=', person).execute();
}
