import type { Layer, Layers } from './layers.ts';

interface Where {
  path?: string | string[];
  pathNot?: string | string[];
  dependencyTypes?: string[];
  dependencyTypesNot?: string[];
  circular?: boolean;
  couldNotResolve?: boolean;
  orphan?: boolean;
}

/** One forbidden rule as dependency-cruiser takes it. */
export interface LayerRule {
  name: string;
  severity: 'error';
  comment: string;
  from: Where;
  to: Where;
}

const fromNpm = [
  'npm',
  'npm-dev',
  'npm-optional',
  'npm-peer',
  'npm-bundled',
  'npm-no-pkg',
  'npm-unknown',
];
const anyPackage = '(^|/)node_modules/';
const sourceFile = String.raw`\.[cm]?[jt]sx?`;
const read = 'See "The one rule" in ARCHITECTURE.md.';

/** The rules that keep the walls between the given layers. */
export function layerRules(layers: Layers): LayerRule[] {
  const everything = Object.entries(layers);
  return [
    ...everything.flatMap(([name, layer]) => wallsOf(name, layer, layers)),
    ...everything.flatMap(([name, layer]) => (layer.byIndex ? doorsOf(name, layer, layers) : [])),
    ...sharedByItsName(layers),
    ...nothingUncategorised(layers),
    rule(
      'electron-in-its-host-only',
      `Only host-electron and preload may load Electron: asking for it under plain Node starts a download. ${read}`,
      { pathNot: pathsOf(pick(layers, ['host-electron', 'preload'])) },
      { path: packagePattern('electron'), dependencyTypesNot: ['type-only'] },
    ),
    rule(
      'no-circle',
      `Two files that import each other cannot be understood apart: move what both need into a third. ${read}`,
      {},
      { circular: true },
    ),
    rule(
      'not-found',
      'This import leads nowhere: the file or the package is missing, or its name is misspelt.',
      {},
      { couldNotResolve: true },
    ),
  ];
}

function wallsOf(name: string, layer: Layer, layers: Layers): LayerRule[] {
  const from = { path: pathsOf([layer]) };
  const closed = Object.keys(layers).filter(
    (other) => other !== name && !layer.imports.includes(other),
  );
  const rules = [
    rule(
      `${name}-packages`,
      `A package is used where its layer lists it in scripts/layers.ts; ${name} does not list this one. ${read}`,
      from,
      { dependencyTypes: fromNpm, pathNot: layer.packages.map(packagePattern) },
    ),
  ];
  if (closed.length > 0)
    rules.push(
      rule(
        `${name}-imports`,
        layer.imports.length > 0
          ? `${name} may import ${layer.imports.join(', ')} and nothing else of Stet. ${read}`
          : `${name} imports no other layer: everything else rests on it. ${read}`,
        from,
        { path: pathsOf(pick(layers, closed)) },
      ),
    );
  if (!layer.node)
    rules.push(
      rule(
        `${name}-without-node`,
        `${name} has no Node: what needs it belongs in the core, a host or the server. ${read}`,
        from,
        { dependencyTypes: ['core'] },
      ),
    );
  return rules;
}

/** A folder is entered through its index, from beside it and from outside the layer alike. */
function doorsOf(name: string, layer: Layer, layers: Layers): LayerRule[] {
  const comment = `A folder offers what its index.ts exports; import that, not its insides. ${read}`;
  const visitors = pathsOf(Object.values(layers).filter((other) => other.looksInside));
  return layer.folders.flatMap((folder) => {
    const inside = `^${escape(folder)}/[^/]+/.+${sourceFile}$`;
    const door = `^${escape(folder)}/[^/]+/index${sourceFile}$`;
    return [
      rule(
        `${name}-by-index`,
        comment,
        { path: `^${escape(folder)}/([^/]+)/` },
        { path: inside, pathNot: [`^${escape(folder)}/$1/`, door] },
      ),
      rule(
        `${name}-by-index`,
        comment,
        { pathNot: [`^${escape(folder)}/[^/]+/`, ...visitors] },
        { path: inside, pathNot: door },
      ),
    ];
  });
}

/** `#shared/article`, never a path: the name says which folder, and only its index answers to it. */
function sharedByItsName(layers: Layers): LayerRule[] {
  const shared = pick(layers, ['shared']).flatMap((layer) => layer.folders.map(escape));
  const visitors = pathsOf(Object.values(layers).filter((layer) => layer.looksInside));
  const comment = `Shared code is imported by name: #shared/article, #shared/workflow and so on. ${read}`;
  const byPath = { dependencyTypesNot: ['aliased-subpath-import'] };
  return shared.flatMap((folder) => [
    rule(
      'shared-by-name',
      comment,
      { path: `^${folder}/([^/]+)/` },
      { path: `^${folder}/`, pathNot: `^${folder}/$1/`, ...byPath },
    ),
    rule(
      'shared-by-name',
      comment,
      { pathNot: [`^${folder}/`, ...visitors] },
      { path: `^${folder}/`, ...byPath },
    ),
  ]);
}

function nothingUncategorised(layers: Layers): LayerRule[] {
  const known = pathsOf(Object.values(layers));
  const comment = `This file belongs to no layer: move it, or give it one in scripts/layers.ts. ${read}`;
  const uncategorised = (from: Where, to: Where) => rule('uncategorised-file', comment, from, to);
  return [
    uncategorised({ pathNot: [...known, anyPackage] }, {}),
    uncategorised({ orphan: true, pathNot: known }, {}),
    uncategorised({}, { dependencyTypes: ['local', 'localmodule'], pathNot: known }),
  ];
}

function rule(name: string, comment: string, from: Where, to: Where): LayerRule {
  return { name, severity: 'error', comment, from, to };
}

function pick(layers: Layers, names: readonly string[]): Layer[] {
  return names.flatMap((name) => layers[name] ?? []);
}

function pathsOf(layers: readonly Layer[]): string[] {
  return layers
    .flatMap((layer) => layer.folders)
    .map((folder) => (folder === '.' ? `^[^/]+${sourceFile}$` : `^${escape(folder)}/`));
}

/** Types that a package leaves to `@types` are part of it. */
function packagePattern(name: string): string {
  const body = name.endsWith('/*') ? `${escape(name.slice(0, -1))}[^/]+` : escape(name);
  return `${anyPackage}(@types/)?${body}/`;
}

function escape(text: string): string {
  return text.replaceAll(/[.+?^$()[\]{}|\\]/g, String.raw`\$&`);
}
