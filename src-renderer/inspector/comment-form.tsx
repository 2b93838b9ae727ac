import { useEffect, useRef, useState, type KeyboardEvent } from 'react';
import type { UnfinishedComment } from '#shared/contract';
import { asStetError, call } from '../bridge.ts';
import { rereadOf, useAct } from '../queries.ts';
import { Button, TextField } from '../ui/index.ts';
import { focusColumn } from '../workspace/index.ts';

interface Props {
  article: string;
  /** What was kept of it the last time, or no text. */
  unfinished: UnfinishedComment;
  label: string;
  /** What giving it is called. */
  verb: string;
  /** Asked for by the person just now, and not merely still there. */
  isAsked: boolean;
  /** It was given, or given up. */
  onClose: () => void;
}

/** Where a comment or reply is written. Its words are kept with the article until they are given or given up. */
export function CommentForm({ article, unfinished, label, verb, isAsked, onClose }: Props) {
  const { thread, anchor } = unfinished;
  const [typed, setTyped] = useState<string | null>(null);
  const [problem, setProblem] = useState<string>();
  const [keeping] = useState(() => keepLater(article, { thread, anchor }, setProblem));
  const [isBusy, setBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  const add = useAct('comments.add');
  const text = typed ?? unfinished.text;

  useEffect(() => () => void keeping.now(), [keeping]);
  useEffect(() => {
    if (isAsked) form.current?.querySelector('textarea')?.focus();
  }, [isAsked]);

  const close = async (): Promise<void> => {
    await rereadOf(article, 'comments.list');
    setTyped(null);
    onClose();
  };
  const give = async (): Promise<void> => {
    if (isBusy || !text.trim()) return;
    setBusy(true);
    try {
      await keeping.now();
      const kind = thread === null ? 'comment' : 'reply';
      await add.mutateAsync({ article, thread, anchor, kind, text: text.trim() });
      await close();
    } catch (error) {
      setProblem(asStetError(error).message);
    } finally {
      setBusy(false);
    }
  };
  const giveUp = async (): Promise<void> => {
    keeping.later('');
    await keeping.now();
    await close();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const { key, ctrlKey, metaKey, shiftKey, altKey } = event;
    if (event.nativeEvent.isComposing) return;
    if (key === 'Escape') {
      // What is written stays where it is.
      if (text.trim()) focusColumn('editor');
      else void giveUp();
    } else if (key === 'Enter' && (ctrlKey || metaKey) && !shiftKey && !altKey) {
      event.preventDefault();
      void give();
    }
  };
  return (
    <form
      ref={form}
      className="comment-form"
      onSubmit={(event) => {
        event.preventDefault();
        void give();
      }}
    >
      {thread === null && anchor && (
        <p className="quote">
          <q dir="auto">{anchor.quote}</q>
        </p>
      )}
      <TextField
        label={label}
        multiline
        rows={3}
        maxLength={10_000}
        value={text}
        onChange={(next) => {
          setTyped(next);
          keeping.later(next);
        }}
        error={problem}
        aria-keyshortcuts="Control+Enter Meta+Enter"
        onKeyDown={onKeyDown}
      />
      <div className="actions">
        <Button small variant="primary" type="submit" isDisabled={!text.trim() || isBusy}>
          {verb}
        </Button>
        <Button small onPress={() => void giveUp()}>
          {text.trim() ? 'Discard' : 'Cancel'}
        </Button>
      </div>
    </form>
  );
}

/** As soon as words of an article are. */
const KEEP_MS = 250;

/** Has the core keep what is typed, a moment later or at once. */
function keepLater(
  article: string,
  of: Pick<UnfinishedComment, 'thread' | 'anchor'>,
  onProblem: (problem: string | undefined) => void,
) {
  let text: string | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const now = async (): Promise<void> => {
    clearTimeout(timer);
    if (text === null) return;
    const kept = { article, ...of, text };
    text = null;
    try {
      await call('comments.keep', kept);
      onProblem(undefined);
      await rereadOf(article, 'comments.list');
    } catch (error) {
      onProblem(asStetError(error).message);
    }
  };
  return {
    later(next: string): void {
      text = next;
      clearTimeout(timer);
      timer = setTimeout(() => void now(), KEEP_MS);
    },
    now,
  };
}
