import type { LocalId } from '#shared/article';

/**
 * Puts the keyboard on a conflict of the page: the one named, or the next or previous from where the cursor is, round
 * the end. False when there is none.
 */
export function goToConflict(
  page: HTMLElement | null,
  which: 'next' | 'previous' | { id: LocalId },
): boolean {
  const all = [...(page?.querySelectorAll<HTMLElement>('[data-conflict]') ?? [])];
  const target =
    typeof which === 'object'
      ? all.find((panel) => panel.getAttribute('data-conflict') === which.id)
      : neighbour(all, which);
  if (!target) return false;
  // One that is taller than the column is read from its beginning.
  const room = target.closest('.stet-page')?.clientHeight ?? innerHeight;
  target.scrollIntoView({ block: target.offsetHeight > room ? 'start' : 'center' });
  target.focus({ preventScroll: true });
  return true;
}

/** Where the person is: the focused control, or in the text the cursor itself. */
function here(): Node | null {
  const focused = document.activeElement;
  if (focused instanceof HTMLElement && focused.isContentEditable)
    return getSelection()?.anchorNode ?? focused;
  return focused === document.body ? null : focused;
}

function neighbour(
  all: readonly HTMLElement[],
  direction: 'next' | 'previous',
): HTMLElement | undefined {
  const at = here();
  const lies = (panel: HTMLElement, where: number): boolean =>
    at !== null &&
    panel !== at &&
    !panel.contains(at) &&
    (at.compareDocumentPosition(panel) & where) !== 0;
  return direction === 'next'
    ? (all.find((panel) => lies(panel, Node.DOCUMENT_POSITION_FOLLOWING)) ?? all[0])
    : (all.findLast((panel) => lies(panel, Node.DOCUMENT_POSITION_PRECEDING)) ?? all.at(-1));
}
