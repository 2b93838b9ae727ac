/** Words of a headline that say what it is about, without the little ones. */
export function keyWords(text: string): string[] {
  const words = text.match(/[\p{L}\p{N}][\p{L}\p{M}\p{N}’']*/gu) ?? [];
  return [...new Set(words.map((word) => word.toLowerCase()))].filter(
    (word) => word.length > 3 && !LITTLE.has(word),
  );
}

const LITTLE = new Set(
  'about after again against also amid among been before being between both could does down during each from have here into just more most much near once only other over said says should since some such than that their them then there these they this those through under until upon very were what when where which while will with within without would year years your'.split(
    ' ',
  ),
);

/**
 * Names of people, bodies and places in running text: two or more capitalised words together, in the order of how often
 * they stand there. In scripts without capitals there are none, and headline words and keywords have to do.
 */
export function namesIn(text: string): string[] {
  const counts = new Map<string, number>();
  const found = text.matchAll(
    /\p{Lu}[\p{L}\p{M}’'-]+(?:[ \u00a0](?:(?:al|bin|de|la|of|van|von)[ \u00a0])?\p{Lu}[\p{L}\p{M}’'-]+)+/gu,
  );
  for (const [raw] of found) {
    const name = raw
      .replaceAll('\u00a0', ' ')
      .replace(/[’']s$/u, '')
      .replace(/^The /, '');
    if (name.includes(' ')) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts].sort(([, a], [, b]) => b - a).map(([name]) => name);
}
