// Plain JavaScript, so that a Node too old for the rest can still say so in a sentence.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import process from 'node:process';
import { fileURLToPath, URL } from 'node:url';

const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
const start = fileURLToPath(new URL('start.ts', import.meta.url));
const binary = process.platform === 'win32' ? 'node.exe' : 'node';
const ownNode = fileURLToPath(new URL(`../node_modules/node/bin/${binary}`, import.meta.url));

if (major > 24 || (major === 24 && minor >= 2)) await import('./start.ts');
else if (existsSync(ownNode)) {
  const child = spawn(ownNode, [start, ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code) => process.exit(code ?? 1));
} else {
  process.stderr.write(
    `Stet needs Node 24, and this is Node ${process.versions.node}: run \`npm ci\` in Stet’s folder, which brings Node 24 along, then \`npm start\`.\n`,
  );
  process.exitCode = 1;
}
