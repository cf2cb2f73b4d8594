import js from '@eslint/js';
import globals from 'globals';

/** Ways to run text as code, or to make elements of it: the pages' policy forbids them all. */
const injections = [
  {
    selector: 'MemberExpression[property.name=/^(innerHTML|outerHTML|insertAdjacentHTML|srcdoc)$/]',
    message: 'Text never becomes markup.',
  },
  { selector: "CallExpression[callee.object.name='document'][callee.property.name='write']", message: 'Text never becomes markup.' },
  { selector: 'ImportDeclaration[source.value=/unsafe-html|style-map/]', message: 'The content-security policy forbids it.' },
];

export default [
  { ignores: ['dist/', 'generated/', 'node_modules/'] },
  js.configs.recommended,
  {
    files: ['**/*.js'],
    languageOptions: { ecmaVersion: 2024, sourceType: 'module' },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'array-callback-return': 'error',
      eqeqeq: 'error',
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-syntax': ['error', ...injections],
      'no-unused-vars': ['error', { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true }],
      'no-var': 'error',
      'object-shorthand': 'error',
      'prefer-const': 'error',
      'prefer-template': 'error',
    },
  },
  { files: ['src/**/*.js'], languageOptions: { globals: globals['shared-node-browser'] } },
  { files: ['src/{elements,pages,ui,view,text,digits}/**/*.js', 'src/engine/s*.js'], languageOptions: { globals: globals.browser } },
  { files: ['src/engine/worker.js'], languageOptions: { globals: globals.worker } },
  { files: ['src/pages/service-worker.js'], languageOptions: { globals: globals.serviceworker } },
  { files: ['build/**/*.js', '*.config.js'], languageOptions: { globals: globals.node } },
];
