import type { LexicalEditor } from 'lexical';
import { useState, type ReactNode } from 'react';
import { Button, Dialog, TextField } from '../../ui/index.ts';
import { $createEmbedNode } from '../body/card-nodes.tsx';
import { providerOf } from '../body/embed-providers.ts';
import { $insertBlockNodes } from '../body/insert-blocks.ts';

interface Props {
  editor: LexicalEditor;
  onClose: () => void;
}

/** Something from elsewhere: only its address is kept, and nothing is loaded before the article is published. */
export function EmbedDialog({ editor, onClose }: Props): ReactNode {
  const [typed, setTyped] = useState('');
  const [title, setTitle] = useState('');
  const [tried, setTried] = useState(false);
  const found = providerOf(typed);
  const insert = (): void => {
    setTried(true);
    if (!found) return;
    onClose();
    editor.update(() => $insertBlockNodes([$createEmbedNode({ ...found, title })]));
  };
  return (
    <Dialog
      title="Embed"
      onClose={onClose}
      foot={
        <Button variant="primary" onPress={insert}>
          Insert
        </Button>
      }
    >
      <form
        className="stet-form"
        onSubmit={(event) => {
          event.preventDefault();
          insert();
        }}
      >
        <TextField
          label="Web address"
          aside={found?.provider}
          placeholder="https://"
          value={typed}
          maxLength={2048}
          autoFocus
          error={
            tried && !found
              ? 'This is not a web address. Paste one that begins with https://.'
              : undefined
          }
          onChange={setTyped}
        />
        <TextField label="What it shows" value={title} maxLength={500} onChange={setTitle} />
        <button type="submit" hidden />
      </form>
    </Dialog>
  );
}
