import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');
const vite = join(root, 'node_modules/electron-vite/bin/electron-vite.js');

// Builds again whenever a source changes; reload the window to see it. What runs is what is shipped: the built page
// under its content security policy, not a development server.
const builder = spawn(process.execPath, [vite, 'build', '--watch'], {
  cwd: root,
  stdio: 'inherit',
});
const stet = spawn(process.execPath, [join(root, 'scripts/start.js'), ...process.argv.slice(2)], {
  cwd: root,
  stdio: 'inherit',
});
stet.once('exit', (code) => {
  builder.kill();
  process.exitCode = code ?? 1;
});
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => stet.kill(signal));
