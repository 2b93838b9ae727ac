import { layers } from '../../scripts/layers.ts';

const packages = ['zod', 'better-sqlite3', 'electron', 'react', 'left-pad'];

/** A small Stet that breaks no rule: one file or two per layer, and packages that are only names. */
export const soundTree: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({
    type: 'module',
    imports: { '#shared/*': './src-shared/*/index.ts' },
    dependencies: Object.fromEntries(packages.map((name) => [name, '1.0.0'])),
  }),
  ...Object.fromEntries(
    packages.flatMap((name) => [
      [`node_modules/${name}/package.json`, JSON.stringify({ name, main: 'index.js' })],
      [`node_modules/${name}/index.js`, 'module.exports = {};'],
    ]),
  ),
  'vitest.config.ts': 'export const config = 1;',
  'src-shared/article/index.ts': `import 'zod'; import './ids.ts'; export const article = 1;`,
  'src-shared/article/ids.ts': 'export const id = 1;',
  'src-shared/workflow/index.ts': `import '#shared/article'; export const states = 1;`,
  'src-main/core/workstation.ts': `import 'node:fs'; import './store/index.ts'; import '#shared/article';`,
  'src-main/core/store/index.ts': `import 'better-sqlite3'; import './rows.ts';`,
  'src-main/core/store/rows.ts': 'export const rows = 1;',
  'src-main/core/sync/index.ts': `import '../store/index.ts';`,
  'src-main/host-common/options.ts': `import './sample/index.ts';`,
  'src-main/host-common/sample/index.ts': `import './people.ts'; import '../../core/workstation.ts';`,
  'src-main/host-common/sample/people.ts': 'export const people = 1;',
  'src-main/host-electron/main.ts': `import 'electron'; import '../host-common/options.ts'; import '../core/workstation.ts';`,
  'src-main/host-browser/main.ts': `import '../core/workstation.ts'; import '#shared/workflow';`,
  'src-main/preload/preload.ts': `import 'electron';`,
  'src-renderer/main.tsx': `import 'react'; import './queue/index.ts'; import './main.css';`,
  'src-renderer/main.css': '',
  'src-renderer/queue/index.ts': `import './rows.ts';`,
  'src-renderer/queue/rows.ts': 'export const rows = 1;',
  'src-server/cli.ts': `import './store/index.ts'; import '#shared/workflow';`,
  'src-server/store/index.ts': `import './rows.ts';`,
  'src-server/store/rows.ts': 'export const rows = 1;',
  'scripts/start.ts': `import '../src-main/host-browser/main.ts'; import '../src-server/cli.ts';`,
  'test/store.test.ts': `import '../src-main/core/store/rows.ts'; import type { App } from 'electron'; export type A = App;`,
};

/** For each layer, a file of the sound tree that others could reach for. */
export const fileOf: Readonly<Record<string, string>> = {
  shared: 'src-shared/article/index.ts',
  core: 'src-main/core/workstation.ts',
  'host-common': 'src-main/host-common/options.ts',
  'host-electron': 'src-main/host-electron/main.ts',
  'host-browser': 'src-main/host-browser/main.ts',
  preload: 'src-main/preload/preload.ts',
  renderer: 'src-renderer/main.tsx',
  server: 'src-server/cli.ts',
  scripts: 'scripts/start.ts',
  test: 'test/store.test.ts',
};

export function folderOf(layer: string): string {
  const folder = layers[layer]?.folders[0];
  if (!folder) throw new Error(`There is no layer ${layer}.`);
  return folder;
}
