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

/** @type {Promise<string> | undefined} */
let workerText;

/** @returns {Promise<string>} */
async function buildWorker() {
  const result = await build({
    root,
    configFile: false,
    logLevel: 'warn',
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
