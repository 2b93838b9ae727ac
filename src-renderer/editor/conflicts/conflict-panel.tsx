import { stopLexicalPropagation } from 'lexical';
import { useEffect, useEffectEvent, useRef, useState, type ReactNode } from 'react';
import { Button, formatMoment } from '../../ui/index.ts';
import { Folds } from './marked.tsx';
import type { Origin } from './words.ts';

/** One of the versions, and what taking it is called. */
export interface Choice {
  content: ReactNode;
  /** What the version is, where versions differ in kind: "Subhead". */
  kind?: string;
  origin: Origin;
  label: string;
  /** Missing where the version cannot stand here any more. */
  take?: (() => void) | undefined;
}

interface Way {
  label: string;
  take: () => void;
}

interface Props {
  /** The conflict's id, to be found by. */
  id: string;
  title: string;
  /** Who did what, as a sentence. */
  says: string;
  choices: readonly Choice[];
  /** What stood before; null when nothing did. */
  base: ReactNode;
  both?: Way | null;
  /** A version made of all: shown, never taken by itself. */
  suggestion?: (Way & { content: ReactNode }) | null;
  /** Whether the versions are long, and alike in most: they are shown by what differs until somebody wants them whole. */
  folds: boolean;
  editable: boolean;
}

/** Versions side by side, who wrote which, and the ways to settle them, each with a key. */
export function ConflictPanel(props: Props): ReactNode {
  const { id, title, says, choices, base, both, suggestion, folds, editable } = props;
  const ref = useRef<HTMLElement>(null);
  const [showsBase, setShowsBase] = useState(true);
  const [isWhole, setWhole] = useState(false);

  const actOn = useEffectEvent((key: string): boolean => {
    if (key === 'o' && base) {
      setShowsBase(!showsBase);
      return true;
    }
    if (key === 'w' && folds) {
      setWhole(!isWhole);
      return true;
    }
    const way =
      key === 'b' ? both?.take : key === 'm' ? suggestion?.take : choices[Number(key) - 1]?.take;
    if (!editable || !way) return false;
    way();
    return true;
  });
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const press = (event: KeyboardEvent): void => {
      // The editor round the panel would take keys for its own: Backspace would remove every version at once.
      stopLexicalPropagation(event);
      const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey && !event.isComposing;
      if (isPlain && actOn(event.key.toLowerCase())) event.preventDefault();
    };
    element.addEventListener('keydown', press);
    return () => element.removeEventListener('keydown', press);
  }, []);

  return (
    <section
      ref={ref}
      className="stet-conflict"
      role="group"
      aria-label={title}
      aria-describedby={`says-${id}`}
      // A group that takes keys has to be reachable by keyboard.
      tabIndex={0}
      data-conflict={id}
      dir="ltr"
    >
      <p className="stet-conflict-head" id={`says-${id}`}>
        <strong>{title}.</strong> <span dir="auto">{says}</span>{' '}
        {choices.length > 2 ? 'All' : 'Both'} are kept until you choose.
      </p>
      {showsBase && base !== null && (
        <div className="stet-conflict-before" role="group" aria-label="What stood here before">
          <p className="stet-conflict-name">
            <b>Before</b>
          </p>
          <div className="stet-version">
            <Folds value={folds && !isWhole}>{base}</Folds>
          </div>
        </div>
      )}
      <div className="stet-conflict-versions" data-count={choices.length}>
        {choices.map(({ content, kind, origin, label, take }, index) => (
          <div key={index} role="group" aria-label={`Version ${String(index + 1)}`}>
            <p className="stet-conflict-name">
              <b dir="auto">{origin?.by ?? `Version ${String(index + 1)}`}</b>
              {origin && <time dateTime={origin.at}>{formatMoment(origin.at)}</time>}
              {kind !== undefined && <span className="stet-conflict-kind">{kind}</span>}
            </p>
            <div className="stet-version">
              <Folds value={folds && !isWhole}>{content}</Folds>
            </div>
            {editable && (
              <Button small isDisabled={!take} onPress={() => take?.()}>
                {label} <Key>{String(index + 1)}</Key>
              </Button>
            )}
          </div>
        ))}
      </div>
      {suggestion && (
        <div className="stet-conflict-suggestion" role="group" aria-label="Suggested merge">
          <p className="stet-conflict-name">
            <b>Suggested merge</b> <span>Read it as a whole before you take it.</span>
          </p>
          <div className="stet-version">{suggestion.content}</div>
          {editable && (
            <Button small onPress={suggestion.take}>
              {suggestion.label} <Key>M</Key>
            </Button>
          )}
        </div>
      )}
      <div className="stet-conflict-foot">
        {editable && both && (
          <Button small onPress={both.take}>
            {both.label} <Key>B</Key>
          </Button>
        )}
        {folds && (
          <Button small variant="plain" onPress={() => setWhole(!isWhole)}>
            {isWhole ? 'Show only what differs' : 'Show every word'} <Key>W</Key>
          </Button>
        )}
        {base !== null && (
          <Button small variant="plain" onPress={() => setShowsBase(!showsBase)}>
            {showsBase ? 'Hide what stood here before' : 'Show what stood here before'} <Key>O</Key>
          </Button>
        )}
      </div>
    </section>
  );
}

function Key({ children }: { children: string }): ReactNode {
  return <kbd aria-hidden>{children}</kbd>;
}
