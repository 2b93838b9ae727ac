const { STET_PROPERTY_SEED: seed = '1', STET_PROPERTY_TIMES: times = '1' } = process.env;

/**
 * How often a property is tried, for `fc.assert`: always on the same cases, so that a run tells of a change and not of chance.
 * Others are played with STET_PROPERTY_SEED, any whole number, and more of them with STET_PROPERTY_TIMES.
 */
export function tries(runs = 100): { numRuns: number; seed: number } {
  return { numRuns: runs * Number(times), seed: Number(seed) };
}
