import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { extractAsar, readAsar } from '../helpers/asar.ts';

const root = resolve(import.meta.dirname, '../..');
const output = mkdtempSync(join(tmpdir(), 'stet-dist-'));
let server: ChildProcess | undefined;

afterAll(async () => {
  if (server?.kill('SIGTERM')) await once(server, 'exit');
  rmSync(output, { recursive: true, force: true });
});

test('packages a Stet that has everything it needs and nothing else', async () => {
  const packaging = spawnSync(
    process.execPath,
    [join(root, 'scripts/dist.ts'), '--dir', '--output', output],
    { cwd: root, encoding: 'utf8', timeout: 280_000 },
  );
  expect(packaging.status, packaging.stderr).toBe(0);
  // Whoever looks at the output must know which of the two it was.
  expect(packaging.stdout.includes('STAND-IN')).toBe(
    packaging.stdout.includes('Electron is missing'),
  );

  const resources =
    process.platform === 'darwin' ? 'mac/Stet.app/Contents/Resources' : 'linux-unpacked/resources';
  const asar = join(output, resources, 'app.asar');
  const { files } = readAsar(asar);

  const own = files.filter((file) => !file.startsWith('node_modules/'));
  expect(own).toEqual(
    expect.arrayContaining([
      'package.json',
      'out/main/main.js',
      'out/main/core-process.js',
      'out/main/server.js',
      'out/preload/preload.cjs',
      'out/renderer/index.html',
      'resources/sample-newsroom/people.json',
    ]),
  );
  expect(
    own.filter((file) => !/^(package\.json|out\/|resources\/sample-newsroom\/)/.test(file)),
  ).toEqual([]);

  const prebuild = `node_modules/better-sqlite3/prebuilds/${process.platform}-${process.arch}.node`;
  expect(files.filter((file) => file.startsWith('node_modules/better-sqlite3/prebuilds/'))).toEqual(
    [prebuild],
  );
  expect(
    readFileSync(join(output, resources, 'app.asar.unpacked', prebuild)).length,
  ).toBeGreaterThan(100_000);

  const packages = new Set(
    files.map((file) => /^node_modules\/(@[^/]+\/[^/]+|[^/]+)/.exec(file)?.[1]),
  );
  for (const name of ['better-sqlite3', 'fastify', 'kysely', 'zod', 'electron-updater'])
    expect(packages).toContain(name);
  for (const name of [
    'electron',
    'electron-builder',
    'vitest',
    'typescript',
    'react',
    'lexical',
    'playwright',
    'vite',
  ])
    expect(packages).not.toContain(name);
  expect(files.filter((file) => /\.(map|ts)$|\/(test|tests)\//.test(file))).toEqual([]);

  // The preload script of a sandboxed page can require nothing but electron.
  const app = join(output, 'app');
  extractAsar(asar, app);
  const preload = readFileSync(join(app, 'out/preload/preload.cjs'), 'utf8');
  expect([...preload.matchAll(/require\(["'`]([^"'`]+)["'`]\)/g)].map(([, name]) => name)).toEqual([
    'electron',
  ]);

  // What the package brings along is enough to run: the server it carries opens its newsroom.
  server = spawn(
    process.execPath,
    [join(app, 'out/main/server.js'), 'sample', '--data', join(output, 'data'), '--port', '0'],
    { cwd: output, stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(server, 'exit').then(([code]) =>
    expect.unreachable(`It ended with ${String(code)}.`),
  );
  const [line] = (await Promise.race([once(server.stdout!, 'data'), ended])) as [Buffer];
  const { url } = JSON.parse(line.toString()) as { url: string };
  expect((await fetch(`${url}/v1/health`)).status).toBe(200);
}, 300_000);
