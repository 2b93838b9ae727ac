import type { Stretch } from './changes.ts';

/** A stretch, or how many words in a row are left out because they stand as before. */
export type Shown = Stretch | number;

/** Words that stay beside a change, so that it can be read. */
const AROUND = 10;
/** Fewer than this are not worth a gap. */
const WORTH = 12;

const wordsOf = (text: string): string[] => text.match(/\s*\S+\s*$|\s*\S+/gu) ?? [];

/** The stretches without the long runs that stand in every version: only what differs, and the words round it. */
export function folded(stretches: readonly Stretch[]): Shown[] {
  if (stretches.every(({ change }) => change === 'same')) return [...stretches];
  return stretches.flatMap((stretch, index): Shown[] => {
    if (stretch.change !== 'same') return [stretch];
    const words = wordsOf(stretch.text);
    const head = index === 0 ? 0 : AROUND;
    const tail = index === stretches.length - 1 ? 0 : AROUND;
    const gap = words.length - head - tail;
    if (gap < WORTH) return [stretch];
    const part = (text: string): Shown[] => (text === '' ? [] : [{ ...stretch, text }]);
    return [
      ...part(words.slice(0, head).join('')),
      gap,
      ...part(words.slice(words.length - tail).join('')),
    ];
  });
}

export function isFoldable(stretches: readonly Stretch[]): boolean {
  return folded(stretches).some((shown) => typeof shown === 'number');
}
