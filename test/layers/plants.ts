import { posix } from 'node:path';
import { layers } from '../../scripts/layers.ts';
import { fileOf, folderOf } from './sound-tree.ts';

/** One violation: a file to add to the sound tree, and the rule that has to object. */
export interface Plant {
  readonly sentence: string;
  readonly rule: string;
  readonly file: string;
  readonly text: string;
}

const names = Object.keys(layers);

/** Every layer reaching for every layer that is closed to it. */
const forbiddenLayers: Plant[] = names.flatMap((from) =>
  names
    .filter((to) => to !== from && !layers[from]!.imports.includes(to))
    .map((to) => {
      const file = `${folderOf(from)}/reaches-for-${to}.ts`;
      return {
        sentence: `${from} reaches for ${to}`,
        rule: `${from}-imports`,
        file,
        text: `import '${relative(file, fileOf[to]!)}';`,
      };
    }),
);

const strangePackages: Plant[] = names.map((name) => ({
  sentence: `${name} uses a package that is not in its list`,
  rule: `${name}-packages`,
  file: `${folderOf(name)}/strange-package.ts`,
  text: `import 'left-pad';`,
}));

const nodeWithoutNode: Plant[] = names
  .filter((name) => !layers[name]!.node)
  .map((name) => ({
    sentence: `${name} uses Node`,
    rule: `${name}-without-node`,
    file: `${folderOf(name)}/uses-node.ts`,
    text: `import 'node:fs';`,
  }));

const insides: Plant[] = [
  inside('shared', 'src-shared/workflow/insides.ts', 'src-shared/article/ids.ts'),
  inside('shared', 'src-server/insides-of-shared.ts', 'src-shared/article/ids.ts'),
  inside('core', 'src-main/core/sync/insides.ts', 'src-main/core/store/rows.ts'),
  inside('core', 'src-main/core/insides.ts', 'src-main/core/store/rows.ts'),
  inside('core', 'src-main/host-browser/insides.ts', 'src-main/core/store/rows.ts'),
  inside(
    'host-common',
    'src-main/host-browser/insides-of-common.ts',
    'src-main/host-common/sample/people.ts',
  ),
  inside('renderer', 'src-renderer/editor/insides.ts', 'src-renderer/queue/rows.ts'),
  inside('renderer', 'src-renderer/insides.ts', 'src-renderer/queue/rows.ts'),
  inside('server', 'src-server/http/insides.ts', 'src-server/store/rows.ts'),
  inside('server', 'scripts/insides.ts', 'src-server/store/rows.ts'),
];

const others: Plant[] = [
  {
    sentence: 'a folder of shared code reaches another by a path',
    rule: 'shared-by-name',
    file: 'src-shared/workflow/by-path.ts',
    text: `import '../article/index.ts';`,
  },
  {
    sentence: 'the core reaches shared code by a path',
    rule: 'shared-by-name',
    file: 'src-main/core/by-path.ts',
    text: `import '../../src-shared/article/index.ts';`,
  },
  {
    sentence: 'a type of a closed layer is borrowed',
    rule: 'renderer-imports',
    file: 'src-renderer/borrows-type.ts',
    text: `import type { rows } from '../src-main/core/store/rows.ts'; export type Rows = typeof rows;`,
  },
  ...['src-main/core', 'src-main/host-browser', 'src-server', 'scripts', 'test'].map((folder) => ({
    sentence: `${folder} loads Electron`,
    rule: 'electron-in-its-host-only',
    file: `${folder}/loads-electron.ts`,
    text: `import 'electron';`,
  })),
  {
    sentence: 'Electron is loaded on demand',
    rule: 'electron-in-its-host-only',
    file: 'src-main/core/loads-electron-later.ts',
    text: `export const later = () => import('electron');`,
  },
  {
    sentence: 'two files import each other',
    rule: 'no-circle',
    file: 'src-server/circle.ts',
    text: `import './circle-back.ts';`,
  },
  {
    sentence: 'two files need types of each other',
    rule: 'no-circle',
    file: 'src-server/type-circle.ts',
    text: `import type { Back } from './type-circle-back.ts'; export type Forth = Back | 1;`,
  },
  {
    sentence: 'an import leads nowhere',
    rule: 'not-found',
    file: 'src-server/lost.ts',
    text: `import './gone.ts';`,
  },
  {
    sentence: 'a file that imports something is in no layer',
    rule: 'uncategorised-file',
    file: 'src-helpers/importing.ts',
    text: `import '#shared/article';`,
  },
  {
    sentence: 'a file that nothing touches is in no layer',
    rule: 'uncategorised-file',
    file: 'src-main/alone.ts',
    text: 'export const alone = 1;',
  },
  {
    sentence: 'a file in no layer is imported',
    rule: 'uncategorised-file',
    file: 'src-server/imports-uncategorised.ts',
    text: `import '../lib/imported.ts';`,
  },
];

export const plants: readonly Plant[] = [
  ...forbiddenLayers,
  ...strangePackages,
  ...nodeWithoutNode,
  ...insides,
  ...others,
];

/** What some plants need beside them. */
export const companions: Readonly<Record<string, string>> = {
  'src-server/circle-back.ts': `import './circle.ts';`,
  'src-server/type-circle-back.ts': `import type { Forth } from './type-circle.ts'; export type Back = Forth[];`,
  'lib/imported.ts': 'export const imported = 1;',
};

function inside(layer: string, file: string, target: string): Plant {
  return {
    sentence: `${file} imports the insides of a folder of ${layer}`,
    rule: `${layer}-by-index`,
    file,
    text: `import '${relative(file, target)}';`,
  };
}

function relative(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith('.') ? path : `./${path}`;
}
