import type { Outcome, Plan } from './run.ts';

type Run = (plan: Plan) => Promise<Outcome>;

const MOST_RUNS = 60;

/**
 * Looks for a smaller run that breaks the same promise: fewer steps at the end, fewer clients, then steps left out in
 * the middle, in ever smaller pieces.
 */
export async function shrink(plan: Plan, outcome: Outcome, run: Run, fewest = 2): Promise<Plan> {
  const { violation } = outcome;
  if (!violation) return plan;
  let runs = 0;
  const breaks = async (candidate: Plan): Promise<boolean> => {
    if ((runs += 1) > MOST_RUNS) return false;
    const { violation: found } = await run(candidate);
    return found?.invariant === violation.invariant;
  };

  let best: Plan = { ...plan, steps: Math.min(plan.steps, violation.step + 1) };
  if (!(await breaks(best))) best = plan;
  for (let half = best.steps >> 1; half > 0; half >>= 1) {
    const candidate = { ...best, steps: best.steps - half };
    if (await breaks(candidate)) best = candidate;
  }
  for (let clients = fewest; clients < (best.clients ?? 6); clients += 1)
    if (await breaks({ ...best, clients })) {
      best = { ...best, clients };
      break;
    }
  for (let size = best.steps >> 2; size > 0 && runs < MOST_RUNS; size >>= 1)
    for (let start = 0; start < best.steps && runs < MOST_RUNS; start += size) {
      const skip = new Set(best.skip);
      for (let step = start; step < Math.min(start + size, best.steps); step += 1) skip.add(step);
      if (skip.size > (best.skip?.size ?? 0) && (await breaks({ ...best, skip })))
        best = { ...best, skip };
    }
  return best;
}
