import { diffArrays } from 'diff';
import type { Inline } from '#shared/article';
import { piecesOf } from '#shared/merge';

export type Change = 'same' | 'added' | 'removed';

/** A stretch of text, or a line break, as it differs from what stood before. */
export interface Stretch {
  change: Change;
  text: string;
  format: number;
  url: string | null;
}

interface Word extends Omit<Stretch, 'change'> {
  key: string;
}

function wordsOf(nodes: readonly Inline[], url: string | null = null): Word[] {
  return nodes.flatMap((node): Word[] => {
    if (node.type === 'link') return wordsOf(node.children, node.url);
    if (node.type === 'linebreak') return [{ text: '\n', format: 0, url, key: '\n' }];
    const format = node.format ?? 0;
    return piecesOf(node.text).map((text) => ({
      text,
      format,
      url,
      key: JSON.stringify([text, format, url, node.$ ?? null]),
    }));
  });
}

interface Hunk {
  removed: Word[];
  added: Word[];
}

/** Stretches that stayed and stretches that changed, in turns; changes with only space between them are one. */
function hunksOf(base: readonly Word[], now: readonly Word[]): (Word[] | Hunk)[] {
  const runs: (Word[] | Hunk)[] = [];
  const parts = diffArrays([...base], [...now], { comparator: (x, y) => x.key === y.key });
  for (const { value, added, removed } of parts) {
    const last = runs.at(-1);
    if (!added && !removed) {
      runs.push(value);
      continue;
    }
    const before = runs.at(-2);
    if (Array.isArray(last) && before && !Array.isArray(before) && last.every(isSpace)) {
      before.removed.push(...last);
      before.added.push(...last);
      runs.pop();
    }
    let hunk = runs.at(-1);
    if (!hunk || Array.isArray(hunk)) runs.push((hunk = { removed: [], added: [] }));
    hunk[added ? 'added' : 'removed'].push(...value);
  }
  return runs;
}

function isSpace({ text }: Word): boolean {
  return text.trim() === '';
}

/** A version's words with those that differ from the base marked; without a base, all are plain. */
export function compareInlines(base: readonly Inline[] | null, now: readonly Inline[]): Stretch[] {
  const after = wordsOf(now);
  const stretches: Stretch[] = [];
  const add = (change: Change, words: readonly Word[]): void => {
    for (const { text, format, url } of words) {
      const last = stretches.at(-1);
      if (last?.change === change && last.format === format && last.url === url) last.text += text;
      else stretches.push({ change, text, format, url });
    }
  };
  for (const run of base ? hunksOf(wordsOf(base), after) : [after])
    if (Array.isArray(run)) add('same', run);
    else {
      add('removed', run.removed);
      add('added', run.added);
    }
  return stretches;
}

/** The same for plain text, as fields and captions hold it. */
export function compareTexts(base: string | null, now: string): Stretch[] {
  const inlines = (text: string): Inline[] => (text === '' ? [] : [{ type: 'text', text }]);
  return compareInlines(base === null ? null : inlines(base), inlines(now));
}

/** Entries of a list as they differ from the base, by id: those that are gone keep the place they had. */
export function compareEntries<T>(
  base: readonly T[],
  now: readonly T[],
  idOf: (entry: T) => string,
): { change: Change; before: T | null; entry: T }[] {
  const former = new Map(base.map((entry) => [idOf(entry), entry]));
  const latter = new Map(now.map((entry) => [idOf(entry), entry]));
  return diffArrays(base.map(idOf), now.map(idOf)).flatMap(({ value, added, removed }) =>
    value.flatMap((id): { change: Change; before: T | null; entry: T }[] => {
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
