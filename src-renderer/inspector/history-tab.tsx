import { lazy, Suspense, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { HistoryEntry } from '#shared/contract';
import { useWorkingCopy } from '../editor/index.ts';
import { useCall } from '../queries.ts';
import { Chip, counted, Empty, formatMoment, type Tone } from '../ui/index.ts';

// Comparing texts needs a library of its own, read when the first revision is looked at.
const RevisionDialog = lazy(async () => ({
  default: (await import('./revision-dialog.tsx')).RevisionDialog,
}));

type RevisionEntry = Extract<HistoryEntry, { kind: 'revision' }>;
type EventEntry = Extract<HistoryEntry, { kind: 'event' }>;

const LABELS: Record<RevisionEntry['labels'][number], { word: string; tone: Tone }> = {
  head: { word: 'newest', tone: 'neutral' },
  approved: { word: 'approved', tone: 'blue' },
  published: { word: 'published', tone: 'green' },
  side: { word: 'beside', tone: 'red' },
  waiting: { word: 'waiting to go', tone: 'amber' },
};

/** Every revision and every act, newest first. */
export function HistoryTab() {
  const { article } = useWorkingCopy();
  const { data, error } = useCall('article.history', { article: article.id });
  const [shown, setShown] = useState<RevisionEntry | null>(null);
  if (error)
    return (
      <p className="sentence" data-tone="red" role="alert">
        {error.message}
      </p>
    );
  if (!data) return null;
  if (data.entries.length === 0)
    return (
      <Empty title="No revision yet">
        <p>Stet makes one when you pause, and another at every submit.</p>
      </Empty>
    );
  const revisions = data.entries.filter((entry) => entry.kind === 'revision');
  return (
    <>
      <ol className="history">
        {data.entries.map((entry) =>
          entry.kind === 'event' ? (
            <EventLine key={entry.id} entry={entry} />
          ) : (
            <RevisionLine key={entry.hash} entry={entry} onShow={() => setShown(entry)} />
          ),
        )}
      </ol>
      {shown && (
        <Suspense>
          <RevisionDialog
            article={article.id}
            entry={shown}
            before={revisions[revisions.indexOf(shown) + 1] ?? null}
            onClose={() => setShown(null)}
          />
        </Suspense>
      )}
    </>
  );
}

function EventLine({ entry }: { entry: EventEntry }) {
  return (
    <li className="history-line" data-kind="event">
      <p className="who">
        <b dir="auto">
          {entry.by} {entry.text}
        </b>
        <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
      </p>
      {entry.reason && (
        <p className="history-reason" dir="auto">
          {entry.reason}
        </p>
      )}
      {entry.hash && <p className="field-hint">revision {entry.hash.slice(0, 6)}</p>}
    </li>
  );
}

function RevisionLine({ entry, onShow }: { entry: RevisionEntry; onShow: () => void }) {
  return (
    <li className="history-line">
      <AriaButton className="history-open" onPress={onShow}>
        <span className="who">
          Revision {entry.number} · {entry.hash.slice(0, 6)}
          <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
        </span>
        <span className="history-facts" dir="auto">
          {[entry.by, counted(entry.words, 'word'), entry.note].filter(Boolean).join(' · ')}
        </span>
        {entry.labels.length > 0 && (
          <span className="actions">
            {entry.labels.map((label) => (
              <Chip key={label} tone={LABELS[label].tone}>
                {LABELS[label].word}
              </Chip>
            ))}
          </span>
        )}
      </AriaButton>
    </li>
  );
}
