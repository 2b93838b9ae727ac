import type { EditorCommandId } from './editor-commands.ts';

const onMac = (): boolean => /Mac|iPhone|iPad/.test(navigator.platform);

/** What is on the key: its letter where the layout gives one, else its place, so that Alt does not turn N into ñ. */
function nameOf(event: KeyboardEvent): string {
  const digit = /^(?:Digit|Numpad)(\d)$/.exec(event.code)?.[1];
  if (digit !== undefined) return digit;
  if (event.altKey) {
    const letter = /^Key([A-Z])$/.exec(event.code)?.[1];
    if (letter) return letter;
    if (event.code === 'Minus') return '-';
  }
  return event.key.length === 1 ? event.key.toUpperCase() : event.key;
}

/** The command whose keys these are, from a table with keys such as `Mod+Alt+2`. */
export function commandOfKey(
  event: KeyboardEvent,
  commands: readonly { id: EditorCommandId; keys: string }[],
): EditorCommandId | null {
  const [mod, other] = onMac() ? [event.metaKey, event.ctrlKey] : [event.ctrlKey, event.metaKey];
  if (other || event.isComposing) return null;
  const held = [mod && 'Mod', event.altKey && 'Alt', event.shiftKey && 'Shift'].filter(Boolean);
  const keys = [...held, nameOf(event)].join('+');
  return commands.find((command) => command.keys === keys)?.id ?? null;
}

/** Keys as a person reads them on this computer: ⌘⇧K on a Mac, Ctrl+Shift+K elsewhere. */
export function showKeys(keys: string): string {
  const signs = keys.replace('ArrowUp', '↑').replace('ArrowDown', '↓');
  if (!onMac()) return signs.replace('Mod', 'Ctrl');
  return signs.replace('Mod+', '⌘').replace('Alt+', '⌥').replace('Shift+', '⇧');
}
