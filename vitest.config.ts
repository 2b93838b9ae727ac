import { defineConfig } from 'vitest/config';
import { reportTotals } from './scripts/report-totals.ts';

export default defineConfig({
  test: {
    reporters: ['default', reportTotals],
    environment: 'node',
    pool: 'forks',
    // What hangs is told from what a busy machine holds up.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    // A condition is waited for as long as a busy machine may need; one that holds costs nothing.
    expect: { poll: { timeout: 15_000 } },
    // One time zone for everyone who runs them.
    env: { TZ: 'UTC' },
    // The groups run one after the other, in this order. (Group 0 would not: Vitest moves it to
    // the end on a machine that leaves it one worker.)
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/**/*.test.{ts,tsx}'],
          exclude: ['test/e2e/**', 'test/layers/**'],
          maxWorkers: '100%',
          sequence: { groupOrder: 1 },
        },
      },
      {
        extends: true,
        test: {
          name: 'layers',
          include: ['test/layers/**/*.test.ts'],
          sequence: { groupOrder: 2 },
        },
      },
      {
        // One file at a time: each starts a core, a server and a Chromium of its own.
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          fileParallelism: false,
          sequence: { groupOrder: 3 },
        },
      },
    ],
  },
});
