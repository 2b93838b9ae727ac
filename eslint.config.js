import js from '@eslint/js';
import { defineConfig, globalIgnores } from 'eslint/config';
import reactHooks from 'eslint-plugin-react-hooks';
import globals from 'globals';
import tseslint from 'typescript-eslint';

const everywhere = [
  {
    selector: 'AssignmentExpression > MemberExpression.left[property.name=/^(inner|outer)HTML$/]',
    message: 'A string set as HTML is where a script gets in: build nodes, or parse with a parser.',
  },
  {
    selector: 'CallExpression > MemberExpression.callee[property.name="insertAdjacentHTML"]',
    message: 'A string set as HTML is where a script gets in: build nodes, or parse with a parser.',
  },
  {
    selector: 'CallExpression[callee.object.name="document"][callee.property.name=/^write(ln)?$/]',
    message: 'A string set as HTML is where a script gets in: build nodes, or parse with a parser.',
  },
  {
    selector: 'JSXAttribute[name.name="dangerouslySetInnerHTML"]',
    message: 'A string set as HTML is where a script gets in: render elements.',
  },
];

const pure = [
  {
    selector:
      ':matches(NewExpression[arguments.length=0], CallExpression)[callee.type="Identifier"][callee.name="Date"]',
    message: 'Shared code has no clock: take the time as an argument.',
  },
  {
    selector: 'MemberExpression[object.name="Date"][property.name="now"]',
    message: 'Shared code has no clock: take the time as an argument.',
  },
  {
    selector: 'MemberExpression[object.name="Math"][property.name="random"]',
    message: 'Shared code has no dice: take randomness as an argument.',
  },
];

/** A rule that is switched off says why: `-- reason` after the directive. */
const reasoned = {
  meta: { type: 'suggestion', schema: [] },
  create: (context) => ({
    Program() {
      for (const comment of context.sourceCode.getAllComments())
        if (/^\s*eslint-disable/.test(comment.value) && !/\s--\s+\S/.test(comment.value))
          context.report({
            loc: comment.loc,
            message:
              'Say why the rule does not hold here: "eslint-disable-next-line rule -- reason".',
          });
    },
  }),
};

/** Where a query's text goes in: what is called, and on what type where others have methods of that name. */
const QUERIES = { get: 'Db', all: 'Db', run: 'Db', exec: null, prepare: null, pragma: null };

/**
 * The text of a query is known when the program is written: values are parameters, and what is put together has types
 * that name every text it can be. A string from elsewhere in it is how a headline becomes a command.
 */
const knownSql = {
  meta: { type: 'problem', schema: [] },
  create(context) {
    const { getTypeAtLocation } = context.sourceCode.parserServices;
    const isLiteral = (type) =>
      type.isUnion()
        ? type.types.every(isLiteral)
        : type.isStringLiteral() || type.isNumberLiteral();
    const isKnown = (node) => {
      if (node.type === 'TemplateLiteral') return node.expressions.every(isKnown);
      if (node.type === 'ConditionalExpression')
        return isKnown(node.consequent) && isKnown(node.alternate);
      return isLiteral(getTypeAtLocation(node));
    };
    const isQuery = ({ object, property }) => {
      if (property.name === 'raw') return object.name === 'sql';
      if (!Object.hasOwn(QUERIES, property.name)) return false;
      const owner = QUERIES[property.name];
      return owner === null
        ? getTypeAtLocation(object).getProperty('pragma') !== undefined
        : getTypeAtLocation(object).symbol?.name === owner;
    };
    return {
      CallExpression({ callee, arguments: [text] }) {
        if (callee.type !== 'MemberExpression' || !text || !isQuery(callee)) return;
        if (!isKnown(text))
          context.report({
            node: text,
            message:
              'A query is a text that stands in the program: give values as parameters, and types that name each text it is put together of.',
          });
      },
    };
  },
};

export default defineConfig(
  globalIgnores(['out/', 'dist/', 'coverage/', 'test-results/', '.tsbuild/', 'test/fixtures/']),
  js.configs.recommended,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    plugins: { stet: { rules: { reasoned, 'known-sql': knownSql } } },
    rules: {
      'stet/reasoned': 'error',
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'error',
      'no-restricted-exports': ['error', { restrictDefaultExports: { direct: true, named: true } }],
      'no-restricted-syntax': ['error', ...everywhere],
      'object-shorthand': 'error',
      'prefer-template': 'error',
    },
  },
  {
    files: ['**/*.{ts,tsx}'],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: { parserOptions: { projectService: true } },
    rules: {
      '@typescript-eslint/consistent-type-definitions': 'off',
      '@typescript-eslint/no-confusing-void-expression': [
        'error',
        { ignoreArrowShorthand: true, ignoreVoidOperator: true },
      ],
      '@typescript-eslint/no-misused-promises': [
        'error',
        { checksVoidReturn: { attributes: false } },
      ],
      '@typescript-eslint/no-unnecessary-condition': [
        'error',
        { allowConstantLoopConditions: 'only-allowed-literals' },
      ],
      // There are no enums here, and looking for them is a seventh of the time that linting takes.
      '@typescript-eslint/no-unsafe-enum-assignment': 'off',
      '@typescript-eslint/no-unsafe-enum-comparison': 'off',
      // TypeScript reports these two itself, with the same words every time.
      '@typescript-eslint/no-unused-vars': 'off',
      'no-undef': 'off',
      // A handler is async because its table says so, whether or not this one waits.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    files: ['src-main/core/**/*.ts', 'src-server/**/*.ts'],
    // The steps of a database are texts, one after the other.
    ignores: ['src-*/**/store/migrations.ts'],
    rules: { 'stet/known-sql': 'error' },
  },
  {
    files: ['src-shared/**'],
    rules: { 'no-restricted-syntax': ['error', ...everywhere, ...pure] },
  },
  {
    files: ['src-shared/web-standards.d.ts'],
    // A declared global is a var, and a constructor that TypeScript sees as a type.
    rules: { 'no-var': 'off', '@typescript-eslint/prefer-function-type': 'off' },
  },
  {
    files: ['src-renderer/**'],
    extends: [reactHooks.configs.flat['recommended-latest']],
  },
  {
    files: ['test/**'],
    rules: {
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/unbound-method': 'off',
    },
  },
  {
    // What a person starts in a terminal speaks there.
    files: [
      'scripts/**',
      'src-server/cli.ts',
      'src-main/host-*/main.ts',
      'test/bench/**',
      'test/simulation/**',
    ],
    rules: { 'no-console': 'off' },
  },
  {
    // Each of these tools asks for a default export.
    files: ['*.config.{js,ts}', '.dependency-cruiser.js'],
    languageOptions: { globals: globals.node },
    rules: { 'no-restricted-exports': 'off' },
  },
);
