/** Whether this keyboard has a Command key. */
const IS_MAC = /mac|iphone|ipad/i.test(navigator.userAgent);

const ARROWS: Record<string, string> = { ArrowUp: '↑', ArrowDown: '↓' };
const MAC_SIGNS: Record<string, string> = {
  ...ARROWS,
  Mod: '⌘',
  Alt: '⌥',
  Shift: '⇧',
  Enter: '↩',
};
const OTHER_SIGNS: Record<string, string> = { ...ARROWS, Mod: 'Ctrl' };

/** Keys as this keyboard's owner reads them: "⌘K", "Ctrl K". */
export function displayKeys(shortcut: string): string {
  const keys = shortcut.split('+');
  return IS_MAC
    ? keys.map((key) => MAC_SIGNS[key] ?? key).join('')
    : keys.map((key) => OTHER_SIGNS[key] ?? key).join(' ');
}

/** Whether the keys pressed are those of a shortcut such as `Mod+Shift+L`, neither more nor fewer. */
export function matches(event: KeyboardEvent, shortcut: string): boolean {
  // AltGr types characters; Windows reports it as Control and Alt together.
  if (event.getModifierState('AltGraph')) return false;
  const keys = shortcut.split('+');
  const key = keys.at(-1) ?? '';
  const has = (modifier: string): boolean => keys.includes(modifier);
  return (
    (IS_MAC ? event.metaKey : event.ctrlKey) === has('Mod') &&
    !(IS_MAC ? event.ctrlKey : event.metaKey) &&
    event.altKey === has('Alt') &&
    event.shiftKey === has('Shift') &&
    isKey(event, key)
  );
}

/** Digits are known by their place, for keyboards that shift them; so are letters where Alt makes a Mac type another sign. */
function isKey(event: KeyboardEvent, key: string): boolean {
  if (event.key.toLowerCase() === key.toLowerCase() || event.code === `Digit${key}`) return true;
  return IS_MAC && event.altKey && event.code === `Key${key}`;
}
