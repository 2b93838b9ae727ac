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
      const events = context.store.events.list(article);
      const began = events.filter(({ transition }) => transition === 'create');
      const acts = events.filter(({ transition }) => transition !== 'create');
      const entries = newestFirst([
        ...revisionEntries(context, article),
        ...acts.map((event) => eventEntry(context, event)),
        ...waitingEntries(context, article),
      ]);
      // The server hears of a beginning only when the first revisions reach it.
      return { entries: [...entries, ...began.map((event) => eventEntry(context, event))] };
    },
  };
}

/**
 * Revisions by their number, whatever a clock said; each act after the revision it names and after what was there by
 * then, for acts bear the time of the server and revisions that of a workstation.
 */
function newestFirst(entries: readonly HistoryEntry[]): HistoryEntry[] {
  const revisions = entries.filter((entry) => entry.kind === 'revision');
  const placeOf = (entry: HistoryEntry): number => {
    if (entry.kind === 'revision') return entry.number;
    const there = revisions.filter(
      ({ hash, at }) => hash === entry.hash || Date.parse(at) <= Date.parse(entry.at),
    );
    return Math.max(0, ...there.map(({ number }) => number)) + 0.5;
  };
  return (
    entries
      .map((entry) => ({ entry, place: placeOf(entry), at: Date.parse(entry.at) }))
      // What came last stands first among things of one moment.
      .reverse()
      .sort((a, b) => b.place - a.place || b.at - a.at)
      .map(({ entry }) => entry)
  );
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

/** Whoever sends an article that the server had lost has not started it. */
function textOf(context: Context, { article, transition, by }: WorkflowEvent): string {
  const author = context.store.articles.record(article)?.createdBy ?? by;
  return transition === 'create' && author !== by
    ? `brought it back for ${nameOf(context, author)}`
    : pastOf(transition);
}

function eventEntry(context: Context, event: WorkflowEvent): HistoryEntry {
  return {
    kind: 'event',
    id: event.id,
    text: textOf(context, event),
    by: nameOf(context, event.by),
    at: event.at,
    reason: event.reason ?? '',
    hash: event.revision,
  };
}

/** Acts that have yet to reach the server, and those it refused. */
function waitingEntries(context: Context, article: Id): HistoryEntry[] {
  return context.store.outbox
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
}

function pastOf(transition: WorkflowEvent['transition']): string {
  if (transition === 'create') return 'started it';
  if (transition === 'bin') return 'moved it to the bin';
  if (transition === 'unbin') return 'took it out of the bin';
  return TRANSITIONS[transition].past;
}
