import { useState } from 'react';
import type { HistoryEntry } from '#shared/contract';
import { useWorkingCopy } from '../editor/index.ts';
import { useAct, useCall } from '../queries.ts';
import { Button, Dialog, formatMoment, Select, tell } from '../ui/index.ts';
import { desk } from '../workspace/index.ts';
import { compareContent } from './compare.ts';
import { ComparedText } from './compared-text.tsx';

type RevisionEntry = Extract<HistoryEntry, { kind: 'revision' }>;
type Against = 'before' | 'now' | 'nothing';

interface Props {
  article: string;
  entry: RevisionEntry;
  /** The revision before it, when there is one. */
  before: RevisionEntry | null;
  onClose: () => void;
}

/** A revision as it was, word for word, and what changed. Restoring makes a new revision of it. */
export function RevisionDialog({ article, entry, before, onClose }: Props) {
  const copy = useWorkingCopy();
  const [against, setAgainst] = useState<Against>(before ? 'before' : 'nothing');
  const shown = useCall('revision.read', { article, revision: entry.hash });
  const former = useCall(
    'revision.read',
    { article, revision: before?.hash ?? entry.hash },
    { enabled: before !== null },
  );
  const restore = useAct('article.restore');
  const bring = async (): Promise<void> => {
    await desk.copy?.flush();
    await restore.mutateAsync({ article, revision: entry.hash });
    await desk.copy?.refresh();
    tell({
      tone: 'info',
      text: `Revision ${entry.number} is restored. What stood before is in History.`,
    });
    onClose();
  };
  const now = { fields: copy.fields, body: copy.readBody() };
  const parts =
    shown.data &&
    (against === 'before' && former.data
      ? compareContent(former.data, shown.data)
      : against === 'now'
        ? compareContent(shown.data, now)
        : compareContent(shown.data, shown.data));
  const error = shown.error ?? former.error ?? restore.error;
  return (
    <Dialog
      title={`Revision ${entry.number}`}
      size="wide"
      onClose={onClose}
      foot={
        <>
          <Button
            isDisabled={restore.isPending || copy.article.readOnly !== null}
            onPress={() => void bring().catch(() => undefined)}
          >
            Restore this revision
          </Button>
          <Button variant="primary" onPress={onClose}>
            Close
          </Button>
        </>
      }
    >
      <div className="revision-facts">
        <p>
          {entry.by} · {formatMoment(entry.at)} · {entry.hash.slice(0, 12)}
        </p>
        <Select
          label="Compare"
          value={against}
          onChange={(id) => setAgainst(id as Against)}
          choices={[
            ...(before
              ? [{ id: 'before', label: `What changed since revision ${before.number}` }]
              : []),
            { id: 'now', label: 'What has changed since then' },
            { id: 'nothing', label: 'Only this revision' },
          ]}
        />
      </div>
      {error && (
        <p className="sentence" data-tone="red" role="alert">
          {error.message}
        </p>
      )}
      {parts && <ComparedText parts={parts} showsAll={against === 'nothing'} />}
    </Dialog>
  );
}
