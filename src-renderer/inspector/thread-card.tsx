import { useEffect, useRef, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import type { CommentThread, Input } from '#shared/contract';
import { useAct, reread } from '../queries.ts';
import { Avatar, Button, formatMoment, tellError, TextField } from '../ui/index.ts';
import { desk, setWindow } from '../workspace/index.ts';

interface Props {
  article: string;
  thread: CommentThread;
  isActive: boolean;
  /** Whether the words it speaks of are gone from the text. */
  isOrphan: boolean;
}

/** One thread: the words it speaks of, what was said, and the answer. */
export function ThreadCard({ article, thread, isActive, isOrphan }: Props) {
  const [reply, setReply] = useState<string | null>(null);
  const card = useRef<HTMLElement>(null);
  const add = useAct('comments.add');
  useEffect(() => {
    if (isActive) card.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  const send = (kind: Input<'comments.add'>['kind'], text: string): void =>
    add.mutate(
      { article, thread: thread.id, anchor: thread.anchor, kind, text },
      {
        onSuccess: () => {
          setReply(null);
          reread('comments.list');
        },
        onError: tellError,
      },
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
      {reply === null ? (
        <div className="actions">
          {!thread.resolved && (
            <Button small onPress={() => setReply('')}>
              Reply
            </Button>
          )}
          <Button
            small
            isDisabled={add.isPending}
            onPress={() => send(thread.resolved ? 'reopen' : 'resolve', '')}
          >
            {thread.resolved ? 'Reopen' : 'Resolve'}
          </Button>
        </div>
      ) : (
        <form
          className="reply"
          onSubmit={(event) => {
            event.preventDefault();
            if (reply.trim()) send('reply', reply.trim());
          }}
        >
          <TextField
            label="Reply"
            multiline
            autoFocus
            maxLength={10_000}
            value={reply}
            onChange={setReply}
          />
          <div className="actions">
            <Button
              small
              variant="primary"
              type="submit"
              isDisabled={!reply.trim() || add.isPending}
            >
              Reply
            </Button>
            <Button small onPress={() => setReply(null)}>
              Cancel
            </Button>
          </div>
        </form>
      )}
    </article>
  );
}
