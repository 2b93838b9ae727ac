import { isWrittenIn, turnOf } from '../undo-keys.ts';

/** A change that is in no history of an editor, and can be taken back and made again. */
export interface Step {
  undo: () => void;
  redo: () => void;
}

/** The newest of them, and how many stand; those behind were taken back. */
let steps: Step[] = [];
let standing = 0;

/** Keys that change nothing: after them the newest change is still the one that was made. */
const MOVES = /^(Tab|Escape|Shift|Control|Alt|Meta|Arrow.*|Home|End|Page.*|F\d+)$/;

/** Versions of a field: whatever is pressed there changes nothing but by a step of its own. */
function isInFieldVersions({ target }: Event): boolean {
  const panel = target instanceof Element ? target.closest('[data-conflict]') : null;
  return panel !== null && panel.closest('[contenteditable]') === null;
}

function press(event: KeyboardEvent): void {
  const turn = turnOf(event);
  if (turn === null) {
    if (!MOVES.test(event.key) && !isInFieldVersions(event)) forget();
    return;
  }
  const step = steps[turn === 'undo' ? standing - 1 : standing];
  if (!step) {
    // What comes before them is in the history of whatever has the cursor; beside a button that is the body's.
    if (isWrittenIn(event)) forget();
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  standing += turn === 'undo' ? -1 : 1;
  step[turn]();
}

function point(event: PointerEvent): void {
  if (!isInFieldVersions(event)) forget();
}

function forget(): void {
  steps = [];
  standing = 0;
  window.removeEventListener('keydown', press, true);
  window.removeEventListener('pointerdown', point, true);
}

/**
 * Lets Ctrl Z (Cmd Z) take back such changes and Ctrl Shift Z make them again, as long as nothing else was done: the next
 * key that writes, or a click, ends it.
 */
export function undoNext(step: Step): void {
  if (steps.length === 0) {
    window.addEventListener('keydown', press, true);
    window.addEventListener('pointerdown', point, true);
  }
  steps = [...steps.slice(0, standing), step];
  standing = steps.length;
}
