import { spawnSync } from 'node:child_process';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';
import { isStale } from '../../scripts/freshness.ts';
import { parseStartOptions, START_FLAGS, startHelp } from '../../scripts/start-options.ts';
import { FLAGS } from '../../src-main/host-common/options.ts';

const root = resolve(import.meta.dirname, '../..');
const machine = { platform: 'linux', home: '/home/rosa', env: {} } as const;
const start = (...args: string[]) =>
  spawnSync(process.execPath, [join(root, 'scripts/start.js'), ...args], { encoding: 'utf8' });

test('help names every flag', () => {
  const { stdout, status } = start('--help');
  expect(status).toBe(0);
  for (const name of Object.keys(START_FLAGS)) expect(stdout).toContain(`--${name} `);
  expect(stdout.trimEnd()).toBe(startHelp());
  expect(Object.keys(START_FLAGS)).toEqual([...Object.keys(FLAGS), 'host', 'help']);
});

test('a flag that cannot be followed is answered with one sentence', () => {
  const { stdout, stderr, status } = start('--host', 'firefox');
  expect({ stdout, stderr, status }).toEqual({
    stdout: '',
    stderr: '--host is browser or electron.\n',
    status: 1,
  });
});

test('an address to open is for a browser, not for Electron', () => {
  expect(() => parseStartOptions(['--no-open', '--host', 'electron'], machine)).toThrow(
    '--no-open prints an address for a browser',
  );
  const { host, options } = parseStartOptions(['--no-open', '--as', 'jonah'], machine);
  expect(host).toBe('either');
  expect(options).toMatchObject({ open: false, profile: 'jonah', sample: { login: 'jonah' } });
});

test('what was built is stale when a source is newer, or is gone', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'stet-fresh-'));
  const [built, source] = [join(folder, 'built'), join(folder, 'source')];
  await writeFile(source, '');
  expect(isStale(built, [source])).toBe(true);
  await writeFile(built, '');
  await utimes(source, 1, 1);
  expect(isStale(built, [source, join(folder, 'never there')])).toBe(false);
  await utimes(built, 0, 0);
  expect(isStale(built, [source])).toBe(true);
  await rm(folder, { recursive: true });
});
