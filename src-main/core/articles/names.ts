import type { Id } from '#shared/article';
import type { Store } from '../store/index.ts';

/** Who did something, as History and the comments name them; null is the server's scheduler. */
export function nameOf({ store }: { store: Store }, person: Id | null): string {
  if (person === null) return 'Publishing server';
  return store.people.person(person)?.name ?? 'Someone no longer in the newsroom';
}
