import { expect, test } from 'vitest';
import { plantTree } from './tree.ts';

const settings = [
  'package.json',
  'tsconfig.base.json',
  ...['src-shared', 'src-main/core', 'src-renderer', 'src-server'].map(
    (folder) => `${folder}/tsconfig.json`,
  ),
];

/** Packages bring their types along: none of these may bring Node's. */
const everyWidget = [
  'react-dom/client',
  'react-aria-components',
  'lexical',
  '@lexical/react/LexicalComposer',
  '@tanstack/react-query',
  '@tanstack/react-virtual',
  'lucide-react',
  'zod',
]
  .map((name) => `import '${name}';`)
  .join('\n');

/** What TypeScript says to one file in an otherwise empty project. */
function compile(project: string, text: string): string {
  using tree = plantTree();
  tree.linkPackages();
  tree.borrow([...settings, 'src-shared/web-standards.d.ts']);
  tree.write({
    'src-shared/article/index.ts': 'export const article = { id: "a" };',
    'src-main/core/planted.ts': 'export const core = 1;',
    [`${project}/planted.ts`]: text,
  });
  return tree.run('tsc', ['-b', project, '--pretty', 'false']);
}

test.each([
  ['src-shared', 'process', 'export const planted = process.argv;'],
  ['src-shared', 'document', 'export const planted = document.title;'],
  ['src-shared', 'fetch', 'export const planted = fetch("https://example.org");'],
  ['src-shared', 'setTimeout', 'export const planted = setTimeout(() => 1, 1);'],
  ['src-shared', 'console', 'export const planted = console;'],
  ['src-main/core', 'document', 'export const planted = document.title;'],
  ['src-server', 'window', 'export const planted = window;'],
  ['src-renderer', 'process', `${everyWidget}\nexport const planted = process.argv;`],
  ['src-renderer', 'Buffer', 'export const planted = Buffer.from("a");'],
])('%s does not compile with %s in it', (project, name, text) => {
  expect(compile(project, text)).toMatch(
    new RegExp(String.raw`^${project}/planted\.ts\(.*Cannot find name '${name}'`, 'm'),
  );
});

test('shared code compiles with the web standards that Node and browsers share', () => {
  const text = 'export const host = (url: string): string => new URL(url).host;';
  expect(compile('src-shared', text)).toBe('');
});

test('the core compiles with Node and with shared code by its name', () => {
  const text = `import { readFileSync } from 'node:fs';
import { article } from '#shared/article';
export const planted: string = readFileSync(article.id, 'utf8');`;
  expect(compile('src-main/core', text)).toBe('');
});

test('a project cannot import another that it does not refer to', () => {
  const text = `import { core } from '../src-main/core/planted.ts'; export const planted = core;`;
  expect(compile('src-renderer', text)).toMatch(/src-main\/core\/planted\.ts/);
});

test.each([
  ['an enum', 'export enum Planted { A }', 'TS1294'],
  ['a type imported as a value', `import { Id } from './id.ts'; export type A = Id;`, 'TS1484'],
  [
    'an index taken for granted',
    'export const first = (all: string[]): string => all[0];',
    'TS2322',
  ],
])('%s does not compile', (_what, text, code) => {
  using tree = plantTree();
  tree.linkPackages();
  tree.borrow(['tsconfig.base.json', 'src-shared/tsconfig.json']);
  tree.write({ 'src-shared/planted.ts': text, 'src-shared/id.ts': 'export type Id = string;' });
  expect(tree.run('tsc', ['-b', 'src-shared', '--pretty', 'false'])).toContain(code);
});
