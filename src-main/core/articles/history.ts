import type { WorkflowEvent } from '#shared/api';
import type { Id } from '#shared/article';
import type { HistoryEntry } from '#shared/contract';
import { TRANSITIONS } from '#shared/workflow';
import { nameOf } from './names.ts';
import { recordOf } from './opening.ts';
import type { ArticleHandlers, Context } from './types.ts';

/** History: revisions and acts of the workflow, newest first, with what has yet to reach the server. */
export function historyHandlers(context: Context): Pick<ArticleHandlers, 'article.history'> {
  return {
    'article.history': ({ article }) => {
      const entries = [...revisionEntries(context, article), ...eventEntries(context, article)];
      // What came last stands first among things of one moment.
      return { entries: entries.reverse().sort(newestFirst) };
    },
  };
}

/** By time; between revisions by their number, whatever a clock said. */
function newestFirst(a: HistoryEntry, b: HistoryEntry): number {
  if (a.kind === 'revision' && b.kind === 'revision' && a.number !== b.number)
    return b.number - a.number;
  return Date.parse(b.at) - Date.parse(a.at);
}

function revisionEntries(context: Context, article: Id): HistoryEntry[] {
  const { store } = context;
  const record = recordOf(context, article);
  const waiting = new Set(
    store.outbox
      .pending(article)
      .map(({ payload }) => (payload.kind === 'revision' ? payload.hash : '')),
  );
  return store.revisions.list(article).map(({ hash, number, words, envelope }) => ({
    kind: 'revision',
    hash,
    number,
    words,
    by: nameOf(context, envelope.author),
    at: envelope.at,
    note: envelope.note ?? '',
    labels: [
      ...(hash === record.head ? (['head'] as const) : []),
      ...(hash === record.approvedRevision ? (['approved'] as const) : []),
      ...(hash === record.publishedRevision ? (['published'] as const) : []),
      ...(record.sides.includes(hash) ? (['side'] as const) : []),
      ...(waiting.has(hash) ? (['waiting'] as const) : []),
    ],
  }));
}

function eventEntries(context: Context, article: Id): HistoryEntry[] {
  const { store } = context;
  const done = store.events.list(article).map((event): HistoryEntry => ({
    kind: 'event',
    id: event.id,
    text: pastOf(event.transition),
    by: nameOf(context, event.by),
    at: event.at,
    reason: event.reason ?? '',
    hash: event.revision,
  }));
  const waiting = store.outbox
    .pending(article)
    .flatMap(({ id, at, by, payload, state }): HistoryEntry[] => {
      if (payload.kind !== 'transition') return [];
      const standing = state === 'waiting' ? 'waiting to be sent' : 'refused';
      return [
        {
          kind: 'event',
          id,
          text: `${pastOf(payload.transition)} (${standing})`,
          by: nameOf(context, by),
          at,
          reason: payload.reason ?? '',
          hash: payload.revision,
        },
      ];
    });
  return [...done, ...waiting];
}

function pastOf(transition: WorkflowEvent['transition']): string {
  if (transition === 'create') return 'started it';
  if (transition === 'bin') return 'moved it to the bin';
  if (transition === 'unbin') return 'took it out of the bin';
  return TRANSITIONS[transition].past;
}
