/** The list with one item moved to another place; the same list when there is no such place. */
export function moveItem<T>(items: readonly T[], from: number, to: number): T[] {
  const result = [...items];
  if (from < 0 || to < 0 || from >= items.length || to >= items.length) return result;
  const [item] = result.splice(from, 1);
  if (item !== undefined) result.splice(to, 0, item);
  return result;
}

/** Which way an arrow key leads in a list that runs along the line or down the page; 0 for other keys. */
export function arrowStep(event: { key: string; currentTarget: Element }): -1 | 0 | 1 {
  const rtl = getComputedStyle(event.currentTarget).direction === 'rtl';
  if (event.key === 'ArrowUp' || event.key === (rtl ? 'ArrowRight' : 'ArrowLeft')) return -1;
  if (event.key === 'ArrowDown' || event.key === (rtl ? 'ArrowLeft' : 'ArrowRight')) return 1;
  return 0;
}
