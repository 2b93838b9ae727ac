/**
 * Kills a real core and a real publishing server under load and checks that nothing acknowledged is lost:
 * `node test/durability/main.ts --rounds 200 --engine sqlite|postgres|both --seed 1`. `--minutes 10` ends it after the round
 * under way at that time, with the figures so far.
 */
import { parseArgs } from 'node:util';
import type { EngineName } from './newsroom.ts';
import { runRounds, type Figures } from './rounds.ts';

const print = (line: string): void => void process.stdout.write(`${line}\n`);
const fail = (line: string): void => void process.stderr.write(`${line}\n`);

const { values } = parseArgs({
  options: {
    rounds: { type: 'string', default: '200' },
    engine: { type: 'string', default: 'both' },
    seed: { type: 'string', default: '1' },
    minutes: { type: 'string', default: '600' },
  },
});
const ENGINES: Record<string, readonly EngineName[]> = {
  sqlite: ['sqlite'],
  postgres: ['postgres'],
  both: ['sqlite', 'postgres'],
};
const engines = ENGINES[values.engine];
const [rounds, seed, minutes] = [values.rounds, values.seed, values.minutes].map(Number);
if (!engines || !rounds || !Number.isInteger(rounds) || seed === undefined || !minutes) {
  fail('Usage: node test/durability/main.ts --rounds 200 --engine sqlite|postgres|both');
  process.exit(2);
}

function timeIsUp(after: number): () => boolean {
  const end = Date.now() + after * 60_000;
  return () => Date.now() > end;
}

function listed(counts: Record<string, number>): string {
  return Object.entries(counts)
    .map(([name, count]) => `${name} ${count}`)
    .join(', ');
}

function report(figures: Figures): void {
  const { engine, kills, acknowledged, cutShort, latest, latestServed, median, took } = figures;
  print(`${engine}: ${figures.rounds} rounds in ${Math.round(took / 1000)} s. Nothing lost.`);
  print(`  killed: ${listed(kills)}; ${cutShort} requests and calls were cut short`);
  print(`  acknowledged and there afterwards: ${listed(acknowledged)}`);
  print(
    `  scheduled articles came late by ${median} ms (median), ${latest} ms at most, ${latestServed} ms of these with a server there`,
  );
}

for (const engine of engines)
  try {
    report(await runRounds({ engine, rounds, seed, say: print, enough: timeIsUp(minutes) }));
  } catch (error) {
    fail(`${engine}: failed.`);
    fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
    process.exitCode = 1;
  }
