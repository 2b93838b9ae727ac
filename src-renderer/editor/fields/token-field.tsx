import { useEffect, useRef, useState, type ReactNode } from 'react';
import { Dialog, Popover } from 'react-aria-components';
import type { LocalId } from '#shared/article';
import type { NameSuggestion } from '#shared/contract';
import { Avatar } from '../../ui/index.ts';
import { NameCombobox } from './name-combobox.tsx';
import { arrowStep, moveItem } from './reorder.ts';
import { useDragOrder } from './use-drag-order.ts';

export interface Token {
  id: LocalId;
  name: string;
  detail?: string;
}

interface Props<T extends Token> {
  label: string;
  /** What stands before the tokens. */
  lead: string;
  addLabel: string;
  tokens: readonly T[];
  readOnly: boolean;
  /** Whether a name that is there is not added again. */
  once?: boolean;
  onChange: (tokens: T[]) => void;
  onAdd: (choice: NameSuggestion) => void;
  /** The small form that Enter or a click on a token opens. */
  form: (token: T) => ReactNode;
}

const sameName = (x: string, y: string): boolean => x.toLowerCase() === y.toLowerCase();

/**
 * Names in order. Arrow keys walk along them, with Alt or Ctrl they move the name; Delete removes it, Enter opens it.
 * A name can also be dragged. What happened is said in a live region.
 */
export function TokenField<T extends Token>(props: Props<T>): ReactNode {
  const { label, lead, addLabel, tokens, readOnly, once = false, onChange, onAdd, form } = props;
  const [said, setSaid] = useState('');
  const [open, setOpen] = useState<LocalId | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const focusNext = useRef<number | null>(null);
  const openButton = useRef<HTMLButtonElement>(null);

  const buttons = (): HTMLButtonElement[] => [
    ...(list.current?.querySelectorAll<HTMLButtonElement>('.stet-token') ?? []),
  ];
  const focusAt = (index: number): void => {
    const all = buttons();
    if (index >= all.length) input.current?.focus();
    else all[Math.max(0, index)]?.focus();
  };
  useEffect(() => {
    if (focusNext.current === null) return;
    focusAt(focusNext.current);
    focusNext.current = null;
  });

  const move = (from: number, to: number): void => {
    const token = tokens[from];
    if (!token || to < 0 || to >= tokens.length) return;
    onChange(moveItem(tokens, from, to));
    setSaid(`${token.name} moved to place ${to + 1} of ${tokens.length}.`);
    focusNext.current = to;
  };
  const drag = useDragOrder(tokens, move);
  const remove = (index: number): void => {
    const token = tokens[index];
    if (!token) return;
    onChange(tokens.filter(({ id }) => id !== token.id));
    setSaid(`${token.name} removed.`);
    focusNext.current = index === 0 && tokens.length === 1 ? tokens.length : Math.max(0, index - 1);
  };

  return (
    <div className="stet-tokens" role="group" aria-label={label}>
      <span className="stet-tokens-lead" aria-hidden>
        {lead}
      </span>
      <ul ref={list}>
        {tokens.map((token, index) => (
          <li key={token.id} {...(readOnly ? {} : drag(token, token.name))}>
            <button
              type="button"
              className="stet-token"
              ref={open === token.id ? openButton : null}
              aria-label={`${[token.name, token.detail].filter(Boolean).join(', ')}. ${index + 1} of ${tokens.length}`}
              aria-keyshortcuts={readOnly ? undefined : 'Alt+ArrowLeft Alt+ArrowRight Delete Enter'}
              aria-haspopup={readOnly ? undefined : 'dialog'}
              onClick={() => {
                if (!readOnly) setOpen(token.id);
              }}
              onKeyDown={(event) => {
                const step = arrowStep(event);
                if (step !== 0) {
                  event.preventDefault();
                  if (event.altKey || event.ctrlKey) {
                    if (!readOnly) move(index, index + step);
                  } else focusAt(index + step);
                } else if ((event.key === 'Delete' || event.key === 'Backspace') && !readOnly) {
                  event.preventDefault();
                  remove(index);
                }
              }}
            >
              <Avatar name={token.name} small />
              <span dir="auto">{token.name}</span>
              {token.detail && (
                <span className="stet-token-detail" dir="auto">
                  {token.detail}
                </span>
              )}
            </button>
          </li>
        ))}
      </ul>
      {!readOnly && (
        <NameCombobox
          label={`Add to ${label.toLowerCase()}`}
          placeholder={addLabel}
          inputRef={input}
          onAdd={(choice) => {
            const isThere = once && tokens.some(({ name }) => sameName(name, choice.name));
            if (!isThere) onAdd(choice);
            setSaid(`${choice.name} ${isThere ? 'is there already' : 'added'}.`);
          }}
          onLeave={() => focusAt(tokens.length - 1)}
        />
      )}
      <span role="status" className="visually-hidden">
        {said}
      </span>
      {tokens.map(
        (token, index) =>
          token.id === open && (
            <Popover
              key={token.id}
              className="popover stet-token-popover"
              isOpen
              triggerRef={openButton}
              onOpenChange={(isOpen) => {
                if (isOpen) return;
                setOpen(null);
                focusNext.current = index;
              }}
            >
              <Dialog aria-label={token.name} className="stet-token-form">
                {form(token)}
                <div className="actions">
                  <button
                    type="button"
                    className="stet-quiet"
                    onClick={() => {
                      setOpen(null);
                      remove(index);
                    }}
                  >
                    Remove
                  </button>
                </div>
              </Dialog>
            </Popover>
          ),
      )}
    </div>
  );
}
