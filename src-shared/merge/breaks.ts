import type { Body, Step, StepsAt, Three } from './bodies.ts';
import { joinSteps } from './joins.ts';
import { splitSteps } from './splits.ts';

/**
 * A paragraph that was cut in two, or two that were joined, has not changed a word; but to a merge by block its words have
 * gone somewhere else. Where the other side changed those words, the break is carried over first: to the base, and to the
 * other side, so that afterwards both sides have the same paragraphs and each word is compared with what it was. Where
 * there is no telling where the break would come, it is taken back instead: words count for more than breaks.
 */

type Bodies = [base: Body, a: Body, b: Body];

function earliest(steps: readonly Step[]): Step | undefined {
  return [...steps].sort(({ order: x }, { order: y }) => x[0] - y[0] || (x[1] < y[1] ? -1 : 1))[0];
}

interface Taken {
  now: Bodies;
  /** Where in the base the step was found. */
  at: number;
}

/** Takes the first of these steps, at the places of the base from `start` up to `end`; null where there is none. */
function takeIn(
  [base, a, b]: Bodies,
  stepsOf: (three: Three) => StepsAt,
  start: number,
  end = base.length,
): Taken | null {
  const [ofA, ofB] = [stepsOf({ base, side: a, other: b }), stepsOf({ base, side: b, other: a })];
  for (let at = Math.max(0, start); at < Math.min(end, base.length); at += 1) {
    const [byA, byB] = [ofA(at), ofB(at)];
    const step = earliest([...byA, ...byB]);
    if (!step) continue;
    const { base: next, side, other } = step.take();
    if ([base, a, b].every((body) => [next, side, other].includes(body))) continue;
    return { now: byA.includes(step) ? [next, side, other] : [next, other, side], at };
  }
  return null;
}

/** What is gone may have been joined to something else: only what was not was taken out. */
const KINDS: readonly ((three: Three) => StepsAt)[] = [
  splitSteps,
  joinSteps,
  (three) => splitSteps(three, true),
];

/** Each step adds a block to the base or settles one of a side; more of them than blocks there cannot be. */
interface Budget {
  left: number;
}

/** How many blocks before and behind its place a step changes. */
const REACH = 2;

/**
 * Takes all steps of one kind, and before each next one what the last made possible of the kinds before it: a step changes
 * nothing but what stands around its place, so that a hundred of them do not look at the whole article a hundred times.
 */
function takeAll(bodies: Bodies, kind: (three: Three) => StepsAt, budget: Budget): Bodies {
  const before = KINDS.slice(0, KINDS.indexOf(kind));
  let now = bodies;
  let last = 0;
  for (; budget.left > 0; budget.left -= 1) {
    let taken: Taken | null = null;
    for (const other of now === bodies ? [] : before)
      taken ??= takeIn(now, other, last - REACH, last + REACH);
    taken ??= takeIn(now, kind, last - REACH);
    if (!taken) return now;
    now = taken.now;
    last = taken.at;
  }
  return now;
}

/** The three bodies with every break carried over, or taken back, that stands where the other side changed the words. */
export function carryBreaks(base: Body, a: Body, b: Body): Bodies {
  const budget = { left: base.length + a.length + b.length };
  let now: Bodies = [base, a, b];
  let before: Bodies | null = null;
  while (now !== before) {
    before = now;
    for (const kind of KINDS) now = takeAll(now, kind, budget);
  }
  return now;
}
