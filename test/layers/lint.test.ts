import { describe, expect, test } from 'vitest';
import { plantTree } from './tree.ts';

const cases = [
  {
    sentence: 'shared code reads the clock',
    rule: 'no-restricted-syntax',
    file: 'src-shared/now.ts',
    text: 'export const a = Date.now();',
  },
  {
    sentence: 'shared code takes the current date',
    rule: 'no-restricted-syntax',
    file: 'src-shared/date.ts',
    text: 'export const a = new Date();',
  },
  {
    sentence: 'shared code throws dice',
    rule: 'no-restricted-syntax',
    file: 'src-shared/dice.ts',
    text: 'export const a = Math.random();',
  },
  {
    sentence: 'a string is set as HTML',
    rule: 'no-restricted-syntax',
    file: 'src-renderer/html.ts',
    text: `export const clear = (element: Element) => { element.innerHTML = ''; };`,
  },
  {
    sentence: 'React is handed a string of HTML',
    rule: 'no-restricted-syntax',
    file: 'src-renderer/html-prop.tsx',
    text: `export const A = () => <p dangerouslySetInnerHTML={{ __html: '' }} />;`,
  },
  {
    sentence: 'a module has a default export',
    rule: 'no-restricted-exports',
    file: 'src-server/default.ts',
    text: 'export default 1;',
  },
  {
    sentence: 'a promise is left alone',
    rule: '@typescript-eslint/no-floating-promises',
    file: 'src-server/floating.ts',
    text: 'export const f = () => { Promise.resolve(1); };',
  },
  {
    sentence: 'the core writes to the console',
    rule: 'no-console',
    file: 'src-main/core/console.ts',
    text: `console.log('a');`,
  },
  {
    sentence: 'a value is put into the text of a query of the core',
    rule: 'stet/known-sql',
    file: 'src-main/core/query.ts',
    text: `import type { Db } from './db.ts';
export const f = (db: Db, headline: string) =>
  db.get(\`SELECT 1 FROM listing WHERE headline = '\${headline}'\`);`,
  },
  {
    sentence: 'the order of a query of the core comes from elsewhere',
    rule: 'stet/known-sql',
    file: 'src-main/core/order.ts',
    text: `import type { Db } from './db.ts';
export const f = (db: Db, order: string) => {
  const text = \`SELECT 1 FROM listing ORDER BY \${order}\`;
  return db.all(text);
};`,
  },
  {
    sentence: 'a query of the server is put together of strings',
    rule: 'stet/known-sql',
    file: 'src-server/raw.ts',
    text: `import { sql } from 'kysely';
export const f = (name: string) => sql.raw("select 1 from desks where name = '" + name + "'");`,
  },
  {
    sentence: 'a text from elsewhere is run as SQL',
    rule: 'stet/known-sql',
    file: 'src-server/exec.ts',
    text: `import type Database from 'better-sqlite3';
export const f = (database: Database.Database, text: string) => database.exec(text);`,
  },
  {
    sentence: 'a rule is switched off without a reason',
    rule: 'stet/reasoned',
    file: 'src-server/unreasoned.ts',
    text: `// eslint-disable-next-line no-console\nconsole.log('a');`,
  },
];

const sound = {
  'src-shared/sound.ts': 'export const dayOf = (now: number): Date => new Date(now);',
  'src-main/core/db.ts': `export interface Db {
  get: (sql: string, ...values: string[]) => unknown;
  all: (sql: string, ...values: string[]) => unknown;
}`,
  'src-main/core/sound.ts': `import type { Db } from './db.ts';
const COLUMNS = 'id, name';
const MOST = 8;
export const f = (db: Db, table: 'person' | 'desk', map: Map<string, string>, id: string) => [
  db.get(\`SELECT \${COLUMNS} FROM \${table} WHERE id = ? LIMIT \${MOST}\`, id),
  map.get(id),
];`,
  'src-server/sound.ts': `// eslint-disable-next-line no-console -- the reason stands here\nconsole.log('a');`,
};

describe('lint', () => {
  using tree = plantTree();
  tree.linkPackages();
  tree.borrow([
    'package.json',
    'eslint.config.js',
    'tsconfig.base.json',
    ...['src-shared', 'src-renderer', 'src-server', 'src-main/core'].map(
      (folder) => `${folder}/tsconfig.json`,
    ),
  ]);
  tree.write(sound);
  tree.write(Object.fromEntries(cases.map(({ file, text }) => [file, text])));
  const results = JSON.parse(tree.run('eslint', ['.', '--format', 'json'])) as {
    filePath: string;
    messages: { ruleId: string | null; message: string }[];
  }[];
  const complaintsAbout = (file: string) =>
    results.find(({ filePath }) => filePath.replaceAll('\\', '/').endsWith(`/${file}`))?.messages;

  test.each(cases)('$rule objects when $sentence', ({ rule, file }) => {
    expect(complaintsAbout(file)?.map(({ ruleId }) => ruleId)).toContain(rule);
  });

  test.each(Object.keys(sound))('%s is left in peace', (file) => {
    expect(complaintsAbout(file)).toEqual([]);
  });
});
