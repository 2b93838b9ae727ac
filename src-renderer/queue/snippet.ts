const MATCH_START = '\u0002';
const MATCH_END = '\u0003';

/** Cuts a snippet into the words that matched and those between. */
export function splitSnippet(snippet: string): { text: string; isMatch: boolean }[] {
  return snippet
    .split(MATCH_START)
    .flatMap((part, index) => {
      if (index === 0) return [{ text: part, isMatch: false }];
      const [match = '', rest = ''] = part.split(MATCH_END);
      return [
        { text: match, isMatch: true },
        { text: rest, isMatch: false },
      ];
    })
    .filter(({ text }) => text !== '');
}
