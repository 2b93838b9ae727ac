/** Puts the cursor into a field below `root`, or on the first of it that takes the focus, and gives the field; null where it is not shown. */
export function focusField(root: ParentNode, name: string): HTMLElement | null {
  const field = root.querySelector<HTMLElement>(`[data-field="${name}"]`);
  field?.querySelector<HTMLElement>('input, textarea, button, [tabindex="0"]')?.focus();
  return field;
}
