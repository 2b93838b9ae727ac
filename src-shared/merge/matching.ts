import { diffArrays } from 'diff';
import { endsSentence } from './stretches.ts';
import { isSpace, textOf, type Token } from './tokens.ts';

/** Which words of a text are which of another. */

/** For each thing of one sequence its place in another; null where it is not there. */
type Places = (number | null)[];

/** What stands in a text beside its spaces. */
interface Words {
  tokens: readonly Token[];
  /** Where in the text each of them stands. */
  at: number[];
  texts: string[];
}

function wordsOf(tokens: readonly Token[]): Words {
  const at = tokens.flatMap((token, index) => (isSpace(token) ? [] : [index]));
  return { tokens, at, texts: at.flatMap((index) => tokens[index] ?? []).map(textOf) };
}

function beginsSentence({ tokens, at }: Words, index: number): boolean {
  const [before, here] = [at[index - 1], at[index]];
  if (before === undefined) return true;
  if (here !== undefined && here === before + 1) return false;
  return endsSentence(tokens.slice(0, before + 1));
}

function inverse(places: Places, length: number): Places {
  const back: Places = Array.from({ length }, () => null);
  places.forEach((place, index) => {
    if (place !== null) back[place] = index;
  });
  return back;
}

/** How far what is missing from `start` up to `end` is moved so that it begins with a sentence. */
function shiftOf(words: Words, places: Places, start: number, end: number): number {
  if (beginsSentence(words, start)) return 0;
  const { texts } = words;
  const isKept = (index: number): boolean => typeof places[index] === 'number';
  for (let by = 1; isKept(start - by) && texts[start - by] === texts[end - by]; by += 1)
    if (beginsSentence(words, start - by)) return -by;
  for (let by = 0; isKept(end + by) && texts[start + by] === texts[end + by]; by += 1)
    if (beginsSentence(words, start + by + 1)) return by + 1;
  return 0;
}

/**
 * Where words are missing, and those before or behind them are the same once more, nobody can tell which of the two are
 * missing: rather whole sentences than from the midst of one to the midst of another.
 */
function slide(words: Words, found: Places, length: number): Places {
  const places = [...found];
  for (let start = 0; start < places.length; start += 1) {
    if (places[start] !== null) continue;
    let end = start;
    while (places[end] === null) end += 1;
    const isAllThatChanged = (places[end] ?? length) === (places[start - 1] ?? -1) + 1;
    const shift = isAllThatChanged ? shiftOf(words, places, start, end) : 0;
    for (let by = 1; by <= -shift; by += 1) {
      places[end - by] = places[start - by] ?? null;
      places[start - by] = null;
    }
    for (let by = 0; by < shift; by += 1) {
      places[start + by] = places[end + by] ?? null;
      places[end + by] = null;
    }
    start = end + Math.max(0, shift) - 1;
  }
  return places;
}

/**
 * For every token of the one the place of its like in the other, however it looks; null where it is not there any more.
 * Space goes with what stands beside it: as one of many that are alike it would be found again anywhere.
 */
export function matchTokens(from: readonly Token[], to: readonly Token[]): Places {
  const [ofFrom, ofTo] = [wordsOf(from), wordsOf(to)];
  let found: Places = [];
  let there = 0;
  for (const { added, removed, value } of diffArrays(ofFrom.texts, ofTo.texts)) {
    if (!added) found.push(...value.map((_, index) => (removed ? null : there + index)));
    if (!removed) there += value.length;
  }
  found = slide(ofFrom, found, ofTo.at.length);
  found = inverse(slide(ofTo, inverse(found, ofTo.at.length), ofFrom.at.length), ofFrom.at.length);
  const places: Places = from.map(() => null);
  found.forEach((place, index) => {
    places[ofFrom.at[index] ?? 0] = place === null ? null : (ofTo.at[place] ?? null);
  });
  from.forEach((token, index) => {
    if (!isSpace(token)) return;
    const [before, behind] = [places[index - 1], places[index + 1]];
    const isThere = (place: number): boolean => {
      const other = to[place];
      return other !== undefined && textOf(other) === textOf(token);
    };
    if (typeof before === 'number' && isThere(before + 1)) places[index] = before + 1;
    else if (typeof behind === 'number' && isThere(behind - 1)) places[index] = behind - 1;
  });
  return places;
}
