import { stopLexicalPropagation } from 'lexical';
import { useEffect, useRef, type RefObject } from 'react';

const EVENTS = [
  'keydown',
  'keyup',
  'beforeinput',
  'input',
  'paste',
  'copy',
  'cut',
  'compositionstart',
  'compositionend',
  'click',
  'drop',
  'dragstart',
] as const;

/** What is typed and clicked in a card stays in the card: the editor round it would take keys for its own. */
export function useOwnEvents<T extends HTMLElement>(): RefObject<T | null> {
  const ref = useRef<T>(null);
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const keep = (event: Event): void => {
      const inField =
        event.target instanceof HTMLElement &&
        event.target.closest('input, textarea, button, select, [role="dialog"]') !== null;
      if (inField) stopLexicalPropagation(event);
    };
    for (const name of EVENTS) element.addEventListener(name, keep);
    return () => {
      for (const name of EVENTS) element.removeEventListener(name, keep);
    };
  }, []);
  return ref;
}
