import type { OutboxItem, Status } from '#shared/contract';
import { reread, useAct } from '../queries.ts';
import { Button, Chip, formatMoment, tellError, type Tone } from '../ui/index.ts';
import { closeDialog, openArticle } from '../workspace/index.ts';

const STANDING: Record<OutboxItem['state'], { word: string; tone: Tone }> = {
  waiting: { word: 'Waiting', tone: 'neutral' },
  sending: { word: 'Sending', tone: 'blue' },
  parked: { word: 'Refused', tone: 'red' },
};

/** What has yet to reach the server, in the order it will go. */
export function OutboxList({
  items,
  sync,
}: {
  items: readonly OutboxItem[];
  sync: Status['sync'];
}) {
  if (items.length === 0) return <p>{sentenceOfNone(sync)}</p>;
  return (
    <ol className="outbox">
      {items.map((item) => (
        <Item key={item.id} item={item} />
      ))}
    </ol>
  );
}

function sentenceOfNone({ editing, pictures }: Status['sync']): string {
  if (editing > 0)
    return 'What is being written stands here as soon as its writer pauses. It is saved on this computer.';
  if (pictures.toSend > 0)
    return 'Every text has reached the server. What is still on its way is pictures; they are saved on this computer.';
  return 'Nothing waits. Everything has reached the server.';
}

function Item({ item }: { item: OutboxItem }) {
  const retry = useAct('outbox.retry');
  const dismiss = useAct('outbox.dismiss');
  const after = { onSuccess: () => reread('outbox.list'), onError: tellError };
  const { word, tone } = STANDING[item.state];
  return (
    <li className="outbox-item">
      <Chip tone={tone}>{word}</Chip>
      <div className="outbox-words">
        <p dir="auto">
          <b>{item.what}</b> <bdi>{item.headline}</bdi>
        </p>
        <p className="field-hint">
          {formatMoment(item.at)}
          {item.attempts > 1 && ` · tried ${item.attempts} times`}
        </p>
        {item.message && (
          <p className="sentence" data-tone={item.state === 'parked' ? 'red' : 'amber'}>
            {item.message}
          </p>
        )}
      </div>
      <div className="actions">
        {item.article && (
          <Button
            small
            onPress={() => {
              closeDialog();
              openArticle(item.article);
            }}
          >
            Open
          </Button>
        )}
        {item.state === 'parked' && (
          <>
            <Button
              small
              isDisabled={retry.isPending}
              onPress={() => retry.mutate({ id: item.id }, after)}
            >
              Try again
            </Button>
            <Button
              small
              isDisabled={dismiss.isPending}
              hint="Takes it off this list. The text of the article stays."
              onPress={() => dismiss.mutate({ id: item.id }, after)}
            >
              Dismiss
            </Button>
          </>
        )}
      </div>
    </li>
  );
}
