import type { Id } from '#shared/article';
import type { EventStore, RevisionStore } from './types.ts';

/**
 * Who counts as having started the article when it is approved: whom its first revision names as its author, and who
 * sent that. The newest act counts, for a server that lost the article has it from somebody else since.
 */
export function startersOf(
  {
    events,
    revisions,
  }: { events: Pick<EventStore, 'list'>; revisions: Pick<RevisionStore, 'envelope'> },
  article: Id,
): Id[] {
  const created = events.list(article).findLast(({ transition }) => transition === 'create');
  const first = created?.revision ? revisions.envelope(created.revision) : null;
  return [created?.by, first?.author].filter((id) => id != null);
}
