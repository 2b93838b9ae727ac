import type { Envelope, Id } from '#shared/article';
import type { Store } from '../store/index.ts';

/** Who did something, as History and the comments name them; null is the server's scheduler. */
export function nameOf({ store }: { store: Store }, person: Id | null): string {
  if (person === null) return 'Publishing server';
  return store.people.person(person)?.name ?? 'Someone no longer in the newsroom';
}

const CHANGED_ON = 'As changed on ';

/** What History says of a revision that holds what somebody changed in a CMS. */
export const changedOn = (channel: string): string => `${CHANGED_ON}${channel}`;

/** Whose words a revision brings: mostly its author’s; where they took in what was changed in a CMS, somebody’s there. */
export function writerOf(context: { store: Store }, { author, note }: Envelope): string {
  if (note?.startsWith(CHANGED_ON)) return `somebody on ${note.slice(CHANGED_ON.length)}`;
  return nameOf(context, author);
}
