import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { CommentThread, UnfinishedComment } from '#shared/contract';
import { useAct, reread } from '../queries.ts';
import { Avatar, Button, formatMoment, tellError } from '../ui/index.ts';
import { desk, setWindow } from '../workspace/index.ts';
import { CommentForm } from './comment-form.tsx';

interface Props {
  article: string;
  thread: CommentThread;
  /** The reply that is being written, if one is. */
  unfinished: UnfinishedComment | undefined;
  isActive: boolean;
  /** Whether the words it speaks of are gone from the text. */
  isOrphan: boolean;
}

/** One thread: the words it speaks of, what was said, and the answer. */
export function ThreadCard({ article, thread, unfinished, isActive, isOrphan }: Props) {
  const [isAsked, setAsked] = useState(false);
  const card = useRef<HTMLElement>(null);
  const add = useAct('comments.add');
  useEffect(() => {
    if (isActive) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const decide = (kind: 'resolve' | 'reopen'): void =>
    add.mutate(
      { article, thread: thread.id, anchor: thread.anchor, kind, text: '' },
      { onSuccess: () => reread('comments.list'), onError: tellError },
    );
  const { anchor } = thread;
  const said = thread.entries.filter(({ kind }) => kind === 'comment' || kind === 'reply');
  const overruled = thread.resolved
    ? null
    : thread.entries.findLast(({ kind }) => kind === 'resolve' || kind === 'reopen');
  return (
    <article
      ref={card}
      className="card thread"
      aria-label={anchor ? `Comment on “${anchor.quote}”` : 'Comment on the article'}
      {...(isActive ? { 'data-active': true } : {})}
    >
      {anchor && (
        <AriaButton
          className="quote"
          onPress={() => {
            setWindow({ activeThread: thread.id });
            desk.editor?.showAnchor(anchor);
          }}
        >
          <q dir="auto">{anchor.quote}</q>
        </AriaButton>
      )}
      {isOrphan && <p className="field-hint">These words are no longer in the text.</p>}
      {said.map(({ id, authorName, at, text, waiting }) => (
        <div key={id} className="said">
          <p className="who">
            <Avatar name={authorName} />
            <span dir="auto">{authorName}</span>
            {waiting && <span className="waiting">waiting to go</span>}
            <time dateTime={at}>{formatMoment(at)}</time>
          </p>
          <p className="said-text" dir="auto">
            {text}
          </p>
        </div>
      ))}
      {overruled?.kind === 'resolve' && (
        <p className="field-hint">
          <bdi>{overruled.authorName}</bdi> resolved this without having read every answer, so it is
          still open.
        </p>
      )}
      {isAsked || unfinished ? (
        <CommentForm
          article={article}
          unfinished={unfinished ?? { thread: thread.id, anchor: null, text: '' }}
          label="Reply"
          verb="Reply"
          isAsked={isAsked}
          onClose={() => setAsked(false)}
        />
      ) : (
        <div className="actions">
          {!thread.resolved && (
            <Button small onPress={() => setAsked(true)}>
              Reply
            </Button>
          )}
          <Button
            small
            isDisabled={add.isPending}
            onPress={() => decide(thread.resolved ? 'reopen' : 'resolve')}
          >
            {thread.resolved ? 'Reopen' : 'Resolve'}
          </Button>
        </div>
      )}
    </article>
  );
}
