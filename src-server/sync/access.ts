import type { Person } from '#shared/api';
import type { Id } from '#shared/article';
import { can } from '#shared/workflow';
import type { Db } from '../store/index.ts';

/** Who asks, looked up in the transaction that answers. Throws `signed-out` when nobody may ask any more. */
export type Caller = (db: Db) => Promise<Person>;

/** Whether every article of the newsroom is open to this person, whoever started it. */
export function readsEverything(person: Person): boolean {
  return can(person, 'article.read');
}

export function mayRead(person: Person, article: { desk: Id | null; createdBy: Id }): boolean {
  return can(person, 'article.read', article);
}
