import './inbox.css';
import { useState } from 'react';
import type { Output } from '#shared/contract';
import { call } from '../bridge.ts';
import { reread, useAct, useCall } from '../queries.ts';
import { Button, Checkbox, Empty, formatMoment, tellError } from '../ui/index.ts';
import { openArticle } from '../workspace/index.ts';

type Received = Output<'inbox.list'>['messages'][number];

const KINDS: Record<Received['kind'], string> = {
  comment: 'Comment',
  update: 'Update',
  suggestion: 'Suggestion',
  story: 'Submitted text',
};

/** What readers wrote to a desk through the public site. */
export function InboxView({ desk }: { desk: string }) {
  const { data, error } = useCall('inbox.list', { desk });
  const { data: people } = useCall('people.list', {});
  const [showsHandled, setShowsHandled] = useState(false);
  const name = people?.desks.find(({ id }) => id === desk)?.name;
  const messages = data?.messages ?? [];
  const shown = messages.filter(({ handledBy }) => showsHandled || handledBy === null);
  return (
    <div className="page">
      <header className="page-head">
        <h2>{name ? `${name} inbox` : 'Inbox'}</h2>
        {messages.some(({ handledBy }) => handledBy !== null) && (
          <Checkbox isSelected={showsHandled} onChange={setShowsHandled}>
            Show handled messages
          </Checkbox>
        )}
      </header>
      {error && (
        <p className="sentence" data-tone="red" role="alert">
          {error.message}
        </p>
      )}
      {data && shown.length === 0 && (
        <Empty title="No message waits">
          <p>What readers send through the form on the public site arrives here.</p>
        </Empty>
      )}
      {shown.map((message) => (
        <Message
          key={message.id}
          message={message}
          handledBy={people?.people.find(({ id }) => id === message.handledBy)?.name}
        />
      ))}
    </div>
  );
}

interface Props {
  message: Received;
  handledBy: string | undefined;
}

function Message({ message, handledBy }: Props) {
  const handle = useAct('inbox.handle');
  const make = useAct('inbox.toArticle');
  const isHandled = message.handledBy !== null;
  const { email, article, became } = message;
  return (
    <article className="card message" {...(isHandled ? { 'data-handled': true } : {})}>
      <p className="who">
        <span className="chip">{KINDS[message.kind]}</span>
        <span dir="auto">{message.name || 'No name given'}</span>
        {email && (
          <Button
            small
            variant="plain"
            onPress={() =>
              void call('app.openExternal', { url: `mailto:${email}` }).catch(tellError)
            }
          >
            {email}
          </Button>
        )}
        <time dateTime={message.at}>{formatMoment(message.at)}</time>
      </p>
      {message.subject && <h3 dir="auto">{message.subject}</h3>}
      <p className="message-text" dir="auto">
        {message.text}
      </p>
      <div className="actions">
        <Button
          small
          isDisabled={handle.isPending}
          onPress={() =>
            handle.mutate(
              { message: message.id, handled: !isHandled },
              { onSuccess: () => reread('inbox.list', 'queues.counts'), onError: tellError },
            )
          }
        >
          {isHandled ? 'Mark as open' : 'Mark as handled'}
        </Button>
        <Button
          small
          isDisabled={make.isPending}
          onPress={() =>
            make.mutate(
              { message: message.id },
              { onSuccess: (made) => openArticle(made.article), onError: tellError },
            )
          }
        >
          {became ? 'Open the article made of it' : 'Make an article of it'}
        </Button>
        {article && (
          <Button small onPress={() => openArticle(article)}>
            Open the article it is about
          </Button>
        )}
        {isHandled && <span className="field-hint">Handled by {handledBy ?? 'a colleague'}</span>}
      </div>
    </article>
  );
}
