import { spawnSync } from 'node:child_process';
import { resolve } from 'node:path';
import { rendererIsStale } from './build-renderer.ts';
import { runChecks } from './check.ts';
import { ensureChromium } from './ensure-chromium.ts';

/**
 * `npm test`: the checks, then the window if it is stale, then every test.
 * `npm test -- test/shared` runs those tests alone, without the checks.
 * What fails on the way is named at the end; the tests still tell what they know.
 */
const root = resolve(import.meta.dirname, '..');
const chosen = process.argv.slice(2);
const failedChecks: string[] = chosen.length > 0 ? [] : await runChecks();

if (rendererIsStale()) {
  console.log('Building the window.');
  // In a process of its own: Vite leaves some rejections unhandled, and those end a process.
  if (!run(process.execPath, ['scripts/build-renderer.ts'])) failedChecks.push('build');
}
const chromium = await ensureChromium((line) => console.log(line));
if ('missing' in chromium) console.log(chromium.missing);

const passed = run('vitest', ['run', ...chosen], {
  STET_FAILED_CHECKS: failedChecks.join(', '),
  ...('path' in chromium && { STET_CHROMIUM: chromium.path }),
});
process.exitCode = passed && failedChecks.length === 0 ? 0 : 1;

function run(command: string, args: string[], env: Record<string, string> = {}): boolean {
  const ended = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    // On Windows a tool in node_modules/.bin is a command file, which only a shell starts.
    shell: process.platform === 'win32' && command !== process.execPath,
    env: { ...process.env, ...env },
  });
  return ended.status === 0;
}
