import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';

export interface Options {
  seeds: number;
  from: number;
  steps: number;
  clients: number | undefined;
  texts: boolean;
  skip: Set<number>;
  workers: number;
  plant: string | undefined;
  planted: boolean;
  trace: boolean;
  shrink: boolean;
  help: boolean;
}

export const HELP = `Runs many newsrooms at once, in virtual time, and looks for a broken promise.

npm run simulate -- [options]
  --seeds N      how many runs (50)
  --from S       the first seed (1)
  --steps N      steps of each run (300)
  --clients N    computers in each run (3 to 6, as the seed says)
  --texts        the texts alone: no stores, no server, and a dozen times as many merges
  --skip A-B,C   leaves steps out; the others stay as they are
  --workers N    processes (one for each core)
  --trace        tells every step
  --no-shrink    leaves failing runs as long as they are
  --plant NAME   plants a bug, to see whether it is found
  --planted      plants every bug, each in the run that is known to find it`;

/** Numbers and ranges, such as `3-10,15`. */
export function parseSteps(text: string): Set<number> {
  const steps = new Set<number>();
  for (const part of text.split(',').filter(Boolean)) {
    const [from, to = from] = part.split('-').map(Number);
    for (let step = from ?? 0; step <= (to ?? 0); step += 1) steps.add(step);
  }
  return steps;
}

export function writeSteps(steps: ReadonlySet<number>): string {
  const ranges: [number, number][] = [];
  for (const step of [...steps].sort((x, y) => x - y)) {
    const last = ranges.at(-1);
    if (last?.[1] === step - 1) last[1] = step;
    else ranges.push([step, step]);
  }
  return ranges.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`)).join(',');
}

export function readOptions(args: string[]): Options {
  const { values } = parseArgs({
    args,
    allowNegative: true,
    options: {
      seeds: { type: 'string', default: '50' },
      from: { type: 'string', default: '1' },
      steps: { type: 'string', default: '300' },
      clients: { type: 'string' },
      texts: { type: 'boolean', default: false },
      skip: { type: 'string', default: '' },
      workers: { type: 'string', default: String(availableParallelism()) },
      plant: { type: 'string' },
      planted: { type: 'boolean', default: false },
      trace: { type: 'boolean', default: false },
      shrink: { type: 'boolean', default: true },
      help: { type: 'boolean', default: false },
    },
  });
  return {
    ...values,
    plant: values.plant,
    seeds: Number(values.seeds),
    from: Number(values.from),
    steps: Number(values.steps),
    clients: values.clients === undefined ? undefined : Number(values.clients),
    skip: parseSteps(values.skip),
    workers: Number(values.workers),
  };
}
