import { useId, useState, type ReactNode, type RefObject } from 'react';
import type { NameSuggestion } from '#shared/contract';
import { useNameSuggestions } from './use-name-suggestions.ts';

interface Props {
  label: string;
  placeholder: string;
  inputRef: RefObject<HTMLInputElement | null>;
  onAdd: (choice: NameSuggestion) => void;
  /** Backspace or the back arrow in an empty input. */
  onLeave: () => void;
}

const plain = (name: string): NameSuggestion => ({ name, detail: '', affiliation: '' });

/** Where a name is typed: people and desks are offered, Enter or a comma takes what is written. */
export function NameCombobox({ label, placeholder, inputRef, onAdd, onLeave }: Props): ReactNode {
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const [active, setActive] = useState(-1);
  const listId = useId();
  const offers = useNameSuggestions(text, open);
  const shown = open && offers.length > 0;

  const add = (choice: NameSuggestion): void => {
    onAdd(choice);
    setText('');
    setOpen(false);
    setActive(-1);
  };
  const addTyped = (typed: string): void => {
    for (const name of typed
      .split(/[,\n;،]/)
      .map((part) => part.trim())
      .filter(Boolean))
      add(plain(name.slice(0, 200)));
  };

  return (
    <span className="stet-combobox">
      <input
        ref={inputRef}
        role="combobox"
        aria-label={label}
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={listId}
        aria-activedescendant={shown && active >= 0 ? `${listId}-${active}` : undefined}
        autoComplete="off"
        spellCheck={false}
        dir="auto"
        className="stet-token-input"
        placeholder={placeholder}
        size={Math.max(placeholder.length, text.length + 1)}
        value={text}
        onChange={(event) => {
          const { value } = event.currentTarget;
          const composing =
            event.nativeEvent instanceof InputEvent && event.nativeEvent.isComposing;
          if (!composing && /[,\n;،]/.test(value)) {
            addTyped(value);
            setText('');
            return;
          }
          setText(value);
          setOpen(true);
          setActive(-1);
        }}
        onBlur={() => {
          // What was typed is taken, not dropped.
          if (text.trim() !== '') addTyped(text);
          setOpen(false);
        }}
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return;
          const { key } = event;
          const back =
            getComputedStyle(event.currentTarget).direction === 'rtl' ? 'ArrowRight' : 'ArrowLeft';
          if (key === 'Enter' && (text.trim() !== '' || active >= 0)) {
            event.preventDefault();
            const choice = shown ? offers[active] : undefined;
            if (choice) add(choice);
            else addTyped(text);
          } else if (key === 'ArrowDown' || key === 'ArrowUp') {
            if (offers.length === 0) return;
            event.preventDefault();
            setOpen(true);
            const step = key === 'ArrowDown' ? 1 : -1;
            setActive(
              (active + step + offers.length + (active < 0 && step < 0 ? 1 : 0)) % offers.length,
            );
          } else if (key === 'Escape' && shown) {
            event.stopPropagation();
            setOpen(false);
          } else if (text === '' && (key === 'Backspace' || key === back)) {
            event.preventDefault();
            onLeave();
          }
        }}
      />
      <ul
        id={listId}
        role="listbox"
        aria-label={`${label}: suggestions`}
        className="stet-offers"
        hidden={!shown}
      >
        {offers.map((offer, index) => (
          <li
            key={`${offer.name} ${offer.detail}`}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === active}
            onPointerDown={(event) => {
              // Before the input loses the focus and takes what is typed.
              event.preventDefault();
              add(offer);
            }}
          >
            <span dir="auto">{offer.name}</span>
            <span className="stet-offer-detail">{offer.detail}</span>
          </li>
        ))}
      </ul>
    </span>
  );
}
