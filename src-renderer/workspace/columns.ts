import { flushSync } from 'react-dom';
import { setWindow } from './store.ts';

const COLUMNS = ['navigation', 'list', 'editor', 'inspector'] as const;
export type Column = (typeof COLUMNS)[number];

function columnElement(column: Column): HTMLElement | null {
  return document.querySelector(`[data-column="${column}"]`);
}

/** Where a column is entered, the first that it has. A tab that had the focus keeps its tabindex when another is chosen. */
const ENTRIES = [
  '[data-entry]',
  '[role="tab"][aria-selected="true"]',
  '[contenteditable="true"], button, input, textarea, a[href], [tabindex="0"]',
] as const;

/** Moves the focus into a column: to its entry point, else to the first thing in it that takes the focus, else to itself. */
export function focusColumn(column: Column): void {
  // What was hidden is drawn first, and at once: the next key is for what has the focus then.
  flushSync(() => {
    if (column === 'list' || column === 'inspector') setWindow({ [column]: true, side: column });
  });
  const element = columnElement(column);
  for (const selector of ENTRIES) {
    const entry = element?.querySelector<HTMLElement>(selector);
    if (!entry) continue;
    entry.focus();
    return;
  }
  if (!element) return;
  element.tabIndex = -1;
  element.focus();
}

/** Moves the focus to the next column on the screen, or the one before. */
export function cycleColumn(step: 1 | -1): void {
  const shown = COLUMNS.filter((column) => columnElement(column) !== null);
  const at = shown.findIndex((column) => columnElement(column)?.contains(document.activeElement));
  const next = shown[(at + step + shown.length) % shown.length];
  if (next) focusColumn(next);
}
