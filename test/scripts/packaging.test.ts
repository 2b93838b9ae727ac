import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, test } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const config = readFileSync(join(root, 'electron-builder.yml'), 'utf8');
const about = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  homepage?: string;
};

test('every system has its installers', () => {
  for (const targets of ['[dmg, zip]', '[nsis]', '[AppImage, deb]'])
    expect(config).toContain(`target: ${targets}`);
});

test('the packager finds what it asks for only when it makes an installer', () => {
  // A .deb names the project's page and a maintainer with an address, or is not made.
  expect(about.homepage).toMatch(/^https:/);
  expect(config).toMatch(/maintainer: .+ <.+@.+>/);
  for (const [, file = ''] of config.matchAll(/entitlements\w*: (\S+)/g))
    expect(existsSync(join(root, file)), file).toBe(true);
  expect(existsSync(join(root, 'resources/icon.svg'))).toBe(true);
});

test('native modules are taken as they come, and updates only from where someone says', () => {
  expect(config).toMatch(/^npmRebuild: false$/m);
  expect(config).toMatch(/^asar: true$/m);
  expect(config).toMatch(/^publish: null$/m);
});
