import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import { $isLinkNode } from '@lexical/link';
import { $findMatchingParent, $getSelection, $isRangeSelection } from 'lexical';
import { Ellipsis, MessageSquarePlus, Redo2, Undo2 } from 'lucide-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Menu, MenuItem, MenuTrigger, Popover, Button as AriaButton } from 'react-aria-components';
import { useReach } from '../body/body-history.ts';
import { $blockKind, type BlockKind } from '../body/run-command.ts';
import { EDITOR_COMMANDS, type EditorCommandId } from '../editor-commands.ts';
import { showKeys } from '../keys.ts';
import { runTableAction, TABLE_ACTIONS } from './table-commands.ts';

interface Standing {
  kind: BlockKind;
  bold: boolean;
  italic: boolean;
  link: boolean;
}

const NOWHERE: Standing = { kind: 'other', bold: false, italic: false, link: false };

function $standing(): Standing {
  const selection = $getSelection();
  if (!$isRangeSelection(selection)) return NOWHERE;
  return {
    kind: $blockKind(),
    bold: selection.hasFormat('bold'),
    italic: selection.hasFormat('italic'),
    link: $findMatchingParent(selection.anchor.getNode(), $isLinkNode) !== null,
  };
}

interface Props {
  readOnly: boolean;
  onCommand: (command: EditorCommandId) => void;
  /** Shows the comment button when comments can be made. */
  comment: boolean;
}

/** The lesser tools, and those that leave the bar where the column is too narrow for them. */
const MORE: EditorCommandId[] = [
  'text.bullets',
  'text.numbers',
  'insert.table',
  'insert.divider',
  'text.pull-quote',
  'text.subhead-small',
  'text.strikethrough',
  'text.superscript',
  'text.subscript',
  'text.move-up',
  'text.move-down',
  'insert.image',
  'insert.embed',
  'text.note',
  'edit.undo',
  'edit.redo',
];

/** What can be done to the text. Arrow keys walk along it; it is drawn again only when what it shows has changed. */
export function Toolbar({ readOnly, onCommand, comment }: Props): ReactNode {
  const [editor] = useLexicalComposerContext();
  const [standing, setStanding] = useState(NOWHERE);
  const can = useReach();
  const bar = useRef<HTMLDivElement>(null);

  useEffect(
    () =>
      editor.registerUpdateListener(({ editorState }) => {
        const next = editorState.read($standing);
        setStanding((now) => (JSON.stringify(now) === JSON.stringify(next) ? now : next));
      }),
    [editor],
  );

  const button = (
    id: EditorCommandId,
    face: ReactNode,
    pressed?: boolean,
    { disabled = false, room }: { disabled?: boolean; room?: 'some' | 'much' } = {},
  ): ReactNode => {
    const command = EDITOR_COMMANDS.find((one) => one.id === id);
    if (!command) return null;
    return (
      <button
        type="button"
        className="stet-tool"
        data-room={room}
        title={`${command.label} (${showKeys(command.keys)})`}
        aria-label={command.label}
        aria-pressed={pressed}
        disabled={readOnly || disabled}
        // The selection in the text must survive the click.
        onMouseDown={(event) => event.preventDefault()}
        onClick={() => onCommand(id)}
      >
        {face}
      </button>
    );
  };

  return (
    <div
      className="stet-toolbar"
      role="toolbar"
      aria-label="Text"
      ref={bar}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
        const all = [
          ...(bar.current?.querySelectorAll<HTMLButtonElement>('button:not(:disabled)') ?? []),
        ];
        const at = all.findIndex((one) => one === document.activeElement);
        all[at + (event.key === 'ArrowRight' ? 1 : -1)]?.focus();
      }}
    >
      {button('text.paragraph', '¶', standing.kind === 'paragraph')}
      {button(
        'text.subhead',
        'H',
        standing.kind === 'subhead' || standing.kind === 'subhead-small',
      )}
      {button('text.quote', '❝', standing.kind === 'quote')}
      <span className="stet-sep" />
      {button('text.bold', <b>B</b>, standing.bold)}
      {button('text.italic', <i>I</i>, standing.italic)}
      {button('text.link', 'Link', standing.link)}
      <span className="stet-sep" />
      {button('insert.image', 'Image', undefined, { room: 'some' })}
      {button('insert.embed', 'Embed', undefined, { room: 'much' })}
      {button('text.note', 'Note', standing.kind === 'note', { room: 'much' })}
      <MenuTrigger>
        <AriaButton className="stet-tool" isDisabled={readOnly} aria-label="More">
          <Ellipsis size={16} aria-hidden />
        </AriaButton>
        <Popover className="popover stet-menu" placement="bottom end">
          <Menu onAction={(key) => onCommand(key as EditorCommandId)} aria-label="More">
            {MORE.map((id) => {
              const command = EDITOR_COMMANDS.find((one) => one.id === id);
              return (
                <MenuItem key={id} id={id} className="option" textValue={command?.label ?? id}>
                  <span>{command?.label}</span>
                  <span className="aside">{showKeys(command?.keys ?? '')}</span>
                </MenuItem>
              );
            })}
          </Menu>
        </Popover>
      </MenuTrigger>
      {standing.kind === 'table' && (
        <MenuTrigger>
          <AriaButton className="stet-tool" isDisabled={readOnly}>
            Table
          </AriaButton>
          <Popover className="popover stet-menu">
            <Menu
              aria-label="Table"
              onAction={(key) => {
                const action = TABLE_ACTIONS.find(({ id }) => id === key);
                if (action) runTableAction(editor, action.id);
              }}
            >
              {TABLE_ACTIONS.map(({ id, label }) => (
                <MenuItem key={id} id={id} className="option" textValue={label}>
                  {label}
                </MenuItem>
              ))}
            </Menu>
          </Popover>
        </MenuTrigger>
      )}
      {comment && button('text.comment', <MessageSquarePlus size={16} aria-hidden />)}
      <span className="stet-undo">
        {button('edit.undo', <Undo2 size={16} aria-hidden />, undefined, { disabled: !can.undo })}
        {button('edit.redo', <Redo2 size={16} aria-hidden />, undefined, { disabled: !can.redo })}
      </span>
      <span className="stet-mode" {...(readOnly && { 'data-reading': true })}>
        {readOnly ? 'Reading' : 'Editing'}
      </span>
    </div>
  );
}
