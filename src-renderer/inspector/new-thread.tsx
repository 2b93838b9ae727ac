import { useState } from 'react';
import { reread, useAct } from '../queries.ts';
import { Button, TextField } from '../ui/index.ts';
import { setWindow, type Anchor } from '../workspace/index.ts';

/** Where a new comment is written, on selected words or on the whole article. */
export function NewThread({ article, anchor }: { article: string; anchor: Anchor }) {
  const [text, setText] = useState('');
  const add = useAct('comments.add');
  const close = (): void => setWindow({ commenting: null });
  const send = (): void =>
    add.mutate(
      { article, thread: null, anchor, kind: 'comment', text: text.trim() },
      {
        onSuccess: () => {
          reread('comments.list');
          close();
        },
      },
    );
  return (
    <form
      className="card thread"
      data-active
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) send();
      }}
    >
      {anchor && (
        <p className="quote">
          <q dir="auto">{anchor.quote}</q>
        </p>
      )}
      <TextField
        label={anchor ? 'Comment on these words' : 'Comment on the article'}
        multiline
        rows={3}
        autoFocus
        maxLength={10_000}
        value={text}
        onChange={setText}
        error={add.error?.message}
        onKeyDown={(event) => {
          if (event.key === 'Escape') close();
        }}
      />
      <div className="actions">
        <Button small variant="primary" type="submit" isDisabled={!text.trim() || add.isPending}>
          Comment
        </Button>
        <Button small onPress={close}>
          Cancel
        </Button>
      </div>
    </form>
  );
}
