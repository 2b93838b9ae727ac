/**
 * Takes what is typed while a new article is on its way, by keys, an input method or dictation, and gives it to the field
 * that takes the focus then: who begins to write at once would write into the article that is still on the screen. A focus
 * elsewhere ends it, and so does what is given back, for an article that does not come. What was typed before it stands
 * there already.
 */
export function holdTyping(typed: string): () => void {
  const held = document.createElement('textarea');
  held.value = typed;
  // A dialog that is about to close would take the focus back, but not from what is marked like this.
  held.dataset.reactAriaTopLayer = 'true';
  held.className = 'visually-hidden';
  held.ariaLabel = 'New article';
  held.addEventListener('blur', ({ relatedTarget }) => {
    // The whole window lost the focus, and will give it back.
    if (document.activeElement === held) return;
    const typed = held.value.replaceAll('\n', ' ');
    held.remove();
    const isField = relatedTarget instanceof HTMLTextAreaElement;
    if (!isField || typed === '' || !relatedTarget.closest('[data-column="editor"]')) return;
    const end = relatedTarget.value.length;
    relatedTarget.setRangeText(typed, end, end, 'end');
    relatedTarget.dispatchEvent(new InputEvent('input', { bubbles: true }));
  });
  document.body.append(held);
  held.focus();
  return () => {
    held.value = '';
    held.blur();
  };
}
