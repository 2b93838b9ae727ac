/** First letters of the first and last word of a name. */
function initialsOf(name: string): string {
  const words = name.trim().split(/\s+/);
  const letters = [words[0], words.length > 1 ? words[words.length - 1] : ''];
  return letters
    .map((word) => String.fromCodePoint(word?.codePointAt(0) ?? 32))
    .join('')
    .trim()
    .toUpperCase();
}

/** A disc with a person's initials. The name stands beside it, so it says nothing to a screen reader. */
export function Avatar({ name, small = false }: { name: string; small?: boolean }) {
  return (
    <span className="avatar" aria-hidden {...(small ? { 'data-small': true } : {})}>
      {initialsOf(name)}
    </span>
  );
}
