import { expect, it } from 'vitest';
import { runRounds } from './rounds.ts';

it.each(['sqlite', 'postgres'] as const)(
  'loses nothing acknowledged when core and server are killed under load (%s)',
  async (engine) => {
    const { rounds, acknowledged } = await runRounds({
      engine,
      rounds: 2,
      seed: 3,
      say: () => undefined,
    });
    expect(rounds).toBe(2);
    expect(acknowledged.answers).toBeGreaterThan(0);
    expect(acknowledged.blocks).toBeGreaterThan(0);
  },
  240_000,
);
