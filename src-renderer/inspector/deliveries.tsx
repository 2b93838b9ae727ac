import { useState } from 'react';
import type { ArticleDelivery, RemoteVersion } from '#shared/api';
import { can } from '#shared/workflow';
import { call } from '../bridge.ts';
import { reread, useAct, useCall } from '../queries.ts';
import { Button, Dialog, Empty, formatMoment, tellError } from '../ui/index.ts';
import { comparePosts } from './compare.ts';
import { ComparedText } from './compared-text.tsx';

/** How a published article stands with each CMS that it goes to. Nothing where the newsroom has none. */
export function Deliveries({ article, desk }: { article: string; desk: string | null }) {
  const { data: status } = useCall('app.status', {});
  const isOffline = status?.sync.state === 'offline';
  const { data, error } = useCall(
    'deliveries.list',
    { article },
    { keep: true, enabled: status !== undefined && !isOffline },
  );
  const [looking, setLooking] = useState<ArticleDelivery | null>(null);
  const mayDecide = status?.person != null && can(status.person, 'delivery.decide', { desk });
  if (!data && isOffline)
    return (
      <p className="aside">
        How it stands in WordPress or Ghost is shown when the server can be reached.
      </p>
    );
  if (!data && error) return <p className="sentence">{error.message}</p>;
  if (!data || data.deliveries.length === 0) return null;
  return (
    <>
      <ul className="deliveries" aria-label="Where it goes">
        {data.deliveries.map((delivery) => (
          <DeliveryLine
            key={delivery.channel.id}
            article={article}
            delivery={delivery}
            mayDecide={mayDecide}
            onLook={() => setLooking(delivery)}
          />
        ))}
      </ul>
      {looking && (
        <TheirVersion
          article={article}
          delivery={looking}
          mayDecide={mayDecide}
          onClose={() => setLooking(null)}
        />
      )}
    </>
  );
}

const TONES = {
  waiting: 'amber',
  changed: 'amber',
  'taken-in': 'amber',
  refused: 'red',
  done: 'green',
} as const;

function wordsOf({
  channel: { name },
  standing,
  live,
  deliveredAt,
  wanted,
}: ArticleDelivery): string {
  const since = deliveredAt === null ? '' : ` since ${formatMoment(deliveredAt)}`;
  switch (standing) {
    case 'done':
      return live ? `On ${name}${since}` : `Taken down from ${name}`;
    case 'waiting':
      return wanted === null ? `Being taken down from ${name}` : `On its way to ${name}`;
    case 'changed':
      return `Changed on ${name} by somebody`;
    case 'taken-in':
      return `Changed on ${name}, and taken into the article`;
    case 'refused':
      return `Not taken by ${name}`;
  }
}

interface LineProps {
  article: string;
  delivery: ArticleDelivery;
  mayDecide: boolean;
  onLook: () => void;
}

function DeliveryLine({ article, delivery, mayDecide, onLook }: LineProps) {
  const { channel, standing, problem, nextAt, url, live, theirs } = delivery;
  const decide = useAct('deliveries.decide');
  const retry = (): void =>
    decide.mutate(
      { article, channel: channel.id, decision: { act: 'retry' } },
      { onError: tellError, onSuccess: () => reread('deliveries.list') },
    );
  const isStuck = standing !== 'done' && problem !== '';
  return (
    <li className="delivery" data-tone={TONES[standing]}>
      <span className="delivery-words">{wordsOf(delivery)}</span>
      {isStuck && (
        <p className="sentence" data-tone={standing === 'refused' ? 'red' : 'amber'}>
          {problem}
          {standing === 'waiting' && nextAt !== null && ` Tried again ${formatMoment(nextAt)}.`}
        </p>
      )}
      <span className="delivery-acts">
        {url !== null && live && (
          <Button small onPress={() => void call('app.openExternal', { url }).catch(tellError)}>
            Open it there
          </Button>
        )}
        {standing === 'changed' && theirs !== null && (
          <Button small onPress={onLook}>
            Look at their version…
          </Button>
        )}
        {isStuck && standing !== 'taken-in' && mayDecide && (
          <Button small isDisabled={decide.isPending} onPress={retry}>
            Try again
          </Button>
        )}
      </span>
    </li>
  );
}

interface TheirsProps {
  article: string;
  delivery: ArticleDelivery;
  mayDecide: boolean;
  onClose: () => void;
}

/** What somebody made of the article in the CMS, and the decision about it. */
function TheirVersion({ article, delivery, mayDecide, onClose }: TheirsProps) {
  const { channel, theirs } = delivery;
  const { data, error } = useCall('deliveries.theirs', { article, channel: channel.id, theirs });
  const decide = useAct('deliveries.decide');
  const takeIn = useAct('deliveries.takeIn');
  const isBusy = decide.isPending || takeIn.isPending;
  const onSuccess = (): void => {
    reread('deliveries.list');
    onClose();
  };
  const takeItIn = (): void => {
    if (theirs !== null) takeIn.mutate({ article, channel: channel.id, theirs }, { onSuccess });
  };
  const publishOver = (): void => {
    if (theirs === null) return;
    decide.mutate(
      { article, channel: channel.id, decision: { act: 'publish-over', theirs } },
      { onSuccess },
    );
  };
  const failure = error ?? takeIn.error ?? decide.error;
  const hasWords = data !== undefined && data.status !== 'deleted' && data.before !== null;
  return (
    <Dialog
      title={`Changed on ${channel.name}`}
      onClose={onClose}
      foot={
        <>
          {failure && (
            <p className="sentence" data-tone="red" role="alert">
              {failure.message}
            </p>
          )}
          <Button onPress={onClose}>Leave it as it is</Button>
          {mayDecide && (
            <Button
              variant="danger"
              isDisabled={isBusy || !data}
              onPress={publishOver}
              hint={`Puts the approved version in its place. ${channel.name} keeps this one among its revisions, and the newsroom’s server keeps it too.`}
            >
              Publish over it
            </Button>
          )}
          {mayDecide && hasWords && (
            <Button
              variant="primary"
              isDisabled={isBusy}
              onPress={takeItIn}
              hint="Joins their changes with the article, as a colleague’s are. What contradicts stands there in both versions."
            >
              Take it into the article
            </Button>
          )}
        </>
      }
    >
      {data ? <TheirText {...data} /> : <Empty title="One moment" />}
    </Dialog>
  );
}

function TheirText({ title, excerpt, text, status, before }: RemoteVersion) {
  if (status === 'deleted')
    return <p>It was deleted there. Publishing over it makes a new post.</p>;
  if (before)
    return (
      <div className="their-version">
        <ComparedText parts={comparePosts(before, { title, excerpt, text })} showsAll={false} />
      </div>
    );
  return (
    <div className="their-version" dir="auto">
      <p className="dialog-article">{title}</p>
      {excerpt !== '' && <p>{excerpt}</p>}
      {text.split('\n').map((line, index) => (
        <p key={index}>{line}</p>
      ))}
    </div>
  );
}
