import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parseSteps, writeSteps } from './options.ts';
import { PROVEN } from './plants/planted-bugs.ts';
import { createSchedule } from './world/schedule.ts';
import { shrink } from './shrink.ts';
import type { Outcome, Plan } from './run.ts';

/** In a process of its own: bugs are planted by hooks of Node’s module loader, which a test runner does without. */
function simulate(...args: string[]): { code: number | null; text: string } {
  const main = join(import.meta.dirname, 'main.ts');
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], {
    encoding: 'utf8',
    timeout: 900_000,
  });
  return { code: status, text: stdout + stderr };
}

describe('the simulation', () => {
  it('keeps every promise in a hundred newsrooms', () => {
    const { code, text } = simulate('--seeds', '100', '--from', '1', '--steps', '300');
    expect(text).toContain('100 seeds of 300 steps');
    expect(code, text).toBe(0);
  }, 900_000);

  it('keeps every promise in three hundred texts, where people meet without stores or a server', () => {
    const { code, text } = simulate('--texts', '--seeds', '300', '--from', '1', '--steps', '150');
    expect(text).toContain('300 seeds of 150 steps');
    expect(code, text).toBe(0);
  }, 900_000);

  it('finds in texts alone what a merge does wrong', () => {
    const { code, text } = simulate(
      ...['--texts', '--seeds', '3', '--steps', '150', '--no-shrink'],
      ...['--plant', 'conflict-keeps-one-version'],
    );
    expect(text).toContain('Edit beats delete.');
    expect(code).toBe(1);
  }, 900_000);

  it('gives the same run for the same seed', () => {
    const args = ['--seeds', '1', '--from', '5', '--steps', '120', '--trace'];
    const timeless = ({ text }: { text: string }): string =>
      text.replace(/in [\d.]+ s: [\d.]+ seeds per second/, '');
    const first = timeless(simulate(...args));
    expect(first).toMatch(/^\d+ client \d: write$/m);
    expect(timeless(simulate(...args))).toBe(first);
  }, 900_000);
});

describe('the checker', () => {
  const { text } = simulate('--planted');
  it.each(PROVEN.map(({ name }) => name))('finds the planted bug “%s”', (name) => {
    expect(text.split('\n').filter((line) => line.includes(` ${name} `))).toEqual([
      expect.stringMatching(/^found /),
    ]);
  });

  it('is tried with twenty bugs and more, which break most of the promises', () => {
    expect(PROVEN.length).toBeGreaterThanOrEqual(20);
    const broken = new Set<number>(PROVEN.flatMap(({ breaks }) => breaks));
    for (const promise of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16])
      expect(broken).toContain(promise);
  });
});

describe('a failing seed', () => {
  const outcome = (broken: boolean): Outcome => ({
    violation: broken ? { invariant: 2, what: 'A sentence is gone.', step: 90 } : null,
    accepted: {},
    merges: 0,
    conflicts: 0,
  });

  it('shrinks to the steps that it takes', async () => {
    // Only steps 12 and 70 matter, and a third client.
    const run = async ({ steps, clients = 6, skip }: Plan): Promise<Outcome> =>
      outcome(steps > 70 && clients >= 3 && !skip?.has(12) && !skip?.has(70));
    const plan = { seed: 1, steps: 300, folder: '' };
    const smallest = await shrink(plan, outcome(true), run);
    expect(smallest.clients).toBe(3);
    expect(smallest.steps).toBeLessThanOrEqual(91);
    expect(smallest.skip?.size).toBeGreaterThan(smallest.steps / 2);
    expect((await run(smallest)).violation).not.toBeNull();
  });

  it('is written down so that it can be run again', () => {
    const steps = parseSteps('3-5,9');
    expect([...steps]).toEqual([3, 4, 5, 9]);
    expect(writeSteps(steps)).toBe('3-5,9');
  });
});

describe('virtual time', () => {
  it('lets things happen in the order of their moments, and nothing that was called off', async () => {
    const schedule = createSchedule();
    const seen: string[] = [];
    schedule.after(20, () => seen.push('later'));
    schedule.after(10, () => seen.push('sooner'));
    schedule.after(10, () => seen.push('just behind'));
    schedule.after(15, () => seen.push('never'))();
    await schedule.pass(15);
    expect(seen).toEqual(['sooner', 'just behind']);
    await schedule.pass(15);
    expect(seen).toEqual(['sooner', 'just behind', 'later']);
    expect(schedule.now()).toBe(30);
  });
});
