/** Text for comparison: no case, no accents, words apart by one space. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim();
}

/** Whether each word of `typed` begins some word of `name`. */
export function beginsWords(name: string, typed: string): boolean {
  const words = fold(name).split(' ');
  return fold(typed)
    .split(' ')
    .every((start) => words.some((word) => word.startsWith(start)));
}
