import type { ArticleRecord } from '#shared/api';
import { can } from '#shared/workflow';
import { call } from '../bridge.ts';
import { useWorkingCopy } from '../editor/index.ts';
import { useAct, useCall } from '../queries.ts';
import { Button, formatMoment, StateChip, tellError } from '../ui/index.ts';
import { Deliveries } from './deliveries.tsx';
import { setWindow } from '../workspace/index.ts';
import { changedSinceApproved } from './transitions.ts';

/** Where the article stands in the workflow, and what the last decision asked of its author. */
export function Standing() {
  const { article } = useWorkingCopy();
  const { record, readOnly } = article;
  const { data } = useCall('people.list', {});
  const desk = data?.desks.find(({ id }) => id === record.desk)?.name ?? 'No desk yet';
  const { publicUrl } = record;
  return (
    <div className="standing">
      <p className="standing-line">
        <StateChip state={record.state} />
        <span>{desk}</span>
        {record.state === 'scheduled' && record.scheduledAt && (
          <span className="aside">goes out {formatMoment(record.scheduledAt)}</span>
        )}
        {record.state !== 'scheduled' && record.publishedAt && (
          <span className="aside">
            {record.live ? 'published' : 'was published'} {formatMoment(record.publishedAt)}
          </span>
        )}
      </p>
      {publicUrl && record.live && (
        <Button
          small
          onPress={() => void call('app.openExternal', { url: publicUrl }).catch(tellError)}
        >
          Open the public page
        </Button>
      )}
      {record.publishedAt && <Deliveries article={article.id} desk={record.desk} />}
      {(record.state === 'approved' || record.state === 'scheduled') &&
        changedSinceApproved(article) && (
          <p className="sentence" data-tone="amber">
            The text has changed since it was approved. What goes out is the approved version,
            without the changes
            {record.state === 'scheduled'
              ? '. To send them out as well, approve again and schedule anew: approving takes the article out of the schedule.'
              : ', until it is approved again.'}{' '}
            <Button small onPress={() => setWindow({ tab: 'history' })}>
              Show the versions
            </Button>
          </p>
        )}
      {article.changedSincePublished && (
        <p className="sentence" data-tone="amber">
          The text has changed since readers last saw it.
        </p>
      )}
      {readOnly !== null && !record.binned && <p className="sentence">{readOnly}</p>}
      {record.sides.length > 0 && (
        <p className="sentence" data-tone="red">
          Another version of this article is stored beside it and waits to be merged.{' '}
          <Button small onPress={() => setWindow({ tab: 'history' })}>
            Show it
          </Button>
        </p>
      )}
      {record.binned && <Binned record={record} />}
      {record.state === 'sent-back' && <SentBackReason article={article.id} />}
    </div>
  );
}

function Binned({ record }: { record: ArticleRecord }) {
  const bin = useAct('article.bin');
  const { data: status } = useCall('app.status', {});
  const mayRestore = status?.person && can(status.person, 'article.bin', record);
  return (
    <p className="sentence" data-tone="amber">
      This article is in the bin.{' '}
      {mayRestore ? (
        <Button
          small
          onPress={() => bin.mutate({ article: record.id, binned: false }, { onError: tellError })}
        >
          Restore
        </Button>
      ) : (
        'Who started it, or a desk chief, can restore it.'
      )}
    </p>
  );
}

/** The reason of the newest act that gave one: what the author has to do. */
function SentBackReason({ article }: { article: string }) {
  const { data } = useCall('article.history', { article });
  const entry = data?.entries.find((each) => each.kind === 'event' && each.reason !== '');
  if (entry?.kind !== 'event') return null;
  return (
    <div className="card reason">
      <p className="who">
        {entry.by} sent it back
        <time dateTime={entry.at}>{formatMoment(entry.at)}</time>
      </p>
      <p dir="auto">{entry.reason}</p>
    </div>
  );
}
