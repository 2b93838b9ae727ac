import { fork } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { INVARIANTS } from './checks/invariants.ts';
import { HELP, readOptions, writeSteps, type Options } from './options.ts';
import { plantBugs } from './plants/hooks.ts';
import { PLANT_NAMES, PROVEN, type PlantName } from './plants/planted-bugs.ts';
import { activate } from './plants/switch.ts';
import type { Outcome, Plan } from './run.ts';
import { shrink } from './shrink.ts';

/** Where runs have their files: in memory where the system offers that, since no disk is meant to be tested here. */
const folder = mkdtempSync(
  join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'stet-simulation-'),
);
/** As the product changes, the run that finds a planted bug may be one of the next. */
const NEIGHBOURS = 6;
const PLANTED_STEPS = 200;
const options = readOptions(process.argv.slice(2));
/** Why the whole fails, if it does. */
const failed = new Set<string>();

try {
  if (options.help) console.log(HELP);
  else if (process.send) await work();
  else if (options.planted) await findPlanted();
  else if (options.workers <= 1 || options.seeds === 1) await report(runAlone());
  else await report(runTogether());
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = failed.size > 0 ? 1 : 0;

type Found = Outcome & { seed: number };

async function loadRun(): Promise<(plan: Plan) => Promise<Outcome>> {
  if (options.plant !== undefined || options.planted) plantBugs();
  const run = options.texts
    ? (await import('./texts-run.ts')).runTexts
    : (await import('./run.ts')).run;
  if (options.plant === undefined) return run;
  const name = plantNamed(options.plant);
  return (plan) => {
    activate(name);
    return run(plan);
  };
}

function plantNamed(name: string): PlantName {
  const found = PLANT_NAMES.find((each) => each === name);
  if (!found) throw new Error(`No such planted bug. There are: ${PLANT_NAMES.join(', ')}.`);
  return found;
}

function planOf(seed: number): Plan {
  const { steps, clients, skip, trace } = options;
  return {
    seed,
    steps,
    folder,
    clients,
    skip,
    trace: trace
      ? (step, client, what) => console.log(`${step} client ${client}: ${what}`)
      : undefined,
  };
}

function* seeds(): Generator<number> {
  for (let seed = options.from; seed < options.from + options.seeds; seed += 1) yield seed;
}

async function* runAlone(): AsyncGenerator<Found> {
  const run = await loadRun();
  for (const seed of seeds()) yield { ...(await run(planOf(seed))), seed };
}

/** One process: runs each seed that it is handed. */
async function work(): Promise<void> {
  const run = await loadRun();
  await new Promise<void>((resolve) => {
    process.on('message', ({ seed }: { seed: number | null }) => {
      if (seed === null) {
        process.disconnect();
        resolve();
      } else void run(planOf(seed)).then((outcome) => process.send?.({ ...outcome, seed }));
    });
    process.send?.('ready');
  });
}

/** Hands the seeds to as many processes as there are cores, and gives what they find as it comes. */
async function* runTogether(): AsyncGenerator<Found> {
  const left = seeds();
  const found: Found[] = [];
  let running = 0;
  let tell = (): void => undefined;
  for (let index = 0; index < options.workers; index += 1) {
    const child = fork(import.meta.filename, process.argv.slice(2));
    running += 1;
    child.on('message', (message: Found | 'ready') => {
      if (message !== 'ready') found.push(message);
      const next = left.next();
      child.send({ seed: next.done ? null : next.value });
      tell();
    });
    child.on('exit', (code) => {
      running -= 1;
      if (code !== 0) failed.add('a process ended');
      tell();
    });
  }
  while (running > 0 || found.length > 0) {
    const next = found.shift();
    if (next) yield next;
    else await new Promise<void>((resolve) => (tell = resolve));
  }
}

function replay({ seed, steps, clients, skip }: Plan): string {
  const parts = [`--seeds 1 --from ${seed} --steps ${steps}`];
  if (options.texts) parts.push('--texts');
  if (clients !== undefined) parts.push(`--clients ${clients}`);
  if (skip && skip.size > 0) parts.push(`--skip ${writeSteps(skip)}`);
  if (options.plant !== undefined) parts.push(`--plant ${options.plant}`);
  return `npm run simulate -- ${parts.join(' ')}`;
}

async function report(outcomes: AsyncGenerator<Found>): Promise<void> {
  const started = performance.now();
  const broken: Found[] = [];
  const accepted = new Map<string, number>();
  let [done, merges, conflicts] = [0, 0, 0];
  for await (const outcome of outcomes) {
    done += 1;
    merges += outcome.merges;
    conflicts += outcome.conflicts;
    for (const [kind, count] of Object.entries(outcome.accepted))
      accepted.set(kind, (accepted.get(kind) ?? 0) + count);
    const { violation, seed } = outcome;
    if (!violation) continue;
    broken.push(outcome);
    console.log(`Seed ${seed}, step ${violation.step}: ${INVARIANTS[violation.invariant]}`);
    console.log(`  ${violation.what}`);
  }
  const seconds = (performance.now() - started) / 1000;
  const operations = [...accepted].map(([kind, count]) => `${count} ${kind}`).join(', ');
  console.log(
    `${done} seeds of ${options.steps} steps in ${seconds.toFixed(1)} s: ${(done / seconds).toFixed(2)} seeds per second in ${Math.min(options.workers, options.seeds)} processes.`,
  );
  console.log(
    `${operations && `Accepted: ${operations}. `}${merges} merges, ${conflicts} of them with something to settle.`,
  );
  if (done < options.seeds) failed.add('some seeds were not run');
  if (broken.length === 0) return;
  failed.add('a promise was broken');
  console.log(
    `${broken.length} seeds broke a promise: ${broken.map(({ seed }) => seed).join(' ')}`,
  );
  await tellSmallest(broken, options);
}

/** Makes the first failing runs smaller, and says how to see each again. */
async function tellSmallest(broken: Found[], { shrink: wanted }: Options): Promise<void> {
  const run = wanted ? await loadRun() : null;
  for (const outcome of broken.slice(0, 3)) {
    const plan = { ...planOf(outcome.seed), trace: undefined };
    console.log(replay(run ? await shrink(plan, outcome, run) : plan));
  }
}

/** Plants every bug in the run that is known to find it. */
async function findPlanted(): Promise<void> {
  const run = await loadRun();
  for (const { name, seed: first, breaks } of PROVEN) {
    let told = 'not found';
    let found = false;
    for (let seed = first; seed < first + NEIGHBOURS && !found; seed += 1) {
      activate(name);
      const { violation } = await run({ ...planOf(seed), steps: PLANTED_STEPS, trace: undefined });
      if (!violation) continue;
      found = breaks.includes(violation.invariant);
      told = `seed ${seed}, promise ${violation.invariant}: ${violation.what.slice(0, 150)}`;
    }
    if (!found) failed.add('a planted bug was missed');
    console.log(`${found ? 'found' : 'MISSED'} ${name} with ${told}`);
  }
  activate(null);
}
