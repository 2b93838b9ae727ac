import { useEffect, useEffectEvent } from 'react';

/** Whether the keys pressed take something back or make it again, on any kind of keyboard. */
export function turnOf({ ctrlKey, metaKey, altKey, shiftKey, key }: KeyboardEvent): Turn | null {
  if (!(ctrlKey || metaKey) || altKey) return null;
  const letter = key.toLowerCase();
  if (letter === 'z') return shiftKey ? 'redo' : 'undo';
  return letter === 'y' && ctrlKey && !shiftKey ? 'redo' : null;
}

export type Turn = 'undo' | 'redo';

/** Whether what has the keyboard is written in, and so has a history of its own; a card in the body is not, but its fields are. */
export function isWrittenIn({ target }: Event): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.closest('input, textarea') !== null)
  );
}

/** What belongs to the article; in the lists and the navigation nothing of it is taken back. */
const OF_THE_ARTICLE = '[data-column="editor"], [data-column="inspector"]';

/**
 * Turns the body back, or on, when the keys are pressed on something of the article that has no history: a button that
 * stands where something was settled, versions in the text, a card of the inspector, or nothing at all.
 */
export function useUndoBesideText(run: (turn: Turn) => void): void {
  const press = useEffectEvent((event: KeyboardEvent) => {
    const turn = turnOf(event);
    const { target, defaultPrevented } = event;
    if (!turn || defaultPrevented || isWrittenIn(event) || !(target instanceof Element)) return;
    if (target !== document.body && !target.closest(OF_THE_ARTICLE)) return;
    event.preventDefault();
    run(turn);
  });
  useEffect(() => {
    const hear = (event: KeyboardEvent): void => press(event);
    document.addEventListener('keydown', hear);
    return () => document.removeEventListener('keydown', hear);
  }, []);
}
