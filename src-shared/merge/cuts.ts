import { matchTokens } from './matching.ts';
import { endsSentence } from './stretches.ts';
import { isSpace, isWord, type Token } from './tokens.ts';

/** A cut between two sentences cuts none: the one in which it was found goes to where most of its words come from. */
export function betweenSentences(
  base: readonly Token[],
  cut: number,
  run: readonly Token[],
  found: number,
): number {
  const isStart = (at: number): boolean =>
    run.slice(0, at).every(isSpace) || endsSentence(run.slice(0, at));
  let [start, end] = [found, found];
  while (!isStart(start)) start -= 1;
  while (end < run.length && !isStart(end)) end += 1;
  const places = matchTokens(base, run);
  const kept = base.flatMap((token, index) => {
    const place = places[index] ?? -1;
    return isWord(token) && start <= place && place < end ? [index] : [];
  });
  const behind = kept.filter((index) => index >= cut).length;
  return behind * 2 >= kept.length ? start : end;
}
