import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

/**
 * `npm run check`: every check, each reported, however many fail.
 * `npm run check -- types layers` runs only those.
 */
const checks = {
  types: ['tsc', '-b', '--pretty'],
  lint: ['eslint', '.', '--max-warnings', '0', '--color'],
  layers: ['depcruise', '.'],
  unused: ['knip', '--no-progress'],
  format: ['prettier', '--check', '--log-level', 'warn', '.'],
} satisfies Record<string, readonly [string, ...string[]]>;

type Check = keyof typeof checks;

const root = resolve(import.meta.dirname, '..');
const names = Object.keys(checks) as Check[];

/** Runs the named checks, two at a time, and returns the names of those that failed. */
export async function runChecks(chosen: readonly Check[] = names): Promise<Check[]> {
  const waiting = [...chosen];
  const failed: Check[] = [];
  const worker = async () => {
    for (let name = waiting.shift(); name; name = waiting.shift())
      if (!(await passes(name))) failed.push(name);
  };
  await Promise.all([worker(), worker()]);
  return failed;
}

async function passes(name: Check): Promise<boolean> {
  const [tool, ...args] = checks[name];
  const started = performance.now();
  const { code, output } = await capture(tool, args);
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  console.log(`${code === 0 ? '✓' : '✗'} ${name} (${tool}, ${seconds} s)`);
  if (code !== 0) console.log(output.trimEnd());
  return code === 0;
}

/** npm puts node_modules/.bin first on the path, and on Windows a tool there is a command file. */
function capture(
  tool: string,
  args: readonly string[],
): Promise<{ code: number | null; output: string }> {
  return new Promise((done) => {
    const child = spawn(tool, args, { cwd: root, shell: process.platform === 'win32' });
    let output = '';
    const keep = (chunk: Buffer) => {
      output += chunk.toString();
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('error', (error) => done({ code: 1, output: error.message }));
    child.on('close', (code) => done({ code, output }));
  });
}

if (import.meta.main) {
  const asked = process.argv.slice(2);
  const unknown = asked.filter((name) => !(name in checks));
  if (unknown.length > 0) {
    console.error(
      `There is no check named ${unknown.join(', ')}: choose from ${names.join(', ')}.`,
    );
    process.exitCode = 2;
  } else {
    const failed = await runChecks(asked.length > 0 ? (asked as Check[]) : names);
    console.log(failed.length === 0 ? 'All checks pass.' : `Failed: ${failed.join(', ')}.`);
    process.exitCode = failed.length === 0 ? 0 : 1;
  }
}
