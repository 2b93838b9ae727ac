import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { watchRenderer } from './build-renderer.ts';

const root = resolve(import.meta.dirname, '..');

// Builds again whenever a source changes; reload the window to see it. What runs is what is shipped: the built page
// under its content security policy, not a development server.
const stopWatching = await watchRenderer((line) => console.error(line));
const stet = spawn(process.execPath, [join(root, 'scripts/start.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
stet.once('exit', (code) => {
  void stopWatching().finally(() => process.exit(code ?? 1));
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stet.kill(signal));
