/**
 * The engine's API: `createEngine()` loads the WebAssembly beside this package, in browsers, workers and Node.
 */
import { wrongArgument, requireObject } from './engine/arguments.js';
import { compileWasm, requireSupport, startEngine } from './engine/load.js';
import { supportsRelaxedSimd } from './engine/simd.js';

/** @import { ModuleFactory } from './engine/load.js' */

export { EngineError } from './engine/errors.js';

/**
 * @typedef {import('./engine/engine.js').Engine} Engine
 * @typedef {import('./engine/engine.js').Run} Run
 * @typedef {import('./engine/errors.js').ErrorCode} ErrorCode
 * @typedef {import('./engine/load.js').WasmSource} WasmSource
 * @typedef {import('./engine/types.js').Activations} Activations
 * @typedef {import('./engine/types.js').Budget} Budget
 * @typedef {import('./engine/types.js').Catalog} Catalog
 * @typedef {import('./engine/types.js').CatalogEntry} CatalogEntry
 * @typedef {import('./engine/types.js').CheckResult} CheckResult
 * @typedef {import('./engine/types.js').Evaluation} Evaluation
 * @typedef {import('./engine/types.js').Experiment} Experiment
 * @typedef {import('./engine/types.js').FilledExperiment} FilledExperiment
 * @typedef {import('./engine/types.js').Issue} Issue
 * @typedef {import('./engine/types.js').Operation} Operation
 * @typedef {import('./engine/types.js').Progress} Progress
 * @typedef {import('./engine/types.js').Split} Split
 * @typedef {import('./engine/types.js').SurfaceOptions} SurfaceOptions
 * @typedef {import('./engine/types.js').Variant} Variant
 */

/** @type {Readonly<Record<Variant, { factory: () => Promise<{ default: unknown }>, wasm: () => URL }>>} */
const builds = {
  reproducible: {
    factory: () => import('../generated/mlp-reproducible.mjs'),
    wasm: () => new URL('../generated/mlp-reproducible.wasm', import.meta.url),
  },
  fast: {
    factory: () => import('../generated/mlp-fast.mjs'),
    wasm: () => new URL('../generated/mlp-fast.wasm', import.meta.url),
  },
};

/**
 * @param {URL | string} url
 * @returns {Promise<Response | Uint8Array>}
 */
async function open(url) {
  if (URL.canParse(url) && new URL(url).protocol === 'file:') {
    const { readFile } = await import('node:fs/promises');
    return readFile(new URL(url));
  }
  return fetch(url);
}

/**
 * Loads the engine.
 * @param {object} [options]
 * @param {WasmSource} [options.wasm] the WebAssembly file: a URL, a Response, its bytes or a compiled module; the one beside this package
 *   when left out. With `variant` "auto" it is taken for the reproducible build.
 * @param {'auto' | Variant} [options.variant] `reproducible` gives the same bits everywhere; `fast` uses relaxed SIMD; `auto` is `fast`
 *   where that can run
 * @returns {Promise<Engine>}
 */
export async function createEngine(options = {}) {
  requireObject(options, 'options', ['wasm', 'variant']);
  const { wasm, variant = 'auto' } = options;
  if (variant !== 'auto' && variant !== 'reproducible' && variant !== 'fast') {
    throw wrongArgument('variant', '"auto", "reproducible" or "fast"', variant);
  }
  const chosen = variant === 'auto' ? (wasm === undefined && supportsRelaxedSimd() ? 'fast' : 'reproducible') : variant;
  requireSupport(chosen);
  const build = builds[chosen];
  const [compiled, glue, { default: catalog }] = await Promise.all([
    compileWasm(wasm ?? build.wasm(), open),
    build.factory(),
    import('../generated/mlp-catalog.js'),
  ]);
  return startEngine(/** @type {ModuleFactory} */ (glue.default), compiled, chosen, catalog);
}
