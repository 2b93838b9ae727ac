import { $createLinkNode, $isLinkNode, TOGGLE_LINK_COMMAND } from '@lexical/link';
import {
  $createTextNode,
  $findMatchingParent,
  $getSelection,
  $isRangeSelection,
  type LexicalEditor,
} from 'lexical';
import { useState, type ReactNode } from 'react';
import { Button, Dialog, TextField } from '../../ui/index.ts';
import { linkFromTyped } from '../body/link-policy.ts';

interface Props {
  editor: LexicalEditor;
  onClose: () => void;
}

function $linkAtCursor(): { url: string; words: boolean } {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return { url: '', words: false };
  const link = $findMatchingParent(selection.anchor.getNode(), $isLinkNode);
  return { url: link?.getURL() ?? '', words: link !== null || !selection.isCollapsed() };
}

/** Where the selected words lead. Without a selection the address itself becomes the words. */
export function LinkDialog({ editor, onClose }: Props): ReactNode {
  const [start] = useState(() => editor.getEditorState().read($linkAtCursor));
  const [typed, setTyped] = useState(start.url);
  const [tried, setTried] = useState(false);
  const url = linkFromTyped(typed);

  const save = (): void => {
    setTried(true);
    if (url === null) return;
    onClose();
    editor.update(() => {
      const selection = $getSelection();
      if (start.words || !$isRangeSelection(selection))
        editor.dispatchCommand(TOGGLE_LINK_COMMAND, url);
      else selection.insertNodes([$createLinkNode(url).append($createTextNode(typed.trim()))]);
    });
  };

  return (
    <Dialog
      title="Link"
      onClose={onClose}
      foot={
        <>
          {start.url !== '' && (
            <Button
              onPress={() => {
                onClose();
                editor.dispatchCommand(TOGGLE_LINK_COMMAND, null);
              }}
            >
              Remove the link
            </Button>
          )}
          <Button variant="primary" onPress={save}>
            Link
          </Button>
        </>
      }
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField
          label="Address"
          placeholder="https://"
          value={typed}
          maxLength={2048}
          autoFocus
          error={
            tried && url === null
              ? 'This cannot be linked. Use a web, e-mail or phone address.'
              : undefined
          }
          onChange={setTyped}
        />
      </form>
    </Dialog>
  );
}
