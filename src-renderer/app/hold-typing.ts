/**
 * Keeps what is typed while a new article is on its way, and gives it to the field that takes the focus then: who begins to
 * write at once would write into the article that is still on the screen. A click, or a focus elsewhere, ends it, and so does
 * what is given back, for an article that does not come.
 */
export function holdTyping(): () => void {
  if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
  const typed: string[] = [];
  const press = (event: KeyboardEvent): void => {
    const isShortcut = (event.ctrlKey || event.altKey) && !event.getModifierState('AltGraph');
    if (event.metaKey || isShortcut) return;
    if (event.key === 'Backspace') typed.pop();
    else if (/^.$/u.test(event.key)) typed.push(event.key);
    else return;
    event.preventDefault();
  };
  const focus = ({ target }: FocusEvent): void => {
    end();
    const isField = target instanceof HTMLTextAreaElement || target instanceof HTMLInputElement;
    if (!isField || typed.length === 0) return;
    target.setRangeText(typed.join(''), target.value.length, target.value.length, 'end');
    target.dispatchEvent(new InputEvent('input', { bubbles: true }));
  };
  const end = (): void => {
    document.removeEventListener('keydown', press, true);
    document.removeEventListener('focusin', focus);
    document.removeEventListener('pointerdown', end, true);
  };
  document.addEventListener('keydown', press, true);
  document.addEventListener('focusin', focus);
  document.addEventListener('pointerdown', end, true);
  return end;
}
