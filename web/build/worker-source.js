/**
 * Two virtual modules: the worker as the text of one classic script, and the reproducible engine in base64.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'vite';
import { generated, root } from './paths.js';

/** @import { Plugin } from 'vite' */

const WORKER = 'virtual:worker-source';
const WASM = 'virtual:wasm-base64';

/**
 * Emscripten's glue without what only a module has: a classic script cannot say `import.meta`; a bundler would carry the WebAssembly
 * file along, which the worker hands in itself.
 * @param {string} code
 * @returns {string}
 */
function classicGlue(code) {
  return code.replace(/new URL\(["'`]mlp-\w+\.wasm["'`],\s*import\.meta\.url\)\.href/g, '""').replaceAll('import.meta.url', '""');
}

/** @param {string} variant */
async function readGlue(variant) {
  return classicGlue(await readFile(join(generated, `mlp-${variant}.mjs`), 'utf8'));
}

/** @returns {Plugin} */
function classicGlues() {
  return {
    name: 'classic-glues',
    enforce: 'pre',
    async load(id) {
      const variant = /\/generated\/mlp-(\w+)\.mjs$/.exec(id.replaceAll('\\', '/'))?.[1];
      if (!variant) return undefined;
      const code = await readGlue(variant);
      // Where the two builds' glues are the same text, which they are as a rule, one serves both.
      if (variant === 'fast' && code.replaceAll('mlp-fast', 'mlp-reproducible') === (await readGlue('reproducible'))) {
        return "export { default } from './mlp-reproducible.mjs';";
      }
      return code;
    },
  };
}

/** @type {Promise<string> | undefined} */
let workerText;

/** @returns {Promise<string>} */
async function buildWorker() {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
    plugins: [classicGlues()],
    build: {
      write: false,
      target: 'es2022',
      lib: { entry: join(root, 'src/engine/worker.js'), formats: ['iife'], name: 'mlpWorker' },
    },
  });
  const outputs = [result].flat().flatMap((each) => ('output' in each ? each.output : []));
  const [script, ...others] = outputs;
  if (script?.type !== 'chunk' || others.length > 0) throw new Error(`the worker must be one script, got ${outputs.length} files`);
  return script.code;
}

/** @returns {Plugin} */
export function workerSource() {
  return {
    name: 'worker-source',
    resolveId: (id) => (id === WORKER || id === WASM ? `\0${id}` : undefined),
    async load(id) {
      if (id === `\0${WORKER}`) {
        workerText ??= buildWorker();
        return `export default ${JSON.stringify(await workerText)};`;
      }
      if (id === `\0${WASM}`) {
        const bytes = await readFile(join(generated, 'mlp-reproducible.wasm'));
        return `export default ${JSON.stringify(bytes.toString('base64'))};`;
      }
      return undefined;
    },
  };
}
