import { useLexicalComposerContext } from '@lexical/react/LexicalComposerContext';
import { useLexicalNodeSelection } from '@lexical/react/useLexicalNodeSelection';
import {
  $getNodeByKey,
  CLICK_COMMAND,
  COMMAND_PRIORITY_LOW,
  KEY_BACKSPACE_COMMAND,
  KEY_DELETE_COMMAND,
  mergeRegister,
} from 'lexical';
import { useEffect, type KeyboardEvent as ReactKeyboardEvent, type ReactNode } from 'react';
import { useOwnEvents } from './use-card-input.ts';

interface Props {
  nodeKey: string;
  /** What a screen reader calls the block, unless what stands in it says so. */
  label?: string;
  /** It holds what no key may remove. */
  keeps?: boolean;
  children: ReactNode;
}

/**
 * A block that is one thing: a click or the arrow keys select it whole, Backspace and Delete remove it, and Escape in
 * one of its fields goes back to the text behind it.
 */
export function CardFrame({ nodeKey, label, keeps = false, children }: Props): ReactNode {
  const [editor] = useLexicalComposerContext();
  const [selected, setSelected, clear] = useLexicalNodeSelection(nodeKey);
  const ref = useOwnEvents<HTMLElement>();

  useEffect(() => {
    const remove = (event: KeyboardEvent): boolean => {
      if (
        !selected ||
        event.target instanceof HTMLInputElement ||
        event.target instanceof HTMLTextAreaElement
      )
        return false;
      event.preventDefault();
      if (keeps) return true;
      $getNodeByKey(nodeKey)?.selectNext();
      $getNodeByKey(nodeKey)?.remove();
      return true;
    };
    return mergeRegister(
      editor.registerCommand(
        CLICK_COMMAND,
        (event) => {
          const within = event.target instanceof Node && ref.current?.contains(event.target);
          if (!within) return false;
          if (!event.shiftKey) clear();
          setSelected(true);
          return true;
        },
        COMMAND_PRIORITY_LOW,
      ),
      editor.registerCommand(KEY_BACKSPACE_COMMAND, remove, COMMAND_PRIORITY_LOW),
      editor.registerCommand(KEY_DELETE_COMMAND, remove, COMMAND_PRIORITY_LOW),
    );
  }, [editor, nodeKey, selected, setSelected, clear, keeps, ref]);

  const leave = (event: ReactKeyboardEvent): void => {
    if (event.key !== 'Escape' || event.nativeEvent.isComposing || event.defaultPrevented) return;
    if (!(event.target instanceof HTMLTextAreaElement)) return;
    event.preventDefault();
    // Lexical leaves the cursor alone while a field within it has the focus.
    editor.getRootElement()?.focus({ preventScroll: true });
    editor.update(() => {
      $getNodeByKey(nodeKey)?.selectNext(0, 0);
    });
  };

  return (
    <section
      className="stet-card-frame"
      aria-label={label}
      ref={ref}
      onKeyDown={leave}
      {...(selected && { 'data-selected': true })}
    >
      {children}
    </section>
  );
}
