import type { Body, Step, Three } from './bodies.ts';
import { joinSteps } from './joins.ts';
import { splitSteps } from './splits.ts';

/**
 * A paragraph that was cut in two, or two that were joined, has not changed a word; but to a merge by block its words have
 * gone somewhere else. Where the other side changed those words, the break is carried over first: to the base, and to the
 * other side, so that afterwards both sides have the same paragraphs and each word is compared with what it was. Where
 * there is no telling where the break would come, it is taken back instead: words count for more than breaks.
 */

function earliest(steps: readonly Step[]): Step | undefined {
  return [...steps].sort(({ order: x }, { order: y }) => {
    const [near, cut] = [x[0] - y[0], x[1] - y[1]];
    return near || cut || (x[2] < y[2] ? -1 : 1);
  })[0];
}

/** The three bodies with every break carried over, or taken back, that stands where the other side changed the words. */
export function carryBreaks(base: Body, a: Body, b: Body): [base: Body, a: Body, b: Body] {
  let now: [Body, Body, Body] = [base, a, b];
  // Each step adds a block to the base or settles one of a side; more of them than blocks there cannot be.
  for (let left = base.length + a.length + b.length; left > 0; left -= 1) {
    const [of, mine, theirs] = now;
    const steps = (list: (three: Three) => Step[]): Step[] => [
      ...list({ base: of, side: mine, other: theirs }),
      ...list({ base: of, side: theirs, other: mine }).map((step) => ({
        ...step,
        take: (): Three => {
          const { base: next, side, other } = step.take();
          return { base: next, side: other, other: side };
        },
      })),
    ];
    // What is gone may have been joined to something else: only what was not was taken out.
    const step =
      earliest(steps(splitSteps)) ??
      earliest(steps(joinSteps)) ??
      earliest(steps((three) => splitSteps(three, true)));
    if (!step) return now;
    const { base: next, side, other } = step.take();
    now = [next, side, other];
  }
  return now;
}
