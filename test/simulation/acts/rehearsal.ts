import type { Content } from '#shared/article';
import { mergeContents } from '#shared/merge';
import type { Joining } from '../checks/sound.ts';
import { described } from './describing.ts';
import type { Desk } from './editing.ts';
import { pickWay, rearranged, type Way } from './rearranging.ts';
import { KINDS, writeAs, writeSomething, type Kind } from './writing.ts';

type Hand = Pick<Desk, 'dice' | 'words' | 'who' | 'now'>;

/** At what people are: mostly all at one thing. */
interface Work {
  kind: Kind;
  /** How they rearrange the text; null in texts in which nobody does. */
  way: Way | null;
}

/** How often somebody says something of the article in place of writing in it. */
const DESCRIBED = 0.2;

/** What one person makes of a text. */
function written(content: Content, hand: Hand, { kind, way }: Work): Content {
  let now = content;
  for (let times = hand.dice.between(1, 3); times > 0; times -= 1) {
    const desk = { ...hand, content: now };
    if (hand.dice.chance(DESCRIBED)) {
      now = described(desk);
      continue;
    }
    if (way && hand.dice.chance(0.5)) {
      now = rearranged(desk, hand.dice.chance(0.6) ? way : pickWay(hand));
      continue;
    }
    const writing = hand.dice.chance(0.6) ? writeAs(desk, kind) : writeSomething(desk);
    now = writing?.after ?? now;
  }
  return now;
}

export interface Rehearsal extends Joining {
  /** Whether things were cut and pasted, made into others or taken elsewhere: then they cannot be told by their names. */
  isRearranged: boolean;
}

/**
 * Two people meet in a text out of everybody’s sight, and one of them, after another change, a third who began where they
 * did: more merges than a day brings, each with all that it was made of.
 */
export function rehearse(content: Content, hand: Hand): Rehearsal[] {
  const { dice } = hand;
  const isRearranged = dice.chance(0.5);
  const join = (base: Content, left: Content, right: Content): Rehearsal => {
    return { base, left, right, merged: mergeContents(base, left, right).content, isRearranged };
  };
  const work = { kind: dice.weighted(KINDS), way: isRearranged ? pickWay(hand) : null };
  const [mine, yours, theirs] = [1, 2, 3].map(() => written(content, hand, work));
  const met = join(content, mine!, yours!);
  const next = dice.chance(0.6)
    ? written(met.merged, hand, { kind: 'settle', way: null })
    : met.merged;
  const back = dice.chance(0.3) ? join(yours!, met.merged, written(yours!, hand, work)) : null;
  return [met, join(content, next, theirs!), ...(back ? [back] : [])];
}
