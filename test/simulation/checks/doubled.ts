import type { Content, Id, PlainBlock } from '#shared/article';
import { isTextBlock, passagesOf } from '../acts/text.ts';
import type { Merging } from './breaks.ts';
import { same } from './merge-rules.ts';
import { sentencesOf } from './sentences.ts';
import type { Joining } from './sound.ts';
import { at } from './taken-back.ts';

/** Fewer words may stand anywhere by chance. */
const FEWEST_WORDS = 4;

const isSentence = (text: string): boolean =>
  text.endsWith('.') && text.split(' ').length >= FEWEST_WORDS;

const isProse = (block: PlainBlock | null): block is PlainBlock =>
  block !== null && (isTextBlock(block) || block.type === 'list');

/** How often each sentence stands in a body: of a contested block as often as in one version, by `choose`. */
function timesIn({ body }: Content, choose: (...times: number[]) => number): Map<string, number> {
  const times = new Map<string, number>();
  for (const block of body) {
    const versions = block.type === 'conflict' ? block.versions : [block];
    const counted = versions.map((version) =>
      Map.groupBy(
        (isProse(version) ? passagesOf(version) : []).flatMap(sentencesOf).filter(isSentence),
        (sentence) => sentence,
      ),
    );
    for (const sentence of new Set(counted.flatMap((each) => [...each.keys()]))) {
      const own = choose(...counted.map((each) => each.get(sentence)?.length ?? 0));
      times.set(sentence, (times.get(sentence) ?? 0) + own);
    }
  }
  return times;
}

/** A sentence that stood once, in no version alone, stands once on each side, and twice after a merge, whatever is chosen; null where there is none. */
export function doubledSentence({ base, left, right, merged }: Joining): string | null {
  const [before, ...sides] = [base, left, right].map((content) => timesIn(content, Math.max));
  const stood = timesIn(base, Math.min);
  const isOnce = (sentence: string): boolean =>
    before!.get(sentence) === 1 &&
    stood.get(sentence) === 1 &&
    sides.every((side) => (side.get(sentence) ?? 0) <= 1);
  const found = [...timesIn(merged, Math.min)].find(
    ([sentence, times]) => times > 1 && isOnce(sentence),
  );
  return found?.[0] ?? null;
}

/**
 * Whether a merge asks about a block of one side for a sentence alone that stands elsewhere as well, since both sides took it
 * from where it was: the block stands there as its side has it, and without what stands elsewhere.
 */
export function isAskedForTwice(id: Id, { left, right, merged }: Merging): boolean {
  const now = at(merged, id);
  if (now?.type !== 'conflict' || now.versions.length !== 2) return false;
  const saidIn = (block: PlainBlock | null): string[] =>
    block ? passagesOf(block).flatMap(sentencesOf) : [];
  const elsewhere = new Set(
    merged.flatMap((block) => (block.type === 'conflict' ? [] : saidIn(block))),
  );
  return [left, right].some((side) => {
    const own = now.versions.findIndex((version) => same(version, at(side, id)));
    if (own < 0) return false;
    const [whole, rest] = [now.versions[own], now.versions[1 - own]].map((each) =>
      saidIn(each ?? null),
    ) as [string[], string[]];
    const out = whole.filter((sentence) => !rest.includes(sentence));
    return (
      out.length > 0 &&
      rest.every((sentence) => whole.includes(sentence)) &&
      out.every((sentence) => elsewhere.has(sentence))
    );
  });
}
