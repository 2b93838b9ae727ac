import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import {
  findElectron,
  obtainElectron,
  type ElectronPackage,
} from '../../scripts/electron-binary.ts';

const version = '45.0.0';
let folder: string;
let electron: ElectronPackage;
let said: string[];
const say = (line: string) => void said.push(line);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stet-fetch-'));
  electron = { folder: join(folder, 'electron'), memory: join(folder, 'cache', 'electron.json') };
  said = [];
  await mkdir(electron.folder);
  await writeFile(join(electron.folder, 'package.json'), JSON.stringify({ version }));
});
afterEach(() => rm(folder, { recursive: true }));

/** What the package's installer does, as a script; `ran` counts how often. */
async function installer(script: string): Promise<void> {
  const count = `require('fs').appendFileSync(${JSON.stringify(join(folder, 'ran'))}, 'x');`;
  await writeFile(join(electron.folder, 'install.js'), count + script);
}

const install = `
  const { mkdirSync, writeFileSync } = require('fs');
  mkdirSync(__dirname + '/dist');
  writeFileSync(__dirname + '/dist/version', '${version}');
  writeFileSync(__dirname + '/dist/electron', '');
  writeFileSync(__dirname + '/path.txt', 'electron');`;

test('fetches a binary that is missing, and finds it the next time', async () => {
  await installer(install);
  const binary = join(electron.folder, 'dist', 'electron');
  expect(findElectron(electron)).toBeNull();
  expect(await obtainElectron(say, {}, electron)).toEqual({ binary });
  expect(said).toEqual(['Fetching Electron…']);
  expect(findElectron(electron)).toBe(binary);
});

test('does not take the binary of another version', async () => {
  await installer(install);
  await obtainElectron(say, {}, electron);
  await writeFile(join(electron.folder, 'dist', 'version'), '44.0.0');
  expect(findElectron(electron)).toBeNull();
});

test('gives up at once when the source cannot be reached, and does not try again soon', async () => {
  await installer('process.exit(1)');
  expect(await obtainElectron(say, {}, electron)).toEqual({
    missing: 'its source cannot be reached',
  });
  await installer(install);
  expect(await obtainElectron(say, {}, electron)).toHaveProperty('missing');
  expect(said).toHaveLength(1);
  expect(await obtainElectron(say, { forgetMs: 0 }, electron)).toHaveProperty('binary');
});

test('gives up when nothing arrives for a while', async () => {
  await installer('setInterval(() => {}, 1000)');
  const answer = await obtainElectron(say, { idleMs: 300 }, electron);
  expect(answer).toEqual({ missing: 'its download brought nothing for too long' });
});

test('waits as long as something arrives', async () => {
  const arriving = `
    const { appendFileSync } = require('fs');
    let parts = 0;
    const timer = setInterval(() => {
      appendFileSync(require('os').tmpdir() + '/part', 'x'.repeat(1000));
      if ((parts += 1) < 20) return;
      clearInterval(timer);
      ${install}
    }, 100);`;
  await installer(arriving);
  expect(await obtainElectron(say, { idleMs: 1500 }, electron)).toHaveProperty('binary');
});

test('a new version of Electron is tried for, whatever the last one met', async () => {
  await installer('process.exit(1)');
  await obtainElectron(say, {}, electron);
  await writeFile(join(electron.folder, 'package.json'), JSON.stringify({ version: '46.0.0' }));
  await obtainElectron(say, {}, electron);
  expect(said).toHaveLength(2);
});

test('says when the package itself is missing', async () => {
  await rm(electron.folder, { recursive: true });
  expect(await obtainElectron(say, {}, electron)).toEqual({
    missing: 'its package is not installed',
  });
  expect(existsSync(electron.memory)).toBe(false);
});
