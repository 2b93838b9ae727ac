import { useState, type LiHTMLAttributes } from 'react';

interface Entry {
  id: string;
}

/**
 * Lets the entries of a list be dragged into another order by mouse. What is dragged is known by its id, for a colleague's
 * change may put the list into another order while it is held. `words` is what another program gets that it is dropped on.
 */
export function useDragOrder(
  entries: readonly Entry[],
  move: (from: number, to: number) => void,
): (entry: Entry, words: string) => LiHTMLAttributes<HTMLLIElement> {
  const [dragged, setDragged] = useState<string | null>(null);
  const placeOf = (id: string | null): number => entries.findIndex((entry) => entry.id === id);
  return ({ id }, words) => ({
    draggable: true,
    onDragStart(event) {
      event.dataTransfer.effectAllowed = 'move';
      event.dataTransfer.setData('text/plain', words);
      setDragged(id);
    },
    onDragOver(event) {
      if (dragged !== null) event.preventDefault();
    },
    onDrop(event) {
      event.preventDefault();
      move(placeOf(dragged), placeOf(id));
      setDragged(null);
    },
    onDragEnd() {
      setDragged(null);
    },
  });
}
