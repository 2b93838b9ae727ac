let forget: (() => void) | null = null;

/** Keys that change nothing: after them the newest change is still the one that was made. */
const MOVES = /^(Tab|Escape|Shift|Control|Alt|Meta|Arrow.*|Home|End|Page.*|F\d+)$/;

/**
 * Lets Ctrl Z (Cmd Z) take back a change that is in no history of an editor, as long as nothing else was done: the next
 * key that writes, or a click, ends it.
 */
export function undoNext(undo: () => void): void {
  forget?.();
  const press = (event: KeyboardEvent): void => {
    const isUndo =
      (event.ctrlKey || event.metaKey) &&
      !event.shiftKey &&
      !event.altKey &&
      event.key.toLowerCase() === 'z';
    if (!isUndo && MOVES.test(event.key)) return;
    stop();
    if (!isUndo) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    undo();
  };
  const stop = (): void => {
    window.removeEventListener('keydown', press, true);
    window.removeEventListener('pointerdown', stop, true);
    forget = null;
  };
  window.addEventListener('keydown', press, true);
  window.addEventListener('pointerdown', stop, true);
  forget = stop;
}
