import type { ArticleRecord } from '#shared/api';
import type { Id } from '#shared/article';
import type { Client } from '../world/client.ts';
import type { Dice } from '../world/dice.ts';
import { WORLD } from '../world/newsroom.ts';
import type { World } from '../world/world.ts';
import type { Turn } from './desk-work.ts';

/** Somebody at a computer on which Stet runs. */
export type Seated = Client & { core: NonNullable<Client['core']> };

export const isSeated = (client: Client): client is Seated => client.core !== null;

export function seated({ clients }: World): Seated[] {
  return clients.filter(isSeated);
}

/** Chiefs at a computer on which Stet runs. */
export function chiefsOf(world: World): Seated[] {
  return seated(world).filter((client) => isChief(world, client));
}

/** Whether somebody is a chief just now: of this desk, or of any. */
export function isChief({ watch }: World, { who }: Client, of?: Id | null): boolean {
  return watch
    .memberships(who.id)
    .some(({ desk, role }) => role === 'desk-chief' && (of === undefined || desk === of));
}

/** Whether somebody may not approve this article because they started it. */
export function isOwn(
  record: Pick<ArticleRecord, 'createdBy' | 'desk'> | null | undefined,
  person: Id,
): boolean {
  return record?.createdBy === person && record.desk !== WORLD.id;
}

/** What a chief can take to readers, as far as their computer knows. */
export function publishable(world: World, client: Seated, of: readonly Id[]): Id[] {
  return of.filter((article) => {
    const record = client.core.store.articles.record(article);
    return (
      record !== null &&
      !isOwn(record, client.who.id) &&
      !record.binned &&
      isChief(world, client, record.desk)
    );
  });
}

/** Each chief with each article that they can take to readers. */
export function waysToReaders(world: World): { client: Seated; article: Id }[] {
  return chiefsOf(world).flatMap((client) =>
    publishable(world, client, world.articles).map((article) => ({ client, article })),
  );
}

export const turnOf = (world: World, client: Seated, dice: Dice): Turn => ({
  world,
  client,
  core: client.core,
  dice,
});
