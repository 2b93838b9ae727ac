import { diffArrays } from 'diff';
import type { Inline, TextNode } from '#shared/article';
import { piecesOf } from '#shared/merge';

/**
 * `restyled`: the same words, otherwise set, linked, or with a suggestion on them made or settled; `contested`: what stood
 * before, where a version has it otherwise.
 */
export type Change = 'same' | 'added' | 'removed' | 'restyled' | 'contested';

/** How words look beside what they say. */
export interface Look {
  format: number;
  url: string | null;
  /** An open suggestion on them: to put them in, to take them out, or to set them otherwise. */
  suggested: 'in' | 'out' | 'set' | null;
}

/** A stretch of text, or a line break, as it differs from what stood before. */
export interface Stretch {
  change: Change;
  text: string;
  look: Look;
  /** How restyled words looked before. */
  was: Look | null;
}

interface Word {
  text: string;
  look: Look;
}

function suggestedOn({ $ }: Pick<TextNode, '$'>): Look['suggested'] {
  if ($?.deleted) return 'out';
  if ($?.inserted) return 'in';
  return $?.formatChanged ? 'set' : null;
}

function wordsOf(nodes: readonly Inline[], url: string | null = null): Word[] {
  return nodes.flatMap((node): Word[] => {
    if (node.type === 'link') return wordsOf(node.children, node.url);
    const suggested = suggestedOn(node);
    if (node.type === 'linebreak') return [{ text: '\n', look: { format: 0, url, suggested } }];
    const look = { format: node.format ?? 0, url, suggested };
    return piecesOf(node.text).map((text) => ({ text, look }));
  });
}

/** A word that stayed, as it was and as it is. */
interface Kept {
  was: Word;
  now: Word;
}

interface Hunk {
  removed: Word[];
  added: Word[];
}

/** Stretches that stayed and stretches that changed, in turns; changes with only space between them are one. */
function hunksOf(base: readonly Word[], now: readonly Word[]): (Kept[] | Hunk)[] {
  const runs: (Kept[] | Hunk)[] = [];
  let [at, to] = [0, 0];
  const parts = diffArrays([...base], [...now], { comparator: (x, y) => x.text === y.text });
  for (const { count, added, removed } of parts) {
    const former = base.slice(at, at + count);
    const latter = now.slice(to, to + count);
    if (!added) at += count;
    if (!removed) to += count;
    if (!added && !removed) {
      runs.push(former.map((was, index) => ({ was, now: latter[index] ?? was })));
      continue;
    }
    const last = runs.at(-1);
    const before = runs.at(-2);
    if (Array.isArray(last) && before && !Array.isArray(before) && last.every(isSpace)) {
      before.removed.push(...last.map(({ was }) => was));
      before.added.push(...last.map((kept) => kept.now));
      runs.pop();
    }
    let hunk = runs.at(-1);
    if (!hunk || Array.isArray(hunk)) runs.push((hunk = { removed: [], added: [] }));
    if (added) hunk.added.push(...latter);
    else hunk.removed.push(...former);
  }
  return runs;
}

function isSpace({ now: { text } }: Kept): boolean {
  return text.trim() === '';
}

function isLike(x: Look | null, y: Look | null): boolean {
  return x?.format === y?.format && x?.url === y?.url && x?.suggested === y?.suggested;
}

/** A version's words with those that differ from the base marked; without a base, all are plain. */
export function compareInlines(base: readonly Inline[] | null, now: readonly Inline[]): Stretch[] {
  const after = wordsOf(now);
  const stretches: Stretch[] = [];
  const add = (change: Change, { text, look }: Word, was: Look | null = null): void => {
    const last = stretches.at(-1);
    if (last?.change === change && isLike(last.look, look) && isLike(last.was, was))
      last.text += text;
    else stretches.push({ change, text, look, was });
  };
  const runs = base
    ? hunksOf(wordsOf(base), after)
    : [after.map((word) => ({ was: word, now: word }))];
  for (const run of runs)
    if (Array.isArray(run))
      for (const { was, now: word } of run)
        if (isLike(was.look, word.look)) add('same', word);
        else add('restyled', word, was.look);
    else {
      for (const word of run.removed) add('removed', word);
      for (const word of run.added) add('added', word);
    }
  return stretches;
}

function inlinesOf(text: string): Inline[] {
  return text === '' ? [] : [{ type: 'text', text }];
}

/** The same for plain text, as fields and captions hold it. */
export function compareTexts(base: string | null, now: string): Stretch[] {
  return compareInlines(base === null ? null : inlinesOf(base), inlinesOf(now));
}

/** What stood before, with the places told that a version has otherwise; where one put words in, the place is empty. */
export function contestedIn(
  base: readonly Inline[],
  versions: readonly (readonly Inline[])[],
): Stretch[] {
  const words = wordsOf(base);
  const changed = new Set<number>();
  const between = new Set<number>();
  for (const version of versions) {
    let at = 0;
    for (const run of hunksOf(words, wordsOf(version))) {
      const isChanged = Array.isArray(run)
        ? run.map(({ was, now }) => !isLike(was.look, now.look))
        : run.removed.map(() => true);
      if (isChanged.length === 0) between.add(at);
      for (const [index, is] of isChanged.entries()) if (is) changed.add(at + index);
      at += isChanged.length;
    }
  }
  const stretches: Stretch[] = [];
  const add = (change: Change, { text, look }: Word): void => {
    const last = stretches.at(-1);
    if (last?.change === change && isLike(last.look, look)) last.text += text;
    else stretches.push({ change, text, look, was: null });
  };
  const nothing: Word = { text: '', look: { format: 0, url: null, suggested: null } };
  for (const [index, word] of words.entries()) {
    if (between.has(index)) add('contested', nothing);
    add(changed.has(index) ? 'contested' : 'same', word);
  }
  if (between.has(words.length)) add('contested', nothing);
  return stretches;
}

/** The same for plain text. */
export function contestedInText(base: string, versions: readonly string[]): Stretch[] {
  return contestedIn(inlinesOf(base), versions.map(inlinesOf));
}

/** Entries of a list as they differ from the base, by id: those that are gone keep the place they had. */
export function compareEntries<T>(
  base: readonly T[],
  now: readonly T[],
  idOf: (entry: T) => string,
): { change: 'same' | 'added' | 'removed'; before: T | null; entry: T }[] {
  const former = new Map(base.map((entry) => [idOf(entry), entry]));
  const latter = new Map(now.map((entry) => [idOf(entry), entry]));
  return diffArrays(base.map(idOf), now.map(idOf)).flatMap(({ value, added, removed }) =>
    value.flatMap((id): ReturnType<typeof compareEntries<T>> => {
      const before = former.get(id) ?? null;
      const entry = latter.get(id);
      // One that moved is shown once, where it stands now.
      if (removed)
        return entry === undefined && before ? [{ change: 'removed', before, entry: before }] : [];
      if (entry === undefined) return [];
      return [{ change: added && !before ? 'added' : 'same', before, entry }];
    }),
  );
}
